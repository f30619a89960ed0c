import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import type { Lines } from "../../core/text.ts";
import type { Project } from "../../project/project.ts";
import { headersAround } from "./headers.ts";

/** So many files beside each other that share copies with one are not forgotten ones: each is to be read alone. */
const fewestBeside = 8;
/** Lines of a copy that are worth a module of their own all the same. */
const fewestTold = 60;

const layer = /^class\s+\w+\((?:[\w.]+\.)?(?:Module|LightningModule|Layer|Model)\b/;

/**
 * Is a copy in a layer or model of a network, in a folder that holds many architectures, each whole in its file, as libraries of
 * models keep them? A few models of one project that were copied from each other are none.
 */
export function areArchitectures(
  { path, range }: Copy,
  { copies }: CloneClass,
  lines: Lines,
  { clonesOf }: Pick<Project, "clonesOf">,
): boolean {
  if (range.end.line - range.start.line >= fewestTold) return false;
  if (!headersAround(lines, range.start.line).some(({ code }) => layer.test(code))) return false;
  const folder = folderOf(path);
  if (copies.some((other) => folderOf(other.path) !== folder)) return false;
  const beside = clonesOf(path).flatMap((each) => each.copies.map((copy) => copy.path));
  return new Set(beside.filter((each) => each !== path && folderOf(each) === folder)).size >= fewestBeside;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
