import {
  type CodeAction,
  CodeActionKind,
  type CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  type Range as LspRange,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Edit } from "../core/edit.ts";
import type { Finding, Fix, FixKind, Severity } from "../core/rule.ts";
import type { Lines, Range } from "../core/text.ts";

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const kinds: Record<FixKind, CodeActionKind> = {
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

/** `uriOf` turns a path of the project into a document's URI; `docs` is the folder of the rules' pages. */
export function toDiagnostic(
  finding: Finding,
  lines: Lines,
  uriOf: (path: string) => string,
  docs: string | undefined,
): Diagnostic {
  return {
    range: toRange(lines.rangeOf(finding.at)),
    severity: severities[finding.severity],
    source: "Groundwork",
    code: finding.rule,
    message: finding.message,
    ...(docs && { codeDescription: { href: `${docs}/${finding.rule}.md` } }),
    ...(finding.related && {
      relatedInformation: finding.related.map((related) => ({
        location: { uri: uriOf(related.path), range: toRange(related.range) },
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
}

/** Versioned edits: the editor refuses them when the document has changed meanwhile. */
export function toDocumentEdit(file: EditedFile, edits: readonly Edit[]): TextDocumentEdit {
  return {
    textDocument: { uri: file.uri, version: file.version },
    edits: edits.map((edit) => ({ range: toRange(file.lines.rangeOf(edit.at)), newText: edit.text })),
  };
}

/** `fileOf` answers for the paths that a fix edits; a file that it makes has empty lines. */
export function toWorkspaceEdit(fix: Pick<Fix, "edits">, fileOf: (path: string) => EditedFile): WorkspaceEdit {
  const documentChanges: (TextDocumentEdit | CreateFile)[] = [];
  for (const { path, edits, creates } of fix.edits) {
    const file = fileOf(path);
    if (creates) documentChanges.push({ kind: "create", uri: file.uri, options: { ignoreIfExists: true } });
    documentChanges.push(toDocumentEdit(file, edits));
  }
  return { documentChanges };
}

/**
 * A refused fix is a disabled action. Its title tells the reason, too: VS Code's menu of refactorings shows disabled
 * actions by their titles alone. Commands get the document's URI in place of the path, which comes first.
 */
export function toCodeAction(
  fix: Fix,
  diagnostic: Diagnostic | undefined,
  edit: WorkspaceEdit | undefined,
  uri: string,
): CodeAction {
  return {
    title: fix.refused === undefined ? fix.title : `${fix.title}: ${fix.refused}`,
    kind: kinds[fix.kind],
    ...(diagnostic && { diagnostics: [diagnostic] }),
    ...(fix.refused !== undefined && { disabled: { reason: fix.refused } }),
    ...(edit && { edit }),
    ...(fix.command && {
      command: { title: fix.title, command: fix.command.name, arguments: [uri, ...fix.command.arguments.slice(1)] },
    }),
  };
}
