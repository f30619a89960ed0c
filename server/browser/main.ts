import * as l10n from "@vscode/l10n";
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { loadGrammars } from "../core/grammar.ts";
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

/** This worker, which TypeScript's library for Node does not know. */
declare const self: { onmessage: ((message: { readonly data: Beginning }) => void) | null };

self.onmessage = ({ data: { grammars, translations = {} } }) => {
  self.onmessage = null;
  l10n.config({ contents: translations });
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
