import * as l10n from "@vscode/l10n";
import { linesIn, type ReportedClass } from "./clone-report.ts";
import { escaped } from "./markup.ts";
import { type Box, squarified } from "./treemap.ts";

/** A file of the map; `id` is that of its row in the table of files. */
export interface MappedFile {
  readonly file: string;
  readonly id: string;
  readonly lines: number;
  readonly duplicated: number;
}

const width = 1200;
const height = 620;
/** A folder whose box is smaller than this is one box. */
const smallestFolder = 220;
/** Room for a folder's name above its files. */
const heading = 15;
/** More links than this would hide the map; those between the most lines are drawn. */
const mostLinks = 300;
/** A character of the labels is about so wide. */
const letter = 6.2;
/** On a narrow page the labels are so many times as large, to be read all the same (`.map .large` in page-style.ts). */
const enlarged = 2.2;

/** The upper bounds of the shares that one colour stands for. */
const shares = [0, 0.05, 0.1, 0.2, 0.4, 1];

interface Folder {
  readonly name: string;
  readonly folders: Map<string, Folder>;
  readonly files: MappedFile[];
}

/** Where a file is drawn: its own box, or that of a folder too small to be divided. */
type Places = Map<string, { readonly box: Box; readonly anchor: string }>;

/**
 * Files as areas of their lines, coloured by how much of them is duplicated, with links between copies. The caller writes
 * the heading, whose id is `map`, and a row for each file with copies, whose id is the file's.
 */
export function clonesMap(
  files: readonly MappedFile[],
  classes: readonly ReportedClass[],
): { readonly markup: string; readonly style: string } {
  const places: Places = new Map();
  const boxes = drawFolder(treeOf(files), { x: 0, y: 0, width, height }, places);
  const links = linksOf(classes, places);
  const drawn = links.map(({ from, to, lines }) => {
    const [start, end] = [centre(from.box), centre(to.box)];
    const lift = Math.hypot(end.x - start.x, end.y - start.y) / 5;
    const bend = `${round((start.x + end.x) / 2)} ${round((start.y + end.y) / 2 - lift)}`;
    const path = `M${round(start.x)} ${round(start.y)} Q${bend} ${round(end.x)} ${round(end.y)}`;
    return `<path class="l-${from.anchor} l-${to.anchor}" stroke-width="${round(Math.min(6, 0.8 + lines / 25))}" d="${path}"/>`;
  });
  const linked = new Set(links.flatMap(({ from, to }) => [from.anchor, to.anchor]));
  const style = [...linked]
    .map(
      (anchor) =>
        `.map:has(#m-${anchor}:hover) .l-${anchor},.map:has(#m-${anchor}:focus) .l-${anchor}{stroke-opacity:1}`,
    )
    .join("\n");
  const hidden = linksBetween(classes, places).length - links.length;
  const omitted = hidden > 0 ? ` ${l10n.t("{0} thinner links are left out.", hidden)}` : "";
  const explanation = l10n.t("Each area is a file, as large as its lines; a curve links files that share a copy.");
  const markup = `<p>${escaped(explanation + omitted)}</p>
<svg class="map" viewBox="0 0 ${width} ${height}" role="group" aria-labelledby="map">
${boxes}
<g aria-hidden="true">${drawn.join("")}</g>
</svg>
${legend()}`;
  return { markup, style };
}

function legend(): string {
  const items = shares.map((share, index) => {
    const before = Math.round(100 * (shares[index - 1] ?? 0));
    const text = index === 0 ? l10n.t("no copies") : `${before}–${Math.round(100 * share)} %`;
    return `<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="d${index}" width="10" height="10"/></svg> ${escaped(text)}</li>`;
  });
  return `<ul class="legend">${items.join("")}</ul>`;
}

function treeOf(files: readonly MappedFile[]): Folder {
  const root: Folder = { name: "", folders: new Map(), files: [] };
  for (const file of files) {
    let folder = root;
    for (const name of file.file.split("/").slice(0, -1)) {
      const next = folder.folders.get(name) ?? { name, folders: new Map(), files: [] };
      folder.folders.set(name, next);
      folder = next;
    }
    folder.files.push(file);
  }
  return { ...joined(root), name: "" };
}

/** A folder that holds one folder and nothing else is one with it. */
function joined(folder: Folder): Folder {
  const [only, ...others] = folder.folders.values();
  if (only && others.length === 0 && folder.files.length === 0) {
    return joined({ ...only, name: folder.name === "" ? only.name : `${folder.name}/${only.name}` });
  }
  return { ...folder, folders: new Map([...folder.folders].map(([name, each]) => [name, joined(each)])) };
}

