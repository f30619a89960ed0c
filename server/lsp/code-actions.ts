import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import * as l10n from "@vscode/l10n";
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Command,
  type Diagnostic,
} from "vscode-languageserver";
import { fixAll } from "../analyze.ts";
import { type Edit, minimalEdit } from "../core/edit.ts";
import type { Finding, Fix, Stage } from "../core/rule.ts";
import { stageOf } from "../core/stages.ts";
import { suppressionEdit } from "../core/suppressions.ts";
import type { Range, Span } from "../core/text.ts";
import { configurationFileOf } from "../host/project-root.ts";
import { leadsOutReason } from "../host/within.ts";
import type { Workspace } from "../host/workspace.ts";
import { cellsOf } from "../notebook/cells.ts";
import { ignoreInFolder } from "../project/ignore-folder.ts";
import { duplicateBlock } from "../rules/production/duplicate-block.ts";
import { fromRange, toCodeAction, toDiagnostic, toDocumentEdits, toWorkspaceEdit } from "./convert.ts";
import { classAt } from "./copies.ts";
import { OpenDocument } from "./document.ts";
import { type OpenFile, View } from "./documents.ts";
import { editedFile } from "./edited-file.ts";
import { outsideOf } from "./edits.ts";
import { refactoringActions, refactoringKinds, renaming } from "./refactoring-actions.ts";
import type { Session } from "./session.ts";

/** Shown in the menu of source actions: a choice about the folder, not about the line. */
const stageKind = "source.markStage.groundwork";

/** Of the whole notebook, where `source.` means a cell. */
const notebookKind = "notebook.source.fixAll.groundwork";

export const codeActionKinds = [
  CodeActionKind.QuickFix,
  ...refactoringKinds,
  "source.fixAll.groundwork",
  "source.sortRequirements.groundwork",
  notebookKind,
  stageKind,
];

/** The actions at a place: each finding's fixes and ways to ignore it, and those for the whole file. */
export function codeActionsAt(session: Session, params: CodeActionParams): (CodeAction | Command)[] {
  const view = session.documents.viewOf(params.textDocument.uri);
  if (!view) return [];
  const document = view.file;
  const at = view.spanOf(fromRange(params.range));
  const actions: CodeAction[] = [];
  const only = params.context.only;
  for (const finding of session.diagnostics.resultOf(document).findings) {
    if (touches(finding.at, at)) actions.push(...actionsOf(session, document, finding, only));
  }
  actions.push(...refactoringActions(session, document, at, only));
  if (only?.some((kind) => kind.startsWith("source"))) {
    actions.push(...sourceActions(view), ...stageActions(session, document));
  }
  if (only?.some((kind) => kind.startsWith("notebook"))) actions.push(...notebookActions(document));
  return actions.filter((action) => !only || only.some((kind) => isKind(action.kind ?? "", kind)));
}

function touches(finding: Span, at: Span): boolean {
  return finding.start <= at.end && at.start <= finding.end;
}

function isKind(kind: string, asked: string): boolean {
  return asked === "" || kind === asked || kind.startsWith(`${asked}.`);
}

function actionsOf(
  session: Session,
  document: OpenFile,
  finding: Finding,
  only: readonly string[] | undefined,
): CodeAction[] {
  const { workspace, path } = document;
  const locate = (other: string, range: Range) => session.documents.locationOf({ workspace, path: other }, range);
  const { range } = locate(path, document.lines.rangeOf(finding.at));
  const diagnostic = toDiagnostic(finding, range, locate, session.diagnostics.docs);
  const action = (given: Fix) => {
    const fix = within(
      session,
      workspace,
      given.preview && !session.editor.previewsEdits ? withoutPreview(given) : given,
    );
    const fileOf = (other: string) => editedFile(session, { workspace, path: other });
    const edit = fix.edits.length > 0 ? toWorkspaceEdit(fix, fileOf) : undefined;
    const command = document instanceof OpenDocument ? renaming(session, document, finding.at, fix) : undefined;
    const uriOf = (other: string) => (other === path ? document.uri : session.folders.uriOf(workspace, other));
    return { ...toCodeAction(fix, diagnostic, edit, uriOf), ...(command && { command }) };
  };
  const isKnown = (fix: Fix) => canRun(session, fix.command?.name);
  const fixes = workspace.fixes(path, [finding], document.module).flat().filter(isKnown).map(action);
  const ways = [
    ignoreHere(document, finding),
    ...ignoreCopies(document, finding),
    ignoreInThisFolder(document, finding),
  ].map(action);
  const compare =
    session.editor.comparesCopies && finding.rule === duplicateBlock.name ? [compareAction(diagnostic)] : [];
  return [...fixes.map((fix, index) => (index === 0 ? preferred(fix, only) : fix)), ...compare, ...ways];
}

/** Of a file that leads out of the folder nothing is edited, unless it is open. */
function within(session: Session, workspace: Workspace, fix: Fix): Fix {
  const outside = outsideOf(session, workspace, fix);
  return outside === undefined ? fix : { ...fix, edits: [], refused: fix.refused ?? leadsOutReason(outside) };
}

/** What must be seen first is not done unseen. */
function withoutPreview({ title, kind, safe, refused }: Fix): Fix {
  const reason = l10n.t("This editor cannot show changes of several files first; `groundwork refactor` prints them");
  return { title, kind, safe, edits: [], refused: refused ?? reason };
}

