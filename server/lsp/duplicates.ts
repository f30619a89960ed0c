import type { CancellationToken } from "vscode-languageserver";
import type { CloneClass } from "../clones/clone-class.ts";
import { Lines } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import { type CopiesAnswer, linesSavedBy, toAnswer } from "./copies.ts";
import type { Overview } from "./overview.ts";
import type { Session } from "./session.ts";

/** At most so many classes are told; nobody reads a longer list. */
const mostClasses = 500;

/** The answer to the request `groundwork/duplicates`. */
export interface DuplicatesAnswer {
  /** Those first that would save most; `code` is the first line of the first copy. */
  readonly classes: readonly (CopiesAnswer & { readonly code: string })[];
  /** How many there are in all. */
  readonly total: number;
}

/** Every clone class of all folders. Only files that changed since the last time cost more than a look. */
export async function duplicates(
  { diagnostics, folders }: Pick<Session, "diagnostics" | "folders">,
  overview: Overview,
  token: CancellationToken,
): Promise<DuplicatesAnswer> {
  const all: { readonly workspace: Workspace; readonly found: CloneClass; readonly saves: number }[] = [];
  const isWhole = await overview.visit(token, ({ workspace, path }) => {
    for (const found of diagnostics.classesOf({ workspace, path })) {
      if (found.copies[0]?.path === path) all.push({ workspace, found, saves: linesSavedBy(found) });
    }
  });
  if (!isWhole) return { classes: [], total: 0 };
  all.sort((a, b) => b.saves - a.saves);
  const classes = all.slice(0, mostClasses).map(({ workspace, found }) => ({
    ...toAnswer(folders, workspace, found),
    code: codeOf(workspace, found),
  }));
  return { classes, total: all.length };
}

function codeOf(workspace: Workspace, { copies: [first] }: CloneClass): string {
  if (!first) return "";
  return new Lines(workspace.textOf(first.path) ?? "").lineText(first.range.start.line).trim();
}