function drawFolder(folder: Folder, box: Box, places: Places): string {
  const inside = allFiles(folder);
  if (box.width * box.height < smallestFolder && inside.length > 1) return drawWhole(folder, inside, box, places);
  const folders = [...folder.folders.values()];
  const weights = [...folders.map(linesBelow), ...folder.files.map((file) => file.lines)];
  const hasName = folder.name !== "" && box.height > 3 * heading && box.width > 40;
  const shift = hasName ? heading : 0;
  const boxes = squarified(weights, { ...box, y: box.y + shift, height: box.height - shift });
  const empty: Box = { x: 0, y: 0, width: 0, height: 0 };
  const parts = [
    ...folders.map((each, index) => drawFolder(each, boxes[index] ?? empty, places)),
    ...folder.files.map((file, index) => drawFile(file, boxes[folders.length + index] ?? empty, places)),
  ];
  if (folder.name === "") return parts.join("\n");
  const name = hasName ? label(folder.name, box, "name") : "";
  return `<g>${parts.join("\n")}<rect class="folder" ${sides(box)}/>${name}</g>`;
}

function allFiles(folder: Folder): MappedFile[] {
  return [...folder.files, ...[...folder.folders.values()].flatMap(allFiles)];
}

function linesBelow(folder: Folder): number {
  return allFiles(folder).reduce((sum, file) => sum + file.lines, 0);
}

function drawFile(file: MappedFile, box: Box, places: Places): string {
  places.set(file.file, { box, anchor: file.id });
  const name = file.file.split("/").at(-1) ?? "";
  return drawBox(file.file, name, file.id, file, box);
}

function drawWhole(folder: Folder, files: readonly MappedFile[], box: Box, places: Places): string {
  const worst = [...files].sort((a, b) => b.duplicated - a.duplicated)[0];
  const anchor = worst?.id ?? "";
  for (const file of files) places.set(file.file, { box, anchor });
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const duplicated = files.reduce((sum, file) => sum + file.duplicated, 0);
  return drawBox(`${folder.name}/`, `${folder.name}/`, anchor, { lines, duplicated }, box);
}

function drawBox(
  title: string,
  name: string,
  anchor: string,
  { lines, duplicated }: Pick<MappedFile, "lines" | "duplicated">,
  box: Box,
): string {
  if (box.width * box.height === 0) return "";
  const share = duplicated / lines;
  const step = shares.findIndex((most) => share <= most);
  const says = `${title}: ${l10n.t("{0} of {1} lines duplicated", duplicated, lines)}`;
  const rect = `<rect class="d${step}" ${sides(box)}><title>${escaped(says)}</title></rect>${label(name, box, "file")}`;
  return duplicated === 0 ? `<g>${rect}</g>` : `<a id="m-${anchor}" href="#${anchor}">${rect}</a>`;
}

function label(name: string, box: Box, kind: string): string {
  if (box.height < 14 || box.width < name.length * letter + 6) return "";
  // The line above a folder's files does not grow with its name.
  const hasRoom = box.height >= 14 * enlarged && box.width >= name.length * letter * enlarged + 6;
  const canGrow = kind === "file" && hasRoom;
  return `<text class="${kind}${canGrow ? " large" : ""}" x="${round(box.x + 4)}" y="${round(box.y + 11.5)}">${escaped(name)}</text>`;
}

function sides(box: Box): string {
  return `x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}"`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function centre({ x, y, width, height }: Box): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

interface Link {
  readonly from: { readonly box: Box; readonly anchor: string };
  readonly to: { readonly box: Box; readonly anchor: string };
  lines: number;
}

function linksOf(classes: readonly ReportedClass[], places: Places): readonly Link[] {
  return linksBetween(classes, places)
    .sort((a, b) => b.lines - a.lines)
    .slice(0, mostLinks);
}

/** One link for each pair of boxes: from the first copy of a class to each other one. */
function linksBetween(classes: readonly ReportedClass[], places: Places): Link[] {
  const links = new Map<string, Link>();
  for (const { copies } of classes) {
    const [first, ...others] = copies;
    const from = first && places.get(first.file);
    for (const other of others) {
      const to = places.get(other.file);
      if (!from || !to || from.anchor === to.anchor) continue;
      const key = [from.anchor, to.anchor].sort().join();
      const known = links.get(key);
      if (known) known.lines += linesIn(other);
      else links.set(key, { from, to, lines: linesIn(other) });
    }
  }
  return [...links.values()];
}
