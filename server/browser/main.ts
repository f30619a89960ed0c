import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { loadGrammars } from "../core/grammar.ts";
import { serve } from "../lsp/server.ts";
import { fetchedFiles } from "./fetch.ts";
import { places } from "./places.ts";

/** What the client says first, before the protocol begins: the WebAssembly files, by their names in `dist/`. */
interface Beginning {
  readonly grammars: Readonly<Record<string, Uint8Array>>;
}

/** This worker, which TypeScript's library for Node does not know. */
declare const self: { onmessage: ((message: { readonly data: Beginning }) => void) | null };

self.onmessage = ({ data: { grammars } }) => {
  self.onmessage = null;
  const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
  serve(connection, {
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