/** Some commands are the client's own: not every editor has them. */
function canRun({ editor }: Session, command: string | undefined): boolean {
  if (command === "groundwork.compareVersions" || command === "groundwork.compareFiles") return editor.comparesCopies;
  return command !== "groundwork.renameInPlace" || editor.renamesInPlace;
}

/**
 * The first fix of a finding stands above the ways to ignore it. Editors list quick fixes before refactorings, so a
 * refactoring that removes the finding is one unless refactorings were asked for by name.
 */
function preferred(fix: CodeAction, only: readonly string[] | undefined): CodeAction {
  if (fix.disabled || only?.some((kind) => kind.startsWith("refactor"))) return fix;
  const kind = fix.kind?.startsWith("refactor") ? CodeActionKind.QuickFix : fix.kind;
  return { ...fix, ...(kind && { kind }), isPreferred: true };
}

function compareAction(diagnostic: Diagnostic): CodeAction {
  const title = l10n.t("Compare with another copy");
  const command = { title, command: "groundwork.compareWithCopy" };
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
}

function ignoreHere(document: OpenFile, finding: Finding): Fix {
  const edit = suppressionEdit(document.lines, document.lines.lineAt(finding.at.start), finding.rule);
  const title = l10n.t("Ignore `{0}` here", finding.rule);
  return { title, kind: "quickfix", safe: true, edits: [{ path: document.path, edits: [edit] }] };
}

/** With more than two copies, to ignore one leaves the others. */
function ignoreCopies(document: OpenFile, finding: Finding): Fix[] {
  const line = document.lines.lineAt(finding.at.start);
  const copies = finding.related ? (classAt(document, line)?.found.copies ?? []) : [];
  if (copies.length < 3) return [];
  const edit = suppressionEdit(document.lines, line, finding.rule, "ignore-class");
  const title = l10n.t("Ignore all {0} copies", copies.length);
  return [{ title, kind: "quickfix", safe: true, edits: [{ path: document.path, edits: [edit] }] }];
}

function ignoreInThisFolder(document: OpenFile, finding: Finding): Fix {
  const folder = posix.dirname(document.path);
  const glob = folder === "." ? "*" : `${folder}/**`;
  const title = l10n.t("Ignore `{0}` in this folder", finding.rule);
  const file = configurationFileOf(document.workspace.root);
  const result = ignoreInFolder(file, glob, finding.rule);
  if ("refused" in result) return { title, kind: "quickfix", safe: true, edits: [], refused: result.refused };
  const exists = existsSync(join(document.workspace.root, file.name));
  const edits = { path: file.name, edits: result.edits, ...(exists ? {} : { creates: true }) };
  return { title, kind: "quickfix", safe: true, edits: [edits] };
}

function sourceActions(view: View): CodeAction[] {
  const all = sourceAction(view, l10n.t("Fix all with Groundwork"), "source.fixAll.groundwork", () => true);
  const sort = sourceAction(
    view,
    l10n.t("Sort requirements"),
    "source.sortRequirements.groundwork",
    (fix) => fix.kind === "source.sortRequirements",
  );
  return [...all, ...sort];
}

/** What fixes a notebook as a whole, cell by cell. */
function notebookActions(file: OpenFile): CodeAction[] {
  if (!("cells" in file)) return [];
  const { workspace, path, text, language } = file;
  const fixed = fixAll({ path, text }, workspace.project, { language, accepts: () => true });
  const edits = file.cells.flatMap((cell) => editsWithin(new View(file, cell), fixed));
  if (edits.length === 0) return [];
  const edit = { documentChanges: toDocumentEdits(file, edits) };
  return [{ title: l10n.t("Fix all with Groundwork"), kind: notebookKind, edit }];
}

/** The other stages that this document's folder could be in. */
function stageActions({ folders }: Session, { workspace, path, language }: OpenFile): CodeAction[] {
  if (language.grammar !== "python") return [];
  const folder = posix.dirname(path);
  const uri = folders.uriOf(workspace, folder);
  const stage = stageOf(path, workspace.settings);
  const mark = (title: string, to: Stage): CodeAction[] =>
    to === stage ? [] : [{ title, kind: stageKind, command: markStageCommandOf(title, uri, to) }];
  return [
    ...mark(l10n.t("Mark folder `{0}` as production", folder), "production"),
    ...mark(l10n.t("Mark folder `{0}` as experimental", folder), "experimental"),
  ];
}

function markStageCommandOf(title: string, uri: string, stage: Stage): Command {
  return { title, command: "groundwork.server.markStage", arguments: [uri, stage] };
}

function sourceAction(view: View, title: string, kind: string, accepts: (fix: Fix) => boolean): CodeAction[] {
  const { workspace, path, text, language } = view.file;
  const fixed = fixAll({ path, text }, workspace.project, { language, accepts });
  const edits = editsWithin(view, fixed);
  if (edits.length === 0) return [];
  return [{ title, kind, edit: { documentChanges: toDocumentEdits(view.file, edits) } }];
}

/** Editors ask for each cell of a notebook by itself: what changes in the others is another answer. */
function editsWithin({ file, span }: View, fixed: string): Edit[] {
  if (fixed === file.text) return [];
  const cells = "cells" in file ? file.cells : undefined;
  const index = cells?.findIndex(({ placed }) => placed.start === span.start);
  const after = index === undefined ? { start: 0, end: fixed.length } : cellsOf(fixed)[index];
  const edit = after && minimalEdit(file.text.slice(span.start, span.end), fixed.slice(after.start, after.end));
  return edit ? [{ at: { start: span.start + edit.at.start, end: span.start + edit.at.end }, text: edit.text }] : [];
}
