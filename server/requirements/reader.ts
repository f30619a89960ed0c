import type { Node, Tree } from "web-tree-sitter";
import { parse } from "../core/grammar.ts";
import { readArguments } from "./arguments.ts";
import { readEditable } from "./editable.ts";
import { type LogicalLine, logicalLines, physicalLines } from "./lines.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { type LineOption, type Refusal, readOptions } from "./options.ts";
import { emptyReading, type Reading, refused } from "./reading.ts";
import { explainLine } from "./refusal.ts";

/**
 * Reads a requirements file as pip 26 does (`req_file.py`, `constructors.py`); environment variables are left as pip
 * leaves unset ones. A `tree` that is handed in must be of this very text and stays its owner's.
 */
export function readRequirements(path: string, text: string, tree?: Tree): RequirementsFile {
  const used = tree ?? parse("requirements", text);
  try {
    const nodes = new Map(used.rootNode.namedChildren.map((node) => [node.startIndex, node] as const));
    const lines = physicalLines(text);
    const entries = logicalLines(text, lines).map((line) => readLine(line, text, nodes));
    return { path, text, entries, physicalLines: lines, [Symbol.dispose]: releaseNothing };
  } finally {
    if (!tree) used.delete();
  }
}

/** The entries are plain values: no tree outlives the reading. */
function releaseNothing(): void {}

function readLine(line: LogicalLine, text: string, nodes: ReadonlyMap<number, Node>): Entry {
  const { text: whole, spanOf: place } = line;
  // pip looks for the first word that starts with a dash; only the plain blank parts words here.
  const firstOption = whole.startsWith("-") ? 0 : whole.indexOf(" -") + 1;
  const split = firstOption > 0 || whole.startsWith("-") ? firstOption : whole.length;
  const options = readOptions(whole.slice(split));
  const placeOfOptions = (start: number, end: number) => place(split + start, split + end);
  const common = {
    line: line.line,
    endLine: line.endLine,
    at: place(0, whole.length),
    comment: line.comment,
    options: Array.isArray(options)
      ? options.map((option) => whole.slice(split + option.start, split + option.end))
      : [],
  };
  if (!isRead(options)) {
    const mistake = explainLine(whole);
    return { ...common, ...(mistake ? refused(mistake, place) : refused(options, placeOfOptions)) };
  }
  if (split === 0) return { ...common, ...readOptionLine(options, whole, place) };
  const args = whole.slice(0, Math.max(0, split === whole.length ? split : split - 1));
  return { ...common, ...readArguments({ args, place, text, node: nodes.get(place(0, 1).start) }) };
}

function isRead(options: readonly LineOption[] | Refusal): options is readonly LineOption[] {
  return Array.isArray(options);
}

function readOptionLine(options: readonly LineOption[], whole: string, place: LogicalLine["spanOf"]): Reading {
  const first = (name: string) => options.find((option) => option.name === name);
  const editable = first("--editable");
  if (editable) return readEditable(editable, whole, place);
  const include = first("--requirement");
  if (include) return { ...emptyReading, kind: "include", path: include.value };
  const constraint = first("--constraint");
  if (constraint) return { ...emptyReading, kind: "constraint", path: constraint.value };
  return { ...emptyReading, kind: "option" };
}
