import type { CodeAction, CodeActionKind, Command } from "vscode-languageserver";
import { applyEdits, type Edit } from "../core/edit.ts";
import type { Refactoring, RefactoringOptions, RefactoringResult } from "../core/refactoring.ts";
import type { Fix } from "../core/rule.ts";
import { Lines, type Span } from "../core/text.ts";
import { refactorings } from "../languages.ts";
import type { PythonModule } from "../python/module.ts";
import { kinds, toWorkspaceEdit } from "./convert.ts";
import { OpenDocument } from "./document.ts";
import type { OpenFile } from "./documents.ts";
import type { Session } from "./session.ts";

export const refactoringKinds: readonly CodeActionKind[] = [...new Set(refactorings.map(({ kind }) => kinds[kind]))];

/**
 * What can be refactored at a selection (in a document, not across the cells of a notebook); what is refused is a
 * disabled action that says why. Where nobody asked for refactorings by name, the cursor alone proposes no extraction.
 */
export function refactoringActions(
  session: Session,
  file: OpenFile,
  at: Span,
  only: readonly string[] | undefined,
): CodeAction[] {
  if (!(file instanceof OpenDocument) || file.language.grammar !== "python") return [];
  const isAsked = (kind: string) => !only || only.some((asked) => overlaps(asked, kind));
  const isByName = only?.some((asked) => asked.startsWith("refactor")) === true;
  const actions: CodeAction[] = [];
  for (const refactoring of refactorings) {
    if (refactoring.on === "copies" || !isAsked(kinds[refactoring.kind])) continue;
    if (refactoring.on === "selection" && at.start === at.end && !isByName) continue;
    actions.push(...actionsOf(session, file, at, refactoring, isByName));
  }
  return actions;
}

/** Is a kind asked for, as such or as a part of what is asked for? */
function overlaps(asked: string, kind: string): boolean {
  return asked === "" || kind === asked || kind.startsWith(`${asked}.`);
}

function actionsOf(
  session: Session,
  document: OpenDocument,
  at: Span,
  refactoring: Refactoring<PythonModule>,
  showsRefused: boolean,
): CodeAction[] {
  const run = (options: RefactoringOptions) =>
    refactoring.apply([{ file: document.module, at }], options, document.workspace.project);
  const one = run({});
  const action = actionOf(session, document, at, refactoring, {}, one);
  if (!one.applied) return showsRefused && isWorthTelling(one.code, refactoring) ? [action] : [];
  if (!refactoring.knowsAll) return [action];
  const all = run({ all: true });
  const isMore = all.applied && countOf(all) > countOf(one);
  return isMore ? [action, actionOf(session, document, at, refactoring, { all: true }, all)] : [action];
}

/** Not that there is nothing here of its kind; and that nothing whole is selected once, by the first of them. */
function isWorthTelling(code: string, { kind }: Refactoring<PythonModule>): boolean {
  return !code.startsWith("NO_") && (code !== "PARTIAL" || kind === "refactor.extract.function");
}

function countOf(result: Extract<RefactoringResult, { applied: true }>): number {
  return result.edits.reduce((sum, { edits }) => sum + edits.length, 0);
}

function actionOf(
  session: Session,
  document: OpenDocument,
  at: Span,
  refactoring: Refactoring<PythonModule>,
  options: RefactoringOptions,
  result: RefactoringResult,
): CodeAction {
  const title = refactoring.title(options);
  const kind = kinds[refactoring.kind];
  // VS Code's menu of refactorings shows disabled actions by their titles alone.
  if (!result.applied) return { title: `${title}: ${result.reason}`, kind, disabled: { reason: result.reason } };
  const edit = toWorkspaceEdit(result, () => document);
  const command = renaming(session, document, at, { ...result, title });
  return { title, kind, edit, ...(command && { command }) };
}

/**
 * Starts a rename where the new name stands in the edited text, at what was selected; nothing where there is none. By the
 * time a preview is applied, VS Code has forgotten the arguments of the commands in its menu: then it asks for the place.
 */
export function renaming(
  session: Session,
  document: OpenDocument,
  at: Span,
  { edits: all, name, title, preview }: Pick<Fix, "edits" | "name" | "title" | "preview">,
): Command | undefined {
  const edits = all.find(({ path }) => path === document.path)?.edits ?? [];
  const place = name === undefined ? undefined : placeOfName(edits, name, at);
  if (!session.editor.renamesInPlace || name === undefined || place === undefined) return undefined;
  const position = new Lines(applyEdits(document.text, edits)).positionAt(place);
  document.proposed.set(name, { version: document.version, paths: all.map(({ path }) => path), position });
  const given = preview ? {} : { arguments: [document.uri, position.line, position.column] };
  return { title, command: "groundwork.renameInPlace", ...given };
}

/** The offset in the edited text of the name in the edit of the selection itself. */
function placeOfName(edits: readonly Edit[], name: string, at: Span): number | undefined {
  const own = edits.find((edit) => edit.at.end > edit.at.start && edit.at.start < at.end && at.start < edit.at.end);
  const within = own?.text.search(new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, "u")) ?? -1;
  if (!own || within < 0) return undefined;
  const shift = edits
    .filter((edit) => edit !== own && edit.at.end <= own.at.start)
    .reduce((sum, edit) => sum + edit.text.length - (edit.at.end - edit.at.start), 0);
  return own.at.start + shift + within;
}
