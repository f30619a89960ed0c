import * as vscode from "vscode";

/** What a server without a disk is told before the protocol begins (`server/browser/main.ts`). */
interface Beginning {
  readonly grammars: Readonly<Record<string, Uint8Array>>;
  readonly translations: unknown;
}

const grammars = ["web-tree-sitter.wasm", "tree-sitter-python.wasm", "tree-sitter-requirements.wasm"];

export async function beginningOf(extension: vscode.Uri): Promise<Beginning> {
  const read = (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "dist", name));
  const found = await Promise.all(grammars.map(async (name) => [name, await read(name)] as const));
  return { grammars: Object.fromEntries(found), translations: vscode.l10n.bundle };
}
