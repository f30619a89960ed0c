import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  Location,
  TextDocumentItem,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Range, Span } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import { isNotebook, type Language, languageNamed, languageOf } from "../languages.ts";
import { cellAtLine } from "../notebook/cells.ts";
import { toRange } from "./convert.ts";
import { OpenDocument } from "./document.ts";
import type { Folders, Place } from "./folders.ts";
import { Notebooks, type OpenCell, type OpenNotebook } from "./notebooks.ts";
import { textDocuments } from "./text-documents.ts";

/** What is open at a path: a document with a module of its own, or a notebook. */
export type OpenFile = OpenDocument | OpenNotebook;

/** What a URI of the editor names: a whole document, or the lines of a notebook's text that are one cell. */
export class View {
  readonly file: OpenFile;
  readonly uri: string;
  readonly #cell: OpenCell | undefined;

  constructor(file: OpenFile, cell?: OpenCell) {
    this.file = file;
    this.uri = cell?.uri ?? file.uri;
    this.#cell = cell;
  }

  /** Where the view stands in the file's text. */
  get span(): Span {
    return this.#cell?.placed ?? { start: 0, end: this.file.text.length };
  }

  /** The line of the file's text that a line of the view is. */
  lineOf(line: number): number {
    return line + (this.#cell?.placed.line ?? 0);
  }

  /** The span in the file's text of a range in the view. */
  spanOf({ start, end }: Range): Span {
    const down = ({ line, column }: Range["start"]) => ({ line: this.lineOf(line), column });
    return this.file.lines.spanOf({ start: down(start), end: down(end) });
  }
}

/** The open documents and notebooks that are of our languages. */
export class Documents {
  readonly #folders: Folders;
  readonly notebooks: Notebooks;
  readonly #open = new Map<string, OpenDocument>();
  /** The same by their place, since clients spell one URI in several ways. */
  readonly #byPlace = new Map<string, OpenDocument>();
  /** Of our languages, but too large to be read as long as the folder's settings are these. */
  readonly #large = new Map<string, Place & { readonly document: TextDocument }>();

  constructor(folders: Folders) {
    this.#folders = folders;
    this.notebooks = new Notebooks(folders);
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  at(workspace: Workspace, path: string): OpenFile | undefined {
    return this.#byPlace.get(placeKey({ workspace, path })) ?? this.notebooks.at(workspace, path);
  }

  /** Whether what is open at a path is too large to be read: what the disk has there is not what the person sees. */
  isLarge({ workspace, path }: Place): boolean {
    return [...this.#large.values()].some((each) => each.workspace === workspace && each.path === path);
  }

  all(): IterableIterator<OpenDocument> {
    return this.#open.values();
  }

  /** What is seen under a URI, a cell's or a document's. */
  viewOf(uri: string): View | undefined {
    const document = this.#open.get(uri);
    if (document) return new View(document);
    const found = this.notebooks.cellAt(uri);
    return found && new View(found.notebook, found.cell);
  }

  /** Everything that the editor shows as a document. */
  views(): readonly View[] {
    const notebooks = this.notebooks.all();
    return [
      ...[...this.#open.values()].map((document) => new View(document)),
      ...notebooks.flatMap((notebook) => notebook.cells.map((cell) => new View(notebook, cell))),
    ];
  }

  /** A range of a file as the editor names it: in an open notebook, in its cell; one that is closed has no lines. */
  locationOf({ workspace, path }: Place, range: Range): Location {
    const notebook = this.notebooks.at(workspace, path);
    const placed =
      notebook &&
      cellAtLine(
        notebook.cells.map((cell) => cell.placed),
        range.start.line,
      );
    const cell = placed && notebook?.cells.find((each) => each.placed === placed);
    if (notebook && cell) return { uri: cell.uri, range: toRange(rangeInCell(notebook, cell, range)) };
    const uri = this.at(workspace, path)?.uri ?? this.#folders.uriOf(workspace, path);
    const start = { line: 0, column: 0 };
    return { uri, range: toRange(isNotebook(path) ? { start, end: start } : range) };
  }

  open({ textDocument }: DidOpenTextDocumentParams): OpenDocument | undefined {
    this.close({ textDocument });
    const { uri, languageId, version, text } = textDocument;
    const language = languageOfDocument(languageId, uri);
    const place = language && this.#folders.placeToOpen(uri);
    // The JSON of a notebook is nothing for us: its cells come as `notebookDocument/didOpen`.
    if (!place || isNotebook(place.path)) return undefined;
    if (isTooLarge(text, place)) {
      const document = TextDocument.create(uri, languageId, version, text);
      this.#large.set(uri, { ...place, document });
      return undefined;
    }
    const document = new OpenDocument(textDocument, { ...place, language });
    this.#open.set(uri, document);
    this.#byPlace.set(placeKey(document), document);
    return document;
  }

  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): void {
    const large = this.#large.get(textDocument.uri);
    if (large) textDocuments.update(large.document, contentChanges, textDocument.version);
    this.#open.get(textDocument.uri)?.update(contentChanges, textDocument.version);
  }

  /** The documents that would be read otherwise if they were opened now: elsewhere, or for their size not at all. */
  misplaced(): readonly TextDocumentItem[] {
    const open = [...this.#open.values()].filter((document) => {
      const place = this.#folders.placeOf(document.uri);
      return place?.workspace !== document.workspace || isTooLarge(document.text, document);
    });
    const large = [...this.#large.values()].filter(({ document, workspace }) => {
      const place = this.#folders.placeOf(document.uri);
      return place?.workspace !== workspace || !isTooLarge(document.getText(), place);
    });
    return [
      ...open.map((document) => itemOf(document, document.text)),
      ...large.map(({ document }) => itemOf(document, document.getText())),
    ];
  }

  /** Whether anything of a folder is open. */
  hasAnyOf(workspace: Workspace): boolean {
    const open = [...this.#open.values(), ...this.#large.values(), ...this.notebooks.all()];
    return open.some((each) => each.workspace === workspace);
  }

  close({ textDocument }: DidCloseTextDocumentParams | { textDocument: { uri: string } }): OpenDocument | undefined {
    this.#large.delete(textDocument.uri);
    const document = this.#open.get(textDocument.uri);
    this.#open.delete(textDocument.uri);
    if (document) this.#byPlace.delete(placeKey(document));
    document?.[Symbol.dispose]();
    return document;
  }
}

/** A range that goes on in the next cell ends with its first. */
function rangeInCell({ lines }: OpenNotebook, { placed }: OpenCell, { start, end }: Range): Range {
  const last = lines.positionAt(placed.end);
  const up = ({ line, column }: Range["start"]) => ({ line: Math.max(0, line - placed.line), column });
  return { start: up(start), end: up(end.line > last.line ? last : end) };
}

function itemOf({ uri, languageId, version }: Omit<TextDocumentItem, "text">, text: string): TextDocumentItem {
  return { uri, languageId, version, text };
}

function isTooLarge(text: string, { workspace }: Pick<Place, "workspace">): boolean {
  return text.length > workspace.settings.maxFileSize * 1024;
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
