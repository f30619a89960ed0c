import { readArguments } from "./arguments.ts";
import { readEditable } from "./editable.ts";
import { type LogicalLine, logicalLines, physicalLines } from "./lines.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { type LineOption, readOptions } from "./options.ts";
import { isMarker } from "./pep508.ts";
import { emptyReading, type Reading, refused } from "./reading.ts";
import { explainLine } from "./refusal.ts";

/**
 * Reads a requirements file as pip 26 does (`req_file.py`, `constructors.py`); environment variables are left as pip
 * leaves unset ones. What needs the grammar is parsed line by line: most lines are too plain for it.
 */
export function readRequirements(path: string, text: string): RequirementsFile {
  const lines = physicalLines(text);
  // Long files say the same few markers over and over.
  const markers = new Map<string, boolean>();
  const isKnownMarker = (marker: string): boolean => {
    const known = markers.get(marker) ?? isMarker(marker);
    markers.set(marker, known);
    return known;
  };
  const entries = logicalLines(text, lines).map((line) => readLine(line, isKnownMarker));
  return { path, text, entries, physicalLines: lines, [Symbol.dispose]: releaseNothing };
}

/** The entries are plain values: no tree outlives the reading. */
function releaseNothing(): void {}

function readLine(line: LogicalLine, isMarker: (marker: string) => boolean): Entry {
  const { text: whole, spanOf: place } = line;
  // The first word that starts with a dash begins the options; to pip, only the plain blank parts words here.
  const dash = /(?:^| )-/.exec(whole);
  const args = whole.slice(0, dash?.index);
  const optionsAt = dash ? dash.index + dash[0].length - 1 : whole.length;
  const options = dash ? readOptions(whole.slice(optionsAt)) : [];
  const common = { line: line.line, endLine: line.endLine, at: place(0, whole.length), comment: line.comment };
  if ("message" in options) {
    const placeOfOptions = (start: number, end: number) => place(optionsAt + start, optionsAt + end);
    const mistake = explainLine(whole);
    return { ...common, options: [], ...(mistake ? refused(mistake, place) : refused(options, placeOfOptions)) };
  }
  const reading = args === "" ? readOptionLine(options, whole, place) : readArguments(args, place, isMarker);
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
