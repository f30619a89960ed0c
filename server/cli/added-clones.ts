import type { CloneClass, Copy } from "../clones/clone-class.ts";
import { type ChangedFile, type Changes, textBefore } from "../host/revision.ts";
import type { Workspace } from "../host/workspace.ts";
import { languageNamed } from "../languages.ts";

/** What a change adds: classes with the copies that are new, and the lines that it adds or alters, by path. */
export interface AddedClones {
  readonly classes: readonly CloneClass[];
  readonly isNew: (copy: Copy) => boolean;
  /** The lines (from 0) of a file that the change adds or alters. */
  readonly linesOf: (path: string) => ReadonlySet<number>;
}

/** A copy was there before when at least this part of its lines was in a copy of the same class. */
const samePlace = 0.5;

/**
 * The classes that a change adds or makes larger: those with a copy that the change touches and that was, in the
 * revision, no copy of the others.
 */
export function addedClones(workspace: Workspace, changes: Changes): AddedClones {
  const now = workspace.clones();
  const changed = new Map(changes.files.map((file) => [file.path, file]));
  const touched = new Map(
    workspace.paths.map((path) => [path, linesAdded(workspace, path, changed.get(path), changes)] as const),
  );
  const byPath = classesByPath(clonesBefore(workspace, changes, touched));
  const isTouched = (copy: Copy) => touches(copy, changed.get(copy.path), touched.get(copy.path));
  const fresh = new Set<Copy>();
  for (const found of now) {
    if (!found.copies.some(isTouched)) continue;
    const places = found.copies.map((copy) => placeBefore(copy, changed.get(copy.path)));
    const rivals = new Set(places.flatMap(({ path }) => byPath.get(path) ?? []));
    const known = [...rivals].map((rival) => places.map((place) => isCovered(place, rival)));
    const best = known.sort((a, b) => count(b) - count(a))[0] ?? [];
    found.copies.forEach((copy, index) => {
      if (!best[index] && isTouched(copy)) fresh.add(copy);
    });
  }
  return {
    classes: now.filter(({ copies }) => copies.some((copy) => fresh.has(copy))),
    isNew: (copy) => fresh.has(copy),
    linesOf: (path) => touched.get(path) ?? new Set(),
  };
}

function count(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length;
}

/** All lines of a file that git does not know, else those of its hunks. */
function linesAdded(
  workspace: Workspace,
  path: string,
  file: ChangedFile | undefined,
  { before }: Changes,
): ReadonlySet<number> {
  if (workspace.languageOf(path)?.grammar !== "python") return new Set();
  if (file) return new Set(file.hunks.flatMap(({ start, added }) => range(start, start + added)));
  if (before.has(path)) return new Set();
  const lines = (workspace.textOf(path) ?? "").split(/\r\n|\r|\n/);
  return new Set(range(0, lines.at(-1) === "" ? lines.length - 1 : lines.length));
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** The classes of the revision: its texts are laid over the files of now, and taken away again. */
function clonesBefore(
  workspace: Workspace,
  { files, before }: Changes,
  touched: ReadonlyMap<string, ReadonlySet<number>>,
): CloneClass[] {
  const added = [...touched].flatMap(([path, lines]) => (!before.has(path) && lines.size > 0 ? [path] : []));
  const present = [...new Set([...added, ...files.flatMap(({ path }) => path ?? [])])].filter((path) =>
    touched.has(path),
  );
  const texts = files.flatMap((file) => {
    if (file.before === undefined) return [];
    return [
      { path: file.before, text: textBefore(file, file.path === undefined ? undefined : workspace.textOf(file.path)) },
    ];
  });
  for (const path of present) workspace.remove(path);
  for (const { path, text } of texts) workspace.open(path, languageNamed("python"), text);
  const classes = workspace.clones();
  for (const { path } of texts) workspace.close(path);
  for (const path of present) workspace.add(path);
  return classes;
}

function classesByPath(classes: readonly CloneClass[]): Map<string, CloneClass[]> {
  const byPath = new Map<string, CloneClass[]>();
  for (const found of classes) {
    for (const path of new Set(found.copies.map((copy) => copy.path))) {
      const known = byPath.get(path);
      if (known) known.push(found);
      else byPath.set(path, [found]);
    }
  }
  return byPath;
}

/** Is a line of the copy new, or was something taken out between its lines? */
function touches(
  { range: { start, end } }: Copy,
  file: ChangedFile | undefined,
  lines: ReadonlySet<number> | undefined,
) {
  if (range(start.line, end.line + 1).some((line) => lines?.has(line))) return true;
  return file?.hunks.some((hunk) => start.line < hunk.start && hunk.start <= end.line) === true;
}

interface PlaceBefore {
  readonly path: string;
  /** The lines of then; those that were not there are left out. */
  readonly lines: readonly number[];
  readonly size: number;
}

function placeBefore(copy: Copy, file: ChangedFile | undefined): PlaceBefore {
  const { start, end } = copy.range;
  const lines = range(start.line, end.line + 1).flatMap((line) => lineBefore(line, file) ?? []);
  return { path: file ? (file.before ?? "") : copy.path, lines, size: end.line - start.line + 1 };
}

function lineBefore(line: number, file: ChangedFile | undefined): number | undefined {
  let shift = 0;
  for (const { start, added, removed } of file?.hunks ?? []) {
    if (line < start) break;
    if (line < start + added) return undefined;
    shift += removed.length - added;
  }
  return line + shift;
}

function isCovered({ path, lines, size }: PlaceBefore, { copies }: CloneClass): boolean {
  return copies.some((copy) => {
    if (copy.path !== path) return false;
    const { start, end } = copy.range;
    return lines.filter((line) => start.line <= line && line <= end.line).length >= samePlace * size;
  });
}
