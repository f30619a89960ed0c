import {
  type CodeAction,
  CodeActionKind,
  type CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  type Location,
  type Range as LspRange,
  type RenameFile,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Edit } from "../core/edit.ts";
import type { Finding, Fix, FixKind, Severity } from "../core/rule.ts";
import type { Lines, Range } from "../core/text.ts";
import type { OpenCell } from "./notebooks.ts";

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export const kinds: Record<FixKind, CodeActionKind> = {
  quickfix: CodeActionKind.QuickFix,
  "refactor.extract.function": "refactor.extract.function",
  "refactor.extract.variable": "refactor.extract.variable",
  "refactor.extract.constant": "refactor.extract.constant",
  "refactor.rewrite": CodeActionKind.RefactorRewrite,
  // As the fix of a finding; editors keep actions for the whole file out of the light bulb.
  "source.sortRequirements": CodeActionKind.QuickFix,
};

export function toRange(range: Range): LspRange {
  return {
    start: { line: range.start.line, character: range.start.column },
    end: { line: range.end.line, character: range.end.column },
  };
}

export function fromRange(range: LspRange): Range {
  return {
    start: { line: range.start.line, column: range.start.character },
    end: { line: range.end.line, column: range.end.character },
  };
}

/** `locate` says where a range of a path is for the editor; `docs` is the folder of the rules' pages. */
export function toDiagnostic(
  finding: Finding,
  range: LspRange,
  locate: (path: string, range: Range) => Location,
  docs: string | undefined,
): Diagnostic {
  return {
    range,
    severity: severities[finding.severity],
    source: "Groundwork",
    code: finding.rule,
    message: finding.message,
    ...(docs && { codeDescription: { href: `${docs}/${finding.rule}.md` } }),
    ...(finding.related && {
      relatedInformation: finding.related.map((related) => ({
        location: locate(related.path, related.range),
        message: related.message,
      })),
    }),
  };
}

/** What is known of a file that edits are made for: its lines, and the version of the document if it is open. */
export interface EditedFile {
  readonly uri: string;
  readonly version: number | null;
  readonly lines: Lines;
  /** Of an open notebook, whose cells are documents of their own. */
  readonly cells?: readonly OpenCell[];
}

/** Versioned edits: the editor refuses them when the document has changed meanwhile. */
export function toDocumentEdits(file: EditedFile, edits: readonly Edit[]): TextDocumentEdit[] {
  const { uri, version, lines, cells } = file;
  if (!cells) return [documentEdit({ uri, version }, edits, lines, 0)];
  return cells.flatMap((cell) => {
    const { start, end, line } = cell.placed;
    const inside = edits.filter(({ at }) => start <= at.start && at.end <= end);
    return inside.length > 0 ? [documentEdit(cell, inside, lines, line)] : [];
  });
}

function documentEdit(
  { uri, version }: Pick<EditedFile, "uri" | "version">,
  edits: readonly Edit[],
  lines: Lines,
  first: number,
): TextDocumentEdit {
  const placed = edits.map(({ at, text }) => {
    const { start, end } = toRange(lines.rangeOf(at));
    const up = ({ line, character }: LspRange["start"]) => ({ line: line - first, character });
    return { range: { start: up(start), end: up(end) }, newText: text };
  });
  return { textDocument: { uri, version }, edits: placed };
}

/**
 * `fileOf` answers for the paths that a fix edits; a file that it makes has empty lines. What is to be shown first asks
 * for a confirmation (LSP 3.16, change annotations), and makes no file that has come to be meanwhile.
 *
 * VS Code shows the edits first if one of them needs a confirmation, and ticks those that need none: whoever ticks some of
 * the others would make half of a change. So the one that needs it is one that does nothing, to make a file which is there
 * already; VS Code does not list it, and lists the whole change ticked.
 */
export function toWorkspaceEdit(
  fix: Pick<Fix, "edits" | "preview"> & { readonly title?: string },
  fileOf: (path: string) => EditedFile,
): WorkspaceEdit {
  const documentChanges: (TextDocumentEdit | CreateFile | RenameFile)[] = [];
  const annotated = fix.preview ? { annotationId: "change" } : {};
  const known = fix.preview ? fix.edits.find(({ creates }) => !creates) : undefined;
  if (known)
    documentChanges.push({
      kind: "create",
      uri: fileOf(known.path).uri,
      options: { ignoreIfExists: true },
      annotationId: "preview",
    });
  for (const { path, edits, creates } of fix.edits) {
    const file = fileOf(path);
    const options = { ignoreIfExists: fix.preview !== true };
    if (creates) documentChanges.push({ kind: "create", uri: file.uri, options, ...annotated });
    if (edits.length === 0 && !creates) continue;
    for (const change of toDocumentEdits(file, edits)) {
      documentChanges.push({ ...change, edits: change.edits.map((edit) => ({ ...edit, ...annotated })) });
    }
  }
  for (const { path, moves } of fix.edits) {
    if (moves === undefined) continue;
    const [oldUri, newUri] = [fileOf(path).uri, fileOf(moves).uri];
    documentChanges.push({ kind: "rename", oldUri, newUri, options: { overwrite: false }, ...annotated });
  }
  if (!fix.preview) return { documentChanges };
  const label = fix.title ?? "";
  const needsConfirmation = known === undefined;
  const changeAnnotations = {
    change: { label, needsConfirmation },
    ...(known && { preview: { label, needsConfirmation: true } }),
  };
  return { documentChanges, changeAnnotations };
}

/**
 * A refused fix is a disabled action. Its title tells the reason, too: VS Code's menu of refactorings shows disabled
 * actions by their titles alone. Commands get a URI in place of the path, which comes first.
 */
export function toCodeAction(
  fix: Fix,
  diagnostic: Diagnostic | undefined,
  edit: WorkspaceEdit | undefined,
  uriOf: (path: string) => string,
): CodeAction {
  const [path, ...rest] = fix.command?.arguments ?? [];
  return {
    title: fix.refused === undefined ? fix.title : `${fix.title}: ${fix.refused}`,
    kind: kinds[fix.kind],
    ...(diagnostic && { diagnostics: [diagnostic] }),
    ...(fix.refused !== undefined && { disabled: { reason: fix.refused } }),
    ...(edit && { edit }),
    ...(fix.command && {
      command: { title: fix.title, command: fix.command.name, arguments: [uriOf(String(path)), ...rest] },
    }),
  };
}
