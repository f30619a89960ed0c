import type { Node, Tree } from "web-tree-sitter";
import { parse } from "../core/grammar.ts";
import { readArguments } from "./arguments.ts";
import { readEditable } from "./editable.ts";
import { type LogicalLine, logicalLines, physicalLines } from "./lines.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { type LineOption, readOptions } from "./options.ts";
import { emptyReading, type Reading, refused } from "./reading.ts";
import { explainLine } from "./refusal.ts";

/**
 * Reads a requirements file as pip 26 does (`req_file.py`, `constructors.py`); environment variables are left as pip
 * leaves unset ones. A `tree` that is handed in must be of this very text and stays its owner's.
 */
export function readRequirements(path: string, text: string, tree?: Tree): RequirementsFile {
  const used = tree ?? parse("requirements", text);
  try {
    // Most lines are too plain to need their node, and fetching them all takes as long as parsing.
    let nodes: ReadonlyMap<number, Node> | undefined;
    const nodeAt = (start: number): Node | undefined => {
      nodes ??= new Map(used.rootNode.namedChildren.map((node) => [node.startIndex, node] as const));
      return nodes.get(start);
    };
    const lines = physicalLines(text);
    const entries = logicalLines(text, lines).map((line) => readLine(line, text, nodeAt));
    return { path, text, entries, physicalLines: lines, [Symbol.dispose]: releaseNothing };
  } finally {
    if (!tree) used.delete();
  }
}

/** The entries are plain values: no tree outlives the reading. */
function releaseNothing(): void {}

function readLine(line: LogicalLine, text: string, nodeAt: (start: number) => Node | undefined): Entry {
  const { text: whole, spanOf: place } = line;
  // The first word that starts with a dash begins the options; to pip, only the plain blank parts words here.
  const dash = /(?:^| )-/.exec(whole);
  const args = whole.slice(0, dash?.index);
  const optionsAt = dash ? dash.index + dash[0].length - 1 : whole.length;
  const options = readOptions(whole.slice(optionsAt));
  const common = { line: line.line, endLine: line.endLine, at: place(0, whole.length), comment: line.comment };
  if ("message" in options) {
    const placeOfOptions = (start: number, end: number) => place(optionsAt + start, optionsAt + end);
    const mistake = explainLine(whole);
    return { ...common, options: [], ...(mistake ? refused(mistake, place) : refused(options, placeOfOptions)) };
  }
  const reading =
    args === ""
      ? readOptionLine(options, whole, place)
      : readArguments({ args, place, text, node: () => nodeAt(place(0, 1).start) });
  const spelt = options.map((option) => whole.slice(optionsAt + option.start, optionsAt + option.end));
  return { ...common, options: spelt, ...reading };
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
