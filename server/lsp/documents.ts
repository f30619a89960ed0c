import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from "vscode-languageserver";
import type { Workspace } from "../host/workspace.ts";
import { type Language, languageNamed, languageOf } from "../languages.ts";
import { OpenDocument } from "./document.ts";
import type { Folders, Place } from "./folders.ts";

/** The open documents that are of our languages. */
export class Documents {
  readonly #folders: Folders;
  readonly #open = new Map<string, OpenDocument>();
  /** The same by their place, since clients spell one URI in several ways. */
  readonly #byPlace = new Map<string, OpenDocument>();

  constructor(folders: Folders) {
    this.#folders = folders;
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  at(workspace: Workspace, path: string): OpenDocument | undefined {
    return this.#byPlace.get(placeKey({ workspace, path }));
  }

  all(): IterableIterator<OpenDocument> {
    return this.#open.values();
  }

  open({ textDocument }: DidOpenTextDocumentParams): OpenDocument | undefined {
    const language = languageOfDocument(textDocument.languageId, textDocument.uri);
    const place = this.#folders.placeOf(textDocument.uri);
    if (!language || !place || textDocument.text.length > place.workspace.settings.maxFileSize * 1024) return undefined;
    this.close({ textDocument });
    const document = new OpenDocument(textDocument, { ...place, language });
    this.#open.set(textDocument.uri, document);
    this.#byPlace.set(placeKey(document), document);
    return document;
  }

  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): OpenDocument | undefined {
    const document = this.#open.get(textDocument.uri);
    document?.update(contentChanges, textDocument.version);
    return document;
  }

  close({ textDocument }: DidCloseTextDocumentParams | { textDocument: { uri: string } }): OpenDocument | undefined {
    const document = this.#open.get(textDocument.uri);
    this.#open.delete(textDocument.uri);
    if (document) this.#byPlace.delete(placeKey(document));
    document?.[Symbol.dispose]();
    return document;
  }
}

function placeKey({ workspace, path }: Place): string {
  return `${workspace.root}\0${path}`;
}

/** The editor's language id counts, so that a requirements file may have any name. */
function languageOfDocument(languageId: string, uri: string): Language | undefined {
  if (languageId === "python") return languageNamed("python");
  if (languageId === "pip-requirements") return languageNamed("requirements");
  return languageOf(uri);
}
