import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

const { fs } = vscode.workspace;

/** So many files are read at the same time: each may be a request over the network. */
const together = 16;

interface Entry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link to a folder";
}

interface FetchedFile {
  readonly size: number;
  readonly modified: number;
  /** Left out where the file is larger than was asked for. */
  readonly bytes?: Uint8Array;
}

/** Answers what a server without a disk asks for (`server/browser/remote-files.ts`), with the editor's files. */
export function answerFileRequests(client: BaseLanguageClient, log: vscode.LogOutputChannel): void {
  client.onRequest("groundwork/files/list", ({ uri }: { readonly uri: string }) =>
    unlessGone(log, [], () => entriesIn(vscode.Uri.parse(uri))),
  );
  client.onRequest("groundwork/files/read", ({ uris, limit }: { readonly uris: string[]; readonly limit: number }) =>
    inTurns(uris, (uri) => unlessGone(log, null, () => fetched(vscode.Uri.parse(uri), limit))),
  );
  client.onRequest(
    "groundwork/files/write",
    async ({
      uri,
      bytes,
      replaces,
    }: {
      readonly uri: string;
      readonly bytes: Uint8Array;
      readonly replaces: boolean;
    }) => {
      const file = vscode.Uri.parse(uri);
      if (!replaces && (await exists(file))) throw new Error(vscode.l10n.t("{0} exists", file.path));
      await fs.writeFile(file, bytes);
      return null;
    },
  );
  client.onRequest("groundwork/files/remove", async ({ uri }: { readonly uri: string }) => {
    await fs.delete(vscode.Uri.parse(uri));
    return null;
  });
}

async function entriesIn(folder: vscode.Uri): Promise<Entry[]> {
  return (await fs.readDirectory(folder)).map(([name, type]) => ({ name, kind: kindOf(type) }));
}

/** Links are told by what they lead to. */
function kindOf(type: vscode.FileType): Entry["kind"] {
  if ((type & vscode.FileType.Directory) === 0) return "file";
  return (type & vscode.FileType.SymbolicLink) === 0 ? "folder" : "link to a folder";
}

async function fetched(file: vscode.Uri, limit: number): Promise<FetchedFile | null> {
  const { type, size, mtime: modified } = await fs.stat(file);
  if ((type & vscode.FileType.Directory) !== 0) return null;
  if (size > limit) return { size, modified };
  const bytes = await fs.readFile(file);
  // A message carries the whole buffer of which these may be a part.
  return { size: bytes.length, modified, bytes: bytes.length < bytes.buffer.byteLength ? bytes.slice() : bytes };
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return fs.stat(file).then(
    () => true,
    () => false,
  );
}

/** What cannot be had counts as gone; unless it is, the log says why. */
async function unlessGone<Answer>(
  log: vscode.LogOutputChannel,
  gone: Answer,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const isGone = error instanceof vscode.FileSystemError && error.code === "FileNotFound";
    if (!isGone) log.warn(String(error));
    return gone;
  }
}

async function inTurns<Answer>(uris: readonly string[], ask: (uri: string) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  const waiting = uris.entries();
  const take = async () => {
    for (const [index, uri] of waiting) answers[index] = await ask(uri);
  };
  await Promise.all(Array.from({ length: together }, take));
  return answers;
}
