import * as l10n from "@vscode/l10n";
import type { Span } from "../core/text.ts";
import { NotebookModule } from "../notebook/module.ts";
import { addBaseline } from "../rules/baseline/add-baseline.ts";
import { pictureName } from "../rules/baseline/ladder.ts";
import { OpenDocument } from "./document.ts";
import type { OpenFile } from "./documents.ts";
import { makeEdits } from "./edits.ts";
import type { Session } from "./session.ts";

/**
 * Compares the model that a script judges with baselines, as an edit; answers with the line that the comparison begins
 * on, and the name of the picture that it writes. For a notebook, answers with the cell that the client is to make.
 */
export async function addBaselineCommand(session: Session, [uri, line]: readonly unknown[]): Promise<unknown> {
  const { window } = session.connection;
  await session.folders.settled();
  const opened = fileAt(session, String(uri), typeof line === "number" ? line : undefined);
  if (!opened) {
    window.showWarningMessage(l10n.t("No baseline was added: {0}.", l10n.t("the file is no script of an open folder")));
    return undefined;
  }
  const { file, at } = opened;
  using notebook = file instanceof OpenDocument ? undefined : new NotebookModule(file.path, file.text);
  const module = file instanceof OpenDocument ? file.module : notebook;
  if (!module) return undefined;
  const added = addBaseline(module, file.workspace.project, at);
  if ("refused" in added) {
    window.showWarningMessage(l10n.t("No baseline was added: {0}.", added.refused));
    return undefined;
  }
  if ("cell" in added) return { cell: added.cell };
  const below = Math.max(...added.edits.map((edit) => edit.at.end));
  const lines = added.edits.reduce((sum, { at: { end }, text }) => sum + (end < below ? countOf(text) : 0), 0);
  const edits = { edits: [{ path: file.path, edits: added.edits }] };
  if (!(await makeEdits(session, file.workspace, edits, () => file))) return undefined;
  const first = file.lines.lineAt(below) + lines + 2;
  return { line: first, ...(added.picture === "file" && { picture: pictureName }) };
}

function countOf(text: string): number {
  return text.split("\n").length - 1;
}

/** What is open under a URI, of a document, a notebook or one of its cells, and the place in it. */
function fileAt(
  { documents }: Session,
  uri: string,
  line: number | undefined,
): { readonly file: OpenFile; readonly at: Span | undefined } | undefined {
  const view = documents.viewOf(uri);
  const file = view?.file ?? documents.notebooks.all().find((each) => each.uri === uri);
  if (file?.language.grammar !== "python") return undefined;
  if (!view || line === undefined) return { file, at: undefined };
  const start = file.lines.startOf(view.lineOf(line));
  return { file, at: { start, end: start + file.lines.lineText(view.lineOf(line)).length } };
}
