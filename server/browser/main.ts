import * as l10n from "@vscode/l10n";
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { loadGrammars } from "../core/grammar.ts";
import { guarded } from "../lsp/guard.ts";
import { serve } from "../lsp/server.ts";
import { fetchedFiles } from "./fetch.ts";
import { places } from "./places.ts";

/** What the client says first, before the protocol begins. */
interface Beginning {
  /** The WebAssembly files, by their names in `dist/`. */
  readonly grammars: Readonly<Record<string, Uint8Array>>;
  /** The texts of the client's language by the English ones, where it speaks another. */
  readonly translations?: Readonly<Record<string, string>>;
}

/** The part that we use of a worker's own port, which TypeScript's library for Node does not know. */
interface Port {
  onmessage: ((message: { readonly data: Beginning }) => void) | null;
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: () => void): void;
}

/** A worker of a browser is its own port. */
declare const self: Port | undefined;
const port = typeof self === "undefined" ? portOfThread() : self;

port.onmessage = ({ data: { grammars, translations = {} } }) => {
  port.onmessage = null;
  l10n.config({ contents: translations });
  const { reader, writer } = guarded({
    reader: new BrowserMessageReader(port),
    writer: new BrowserMessageWriter(port),
  });
  serve(createConnection(reader, writer), {
    places,
    runsPrograms: false,
    files: fetchedFiles,
    loadGrammars: () =>
      loadGrammars(async (file) => {
        const bytes = grammars[file];
        if (!bytes) throw new Error(`the client did not send ${file}`);
        return bytes;
      }),
  });
};

/** An editor on a computer starts a thread of Node instead, where the workspace is on no disk. */
function portOfThread(): Port {
  const { parentPort } = globalThis.process.getBuiltinModule("node:worker_threads");
  if (!parentPort) throw new Error("this is no worker");
  return parentPort as unknown as Port;
}
