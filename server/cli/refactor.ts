import { existsSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { applyEdits, type FileEdits } from "../core/edit.ts";
import type { Refactoring, RefactoringResult } from "../core/refactoring.ts";
import { Lines, type Span } from "../core/text.ts";
import { configurationOf, projectRootOf } from "../host/project-root.ts";
import { replaceFile } from "../host/replace.ts";
import { posixPath, reasonOf } from "../host/walk.ts";
import { Workspace } from "../host/workspace.ts";
import { writeText } from "../host/write.ts";
import { isNotebook, refactorings } from "../languages.ts";
import { PythonModule } from "../python/module.ts";
import { displayPath } from "./files.ts";
import type { ExitCode } from "./main.ts";
import { placeOf } from "./place.ts";

export interface RefactorOptions {
  readonly list?: boolean;
  readonly range?: readonly string[];
  readonly name?: string;
  readonly all?: boolean;
  readonly write?: boolean;
}

/**
 * `groundwork refactor`: 0 with one JSON object on standard output, applied or refused; 2 for wrong usage or a file
 * that cannot be read or written.
 */
export async function refactor(
  name: string | undefined,
  path: string | undefined,
  options: RefactorOptions,
): Promise<ExitCode> {
  if (options.list) {
    for (const each of refactorings) process.stdout.write(`${each.name}\n`);
    return 0;
  }
  try {
    const refactoring = refactorings.find((each) => each.name === name);
    if (!refactoring) throw new UsageError(l10n.t("there is no refactoring of this name; `--list` tells them"));
    return await apply(refactoring, rangesOf(path, options.range ?? []), options);
  } catch (error) {
    console.error(`groundwork: ${error instanceof UsageError ? error.message : reasonOf(error)}`);
    return 2;
  }
}

/** Something that the caller wrote wrongly; the message is for them. */
class UsageError extends Error {}

/** Lines and columns count from 1, columns in code points; the end is exclusive. */
interface FileRange {
  readonly path: string;
  readonly start: readonly [line: number, column: number];
  readonly end: readonly [line: number, column: number];
}

/** `L1:C1-L2:C2` in the file that is named before, or `FILE:L1:C1-L2:C2`. */
function rangesOf(path: string | undefined, texts: readonly string[]): readonly FileRange[] {
  const ranges = texts.map((text) => {
    const match = /^(?:(.+):)?(\d+):(\d+)-(\d+):(\d+)$/.exec(text);
    const file = match?.[1] ?? path;
    if (!match || file === undefined) throw new UsageError(l10n.t("{0}: no range like 3:5-7:20", text));
    const [startLine = 0, startColumn = 0, endLine = 0, endColumn = 0] = match.slice(2).map(Number);
    return { path: file, start: [startLine, startColumn], end: [endLine, endColumn] } as const;
  });
  if (ranges.length === 0) throw new UsageError(l10n.t("a range is missing, like --range 3:5-7:20"));
  return ranges;
}

async function apply(
  refactoring: Refactoring<PythonModule>,
  ranges: readonly FileRange[],
  options: RefactorOptions,
): Promise<ExitCode> {
  if (refactoring.on !== "copies" && ranges.length > 1) throw new UsageError(l10n.t("only one range is possible here"));
  const root = projectRootOf(ranges[0]?.path ?? ".", process.cwd());
  const workspace = new Workspace(root, configurationOf(root).settings);
  const files = new Map<string, PythonModule>();
  using _ = { [Symbol.dispose]: () => files.forEach((file) => void file[Symbol.dispose]()) };
  const places = ranges.map((range) => {
    const below = posixPath(root, resolve(range.path));
    const file = files.get(below) ?? new PythonModule(below, readSource(workspace, below, range.path));
    files.set(below, file);
    return { file, at: spanOf(range, file.lines) };
  });
  const given = { ...(options.name !== undefined && { name: options.name }), ...(options.all && { all: true }) };
  // Who imports whom, and what tests replace, is known of the whole folder only.
  if (files.size > 1) for (const _ of workspace.scan());
  const result = refactoring.apply(places, given, workspace.project);
  // Told in places of the text as it was, so before anything is written.
  const report = JSON.stringify(reportOf(result, workspace));
  if (result.applied && options.write) await write(workspace, files, result.edits);
  process.stdout.write(`${report}\n`);
  return 0;
}

function readSource(workspace: Workspace, below: string, path: string): string {
  workspace.add(below);
  const text = workspace.textOf(below);
  const isModule = workspace.languageOf(below)?.grammar === "python" && !isNotebook(below);
  if (text !== undefined && isModule) return text;
  const why = workspace.errors.get(below)?.message ?? l10n.t("there is no such Python file");
  throw new UsageError(`${path}: ${why}`);
}

/** A column beyond its line's end means the line's end, as in editors. */
function spanOf({ start, end }: FileRange, lines: Lines): Span {
  const offset = ([line, column]: FileRange["start"]) => {
    if (line < 1 || column < 1 || line > lines.count) {
      throw new UsageError(l10n.t("{0}:{1} is no place in the file", line, column));
    }
    const before = [...lines.lineText(line - 1)].slice(0, column - 1).join("");
    return lines.startOf(line - 1) + before.length;
  };
  const span = { start: offset(start), end: offset(end) };
  if (span.end < span.start) throw new UsageError(l10n.t("a range ends before it starts"));
  return span;
}

function reportOf(result: RefactoringResult, workspace: Workspace): unknown {
  if (!result.applied) return { applied: false, reason: result.reason, code: result.code };
  const edits = result.edits.flatMap(({ path, edits: list, creates }) => {
    const lines = new Lines(workspace.textOf(path) ?? "");
    const place = (offset: number) => {
      const position = lines.positionAt(offset);
      return placeOf(position, lines.lineText(position.line));
    };
    const file = displayPath(resolve(workspace.root, path));
    return list.map(({ at, text }) => ({
      file,
      start: place(at.start),
      end: place(at.end),
      text,
      ...(creates && { creates }),
    }));
  });
  return { applied: true, edits, ...(result.name !== undefined && { name: result.name }) };
}

/**
 * Replaces each file atomically, all or none: nothing is written when one of them changed since it was read, and what
 * was written is put back when another one cannot be.
 */
async function write(
  workspace: Workspace,
  read: ReadonlyMap<string, PythonModule>,
  all: readonly FileEdits[],
): Promise<void> {
  const files = all.map(({ path, edits, creates }) => {
    const full = resolve(workspace.root, path);
    const before = existsSync(full) ? readFileSync(full) : undefined;
    const text = creates ? "" : (workspace.textOf(path) ?? "");
    if ((before === undefined) !== (creates === true) || (read.get(path)?.text ?? text) !== text) {
      throw new Error(l10n.t("{0} changed meanwhile; nothing was written", path));
    }
    return { full, before, text: applyEdits(text, edits) };
  });
  const written: { readonly full: string; readonly before: Uint8Array | undefined; readonly after: Uint8Array }[] = [];
  try {
    for (const { full, text, before } of files) {
      written.push({ full, before, after: await writeText(full, text, before, "python") });
    }
  } catch (error) {
    for (const { full, before, after } of written.reverse()) {
      if (before) await replaceFile(full, before, after);
      else rmSync(full, { force: true });
    }
    throw error;
  }
}
