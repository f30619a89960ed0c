import * as vscode from "vscode";
import { type CopyAt, type CopyPlace, nextCopy, placeName } from "./copies.ts";

/** The scheme of documents that hold one copy and nothing around it. */
const scheme = "groundwork-copy";

/** Shows a copy beside another one of its class; asks which when there are several others. */
export async function compareCopies(at: CopyAt): Promise<void> {
  const others = at.found.copies.filter((each) => each !== at.copy);
  const other = others.length > 1 ? await pickCopy(others, nextCopy(at).copy) : others[0];
  if (!other) return;
  const title = `${placeName(at.copy)} ↔ ${placeName(other)}`;
  await vscode.commands.executeCommand("vscode.diff", documentOf(at.copy), documentOf(other), title);
}

/** Shows two versions of a function beside each other: the lines (from 0) of one, then of the other. */
export async function compareVersions(uri: string, ...lines: readonly number[]): Promise<void> {
  const [start = 0, end = 0, otherStart = 0, otherEnd = 0] = lines;
  const place = (first: number, last: number): CopyPlace => ({
    uri,
    range: { start: { line: first, character: 0 }, end: { line: last, character: 0 } },
  });
  const copy = place(start, end);
  const copies = [copy, place(otherStart, otherEnd)];
  await compareCopies({ found: { kind: "gapped", lines: end - start + 1, saves: 0, copies }, copy });
}

/** Shows the older version of a file, which stands in the same folder, beside it. */
export async function compareFiles(uri: string, older: string): Promise<void> {
  const place = vscode.Uri.parse(uri);
  const file = place.scheme === "vscode-notebook-cell" ? place.with({ scheme: "file", fragment: "" }) : place;
  const other = vscode.Uri.joinPath(file, "..", older);
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  await vscode.commands.executeCommand("vscode.diff", other, file, `${older} ↔ ${name}`);
}

/** The next one comes first, since it is what most people want. */
async function pickCopy(copies: readonly CopyPlace[], next: CopyPlace): Promise<CopyPlace | undefined> {
  const items = [next, ...copies.filter((copy) => copy !== next)].map((copy) => ({ label: placeName(copy), copy }));
  const placeHolder = vscode.l10n.t("Compare with which copy?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.copy;
}

/** A URI that says all there is to know, so that the document can be made again after the window was loaded anew. */
function documentOf({ uri, range, cell }: CopyPlace): vscode.Uri {
  const { path } = vscode.Uri.parse(uri);
  const query = JSON.stringify({ uri, start: range.start.line, end: range.end.line, cell });
  return vscode.Uri.from({ scheme, path: cell === undefined ? path : `${path}.py`, query });
}

/** The text of one copy, without the indentation that all its lines share. */
export function registerCopyDocuments(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ query }) {
      const { uri, start, end, cell } = JSON.parse(query);
      const text = await textOf(vscode.Uri.parse(uri), cell);
      const lines = text.split(/\r\n|\r|\n/).slice(start, end + 1);
      const margins = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
      const margin = Math.min(...margins, Number.MAX_SAFE_INTEGER);
      return lines.map((line) => line.slice(margin)).join("\n");
    },
  });
}

/** The editor's own text where the file is open; to open it would tell the server that somebody looks at it. */
async function textOf(uri: vscode.Uri, cell: number | undefined): Promise<string> {
  if (cell !== undefined) return (await vscode.workspace.openNotebookDocument(uri)).cellAt(cell).document.getText();
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  return open ? open.getText() : vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
}
