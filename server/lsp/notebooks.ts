import {
  type Connection,
  type NotebookCell,
  NotebookCellKind,
  type NotebookDocumentSyncOptions,
  NotebookDocuments,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { Lines } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import { isNotebook, type Language, languageOf } from "../languages.ts";
import { cellsOf, joinCells, type PlacedCell } from "../notebook/cells.ts";
import type { Folders } from "./folders.ts";
import { textDocuments } from "./text-documents.ts";

/** Files alone: the interactive window has no path, and nothing there is meant to stay. All cells, to count them. */
export function notebookDocumentSync(schemes: readonly string[]): NotebookDocumentSyncOptions {
  return {
    notebookSelector: schemes.map((scheme) => ({ notebook: { notebookType: "jupyter-notebook", scheme } })),
  };
}

/** A cell of an open notebook: a document of its own for the editor, some lines of the joined text for us. */
export interface OpenCell {
  readonly uri: string;
  readonly version: number | null;
  readonly placed: PlacedCell;
}

/** An open notebook as one text (`joinCells`); a new value takes its place when a cell changes. */
export class OpenNotebook {
  readonly uri: string;
  readonly version: number;
  readonly workspace: Workspace;
  /** POSIX path, relative to the workspace's root. */
  readonly path: string;
  readonly language: Language;
  readonly lines: Lines;
  readonly cells: readonly OpenCell[];
  readonly module = undefined;

  constructor(
    { uri, version }: { readonly uri: string; readonly version: number },
    { workspace, path, language }: Pick<OpenNotebook, "workspace" | "path" | "language">,
    cells: readonly { readonly cell: NotebookCell; readonly document: TextDocument | undefined }[],
  ) {
    this.uri = uri;
    this.version = version;
    this.workspace = workspace;
    this.path = path;
    this.language = language;
    const text = joinCells(
      cells.map(({ cell, document }) => ({
        language: cell.kind === NotebookCellKind.Markup ? "markdown" : (document?.languageId ?? "raw"),
        source: document?.getText() ?? "",
        executionCount: cell.executionSummary?.executionOrder,
      })),
    );
    this.lines = new Lines(text);
    this.cells = cellsOf(text).flatMap((placed) => {
      const found = cells[placed.index];
      return found ? [{ uri: found.cell.document, version: found.document?.version ?? null, placed }] : [];
    });
  }

  get text(): string {
    return this.lines.text;
  }
}

/** The open notebooks of our folders. */
export class Notebooks {
  readonly #folders: Folders;
  readonly #documents = new NotebookDocuments(textDocuments);
  readonly #open = new Map<string, OpenNotebook>();
  #changed: (uri: string) => void = () => undefined;

  constructor(folders: Folders) {
    this.#folders = folders;
  }

  /** `changed` hears of a notebook that was opened or is another one now, `closed` of one that is closed. */
  listen(
    connection: Connection,
    events: { readonly changed: (notebook: OpenNotebook) => void; readonly closed: (notebook: OpenNotebook) => void },
  ): void {
    this.#changed = (uri) => {
      const before = this.#open.get(uri);
      const notebook = this.#read(uri);
      if (notebook) this.#open.set(uri, notebook);
      else this.#open.delete(uri);
      if (before && before.workspace !== notebook?.workspace) events.closed(before);
      if (notebook) events.changed(notebook);
    };
    this.#documents.onDidOpen(({ uri }) => this.#changed(uri));
    this.#documents.onDidChange(({ notebookDocument }) => this.#changed(notebookDocument.uri));
    this.#documents.onDidClose(({ uri }) => {
      const notebook = this.#open.get(uri);
      this.#open.delete(uri);
      if (notebook) events.closed(notebook);
    });
    this.#documents.listen(connection);
  }

  all(): readonly OpenNotebook[] {
    return [...this.#open.values()];
  }

  /** Folders came or went: each notebook belongs to the innermost that holds it. */
  placeAgain(): void {
    for (const { uri, workspace } of this.all()) {
      if (this.#folders.placeOf(uri)?.workspace !== workspace) this.#changed(uri);
    }
  }

  at(workspace: Workspace, path: string): OpenNotebook | undefined {
    return this.all().find((each) => each.workspace === workspace && each.path === path);
  }

  /** The notebook and the cell that a cell's URI names. */
  cellAt(uri: string): { readonly notebook: OpenNotebook; readonly cell: OpenCell } | undefined {
    for (const notebook of this.#open.values()) {
      const cell = notebook.cells.find((each) => each.uri === uri);
      if (cell) return { notebook, cell };
    }
    return undefined;
  }

  #read(uri: string): OpenNotebook | undefined {
    const notebook = this.#documents.getNotebookDocument(uri);
    const place = this.#folders.placeToOpen(uri);
    const language = place && isNotebook(place.path) ? languageOf(place.path) : undefined;
    if (!notebook || !place || !language) return undefined;
    const cells = notebook.cells.map((cell) => ({ cell, document: this.#documents.getCellTextDocument(cell) }));
    return new OpenNotebook(notebook, { ...place, language }, cells);
  }
}
