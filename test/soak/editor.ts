// A stand-in for an editor: what is on the disk and open in it, and the operations that change both.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import {
  CancellationTokenSource,
  type Diagnostic,
  FileChangeType,
  type ProtocolConnection,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { textDocuments } from "../../server/lsp/text-documents.ts";
import { PythonModule } from "../../server/python/module.ts";

export interface Cell {
  readonly id: string;
  readonly language: string;
  readonly text: string;
}

/** Plain values, so that a run can be told, and played again in part. Paths are relative to the editor's root. */
export type Operation =
  | { readonly do: "open" | "close" | "save" | "remove"; readonly path: string }
  | { readonly do: "close-notebook"; readonly path: string }
  | { readonly do: "change"; readonly path: string; readonly changes: readonly TextDocumentContentChangeEvent[] }
  | { readonly do: "write"; readonly path: string; readonly text: string }
  | { readonly do: "rename"; readonly path: string; readonly to: string }
  | { readonly do: "add-folder" | "remove-folder"; readonly path: string }
  | { readonly do: "settings"; readonly settings: Readonly<Record<string, unknown>> }
  | { readonly do: "open-notebook"; readonly path: string; readonly cells: readonly Cell[] }
  | {
      readonly do: "change-cells";
      readonly path: string;
      readonly start: number;
      readonly remove: number;
      readonly cells: readonly Cell[];
    }
  | {
      readonly do: "change-cell";
      readonly path: string;
      readonly cell: number;
      readonly changes: readonly TextDocumentContentChangeEvent[];
    }
  | {
      readonly do: "ask";
      readonly method: string;
      readonly path: string;
      readonly line: number;
      readonly column: number;
      readonly isCancelled: boolean;
    };

interface OpenNotebook {
  version: number;
  cells: { id: string; document: TextDocument }[];
}

/** Findings by the document that they are in, each list in the order of its text. */
export type Said = Readonly<Record<string, readonly Diagnostic[]>>;

export class Editor {
  readonly root: string;
  readonly documents = new Map<string, TextDocument>();
  readonly notebooks = new Map<string, OpenNotebook>();
  readonly folders = new Set<string>();
  settings: Readonly<Record<string, unknown>> = {};
  /** The folder in which the server may keep what it learnt. */
  storage: string | undefined;
  /** Requests that answered with an error which no protocol has. */
  readonly failures: string[] = [];
  #connection: ProtocolConnection | undefined;
  #pending: Promise<unknown>[] = [];

  constructor(root: string, folders: readonly string[]) {
    this.root = root;
    for (const folder of folders) this.folders.add(folder);
  }

  /** The same editor, with the same documents open, before it knows a server. */
  again(): Editor {
    const again = new Editor(this.root, [...this.folders]);
    again.settings = this.settings;
    for (const [path, document] of this.documents) again.documents.set(path, document);
    for (const [path, notebook] of this.notebooks) again.notebooks.set(path, notebook);
    return again;
  }

  uri(path: string): string {
    return pathToFileURL(join(this.root, path)).toString();
  }

  cellUri(path: string, id: string): string {
    return `vscode-notebook-cell:${join(this.root, path)}#${id}`;
  }

  /** Introduces itself to a server and opens there all that is open. */
  async connect(connection: ProtocolConnection): Promise<void> {
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => ({ environment: "none", ...this.settings })),
    );
    for (const method of ["client/registerCapability", "client/unregisterCapability", "workspace/diagnostic/refresh"])
      connection.onRequest(method, () => null);
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onRequest("window/showMessageRequest", () => null);
    connection.onRequest("workspace/applyEdit", () => ({ applied: false }));
    connection.listen();
    const workspaceFolders = [...this.folders].map((path) => ({ uri: this.uri(path), name: path }));
    await connection.sendRequest("initialize", {
      // Else the server would look after this process, and keep it.
      processId: null,
      rootUri: null,
      workspaceFolders,
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { workspaceFolders: true, configuration: true, diagnostics: { refreshSupport: true } },
      },
      locale: "en",
      initializationOptions: { storage: this.storage },
    });
    this.#connection = connection;
    await this.#tell("initialized", {});
    for (const [path, document] of this.documents) await this.#tellOpen(path, document);
    for (const [path, notebook] of this.notebooks) await this.#tellNotebook(path, notebook);
  }

  /**
   * Replaces what is broken by itself, as a whole. How a parser recovers from errors depends on what it knew before, so
   * that of broken code an old server may say other things than a new one, as long as it is edited piece by piece.
   */
  async replaceBroken(): Promise<void> {
    for (const [path, document] of [...this.documents]) {
      if (document.languageId !== "python") continue;
      const text = document.getText();
      using module = new PythonModule(path, text);
      if (module.tree.rootNode.hasError) await this.apply({ do: "change", path, changes: [{ text }] });
    }
  }

  /** Everything that the server says once it is at rest. */
  async said(connection: ProtocolConnection): Promise<Said> {
    await Promise.all(this.#pending);
    this.#pending = [];
    const { items }: { items: { uri: string; items: Diagnostic[] }[] } = await connection.sendRequest(
      "workspace/diagnostic",
      { previousResultIds: [] },
    );
    const said: Record<string, readonly Diagnostic[]> = {};
    for (const { uri, items: found } of items) {
      if (uri in said) this.failures.push(`two reports of ${uri}`);
      if (found.length > 0) said[uri] = found;
    }
    const cells = [...this.notebooks].flatMap(([path, { cells }]) => cells.map(({ id }) => this.cellUri(path, id)));
    for (const uri of [...[...this.documents.keys()].map((path) => this.uri(path)), ...cells]) {
      const report: { items: Diagnostic[] } = await connection.sendRequest("textDocument/diagnostic", {
        textDocument: { uri },
      });
      if (uri in said && !isDeepStrictEqual(said[uri], report.items)) this.failures.push(`two answers about ${uri}`);
      if (report.items.length > 0) said[uri] = report.items;
    }
    return said;
  }

  /** Files below the root, or below a folder of it. */
  files(below = ""): string[] {
    const folder = join(this.root, below);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .sort();
  }

  textOf(path: string): string {
    return this.documents.get(path)?.getText() ?? readFileSync(join(this.root, path), "utf8");
  }

  /** Does an operation, or nothing where it does not fit what there is. */
  async apply(operation: Operation): Promise<void> {
    const { documents } = this;
    switch (operation.do) {
      case "open":
        return this.#open(operation.path);
      case "change": {
        const document = documents.get(operation.path);
        if (!document) return;
        const version = document.version + 1;
        textDocuments.update(document, operation.changes, version);
        const textDocument = { uri: document.uri, version };
        return this.#tell("textDocument/didChange", { textDocument, contentChanges: operation.changes });
      }
      case "close":
        if (!documents.delete(operation.path)) return;
        return this.#tell("textDocument/didClose", { textDocument: { uri: this.uri(operation.path) } });
      case "save": {
        const document = documents.get(operation.path);
        if (document) await this.#write(operation.path, document.getText());
        return;
      }
      case "write":
        return this.#write(operation.path, operation.text);
      case "remove":
        return this.#remove(operation.path);
      case "rename":
        return this.#rename(operation.path, operation.to);
      case "add-folder":
      case "remove-folder":
        return this.#changeFolder(operation.path, operation.do === "add-folder");
      case "settings":
        this.settings = operation.settings;
        return this.#tell("workspace/didChangeConfiguration", { settings: null });
      case "ask":
        return this.#ask(operation);
      default:
        return this.#applyToNotebook(operation);
    }
  }

  async #applyToNotebook(
    operation: Extract<Operation, { do: "open-notebook" | "close-notebook" | "change-cells" | "change-cell" }>,
  ): Promise<void> {
    const { path } = operation;
    const notebook = this.notebooks.get(path);
    if (operation.do === "open-notebook") {
      if (notebook) return;
      const opened = { version: 1, cells: operation.cells.map((cell) => this.#cell(path, cell)) };
      this.notebooks.set(path, opened);
      return this.#tellNotebook(path, opened);
    }
    if (!notebook) return;
    const cellTextDocuments = notebook.cells.map(({ document }) => ({ uri: document.uri }));
    if (operation.do === "close-notebook") {
      this.notebooks.delete(path);
      const notebookDocument = { uri: this.uri(path) };
      return this.#tell("notebookDocument/didClose", { notebookDocument, cellTextDocuments });
    }
    const notebookDocument = { uri: this.uri(path), version: ++notebook.version };
    if (operation.do === "change-cell") {
      const cell = notebook.cells[operation.cell];
      if (!cell) return;
      const version = cell.document.version + 1;
      textDocuments.update(cell.document, operation.changes, version);
      const textContent = [{ document: { uri: cell.document.uri, version }, changes: operation.changes }];
      return this.#tell("notebookDocument/didChange", { notebookDocument, change: { cells: { textContent } } });
    }
    const start = Math.min(operation.start, notebook.cells.length);
    const came = operation.cells.map((cell) => this.#cell(path, cell));
    const gone = notebook.cells.splice(start, operation.remove, ...came);
    const structure = {
      array: {
        start,
        deleteCount: gone.length,
        cells: came.map(({ document }) => ({ kind: 2, document: document.uri })),
      },
      didOpen: came.map(({ document }) => item(document)),
      didClose: gone.map(({ document }) => ({ uri: document.uri })),
    };
    return this.#tell("notebookDocument/didChange", { notebookDocument, change: { cells: { structure } } });
  }

  #cell(path: string, { id, language, text }: Cell) {
    return { id, document: TextDocument.create(this.cellUri(path, id), language, 1, text) };
  }

  async #open(path: string): Promise<void> {
    if (this.documents.has(path) || !existsSync(join(this.root, path)) || path.endsWith(".ipynb")) return;
    const document = TextDocument.create(this.uri(path), languageIdOf(path), 1, this.textOf(path));
    this.documents.set(path, document);
    await this.#tellOpen(path, document);
  }

  async #write(path: string, text: string): Promise<void> {
    const full = join(this.root, path);
    const isNew = !existsSync(full);
    if (!isNew && !statSync(full).isFile()) return;
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    await this.#tellWatched([[path, isNew ? FileChangeType.Created : FileChangeType.Changed]]);
  }

  async #remove(path: string): Promise<void> {
    const files = this.#below(path);
    rmSync(join(this.root, path), { recursive: true, force: true });
    await this.#tellWatched(files.map((file) => [file, FileChangeType.Deleted]));
  }

  /** What is open below is open under its new name, as editors do it. */
  async #rename(path: string, to: string): Promise<void> {
    const full = join(this.root, to);
    if (!existsSync(join(this.root, path)) || existsSync(full) || `${to}/`.startsWith(`${path}/`)) return;
    const files = this.#below(path);
    const moved = (file: string) => to + file.slice(path.length);
    // Under the name of a notebook it would be a notebook, and no document.
    const open = files.filter((file) => this.documents.has(file) && !moved(file).endsWith(".ipynb"));
    const texts = open.map((file) => this.textOf(file));
    mkdirSync(dirname(full), { recursive: true });
    renameSync(join(this.root, path), full);
    for (const file of files) await this.apply({ do: "close", path: file });
    for (const file of files) await this.apply({ do: "close-notebook", path: file });
    for (const [index, file] of open.entries()) {
      const uri = this.uri(moved(file));
      const document = TextDocument.create(uri, languageIdOf(moved(file)), 1, texts[index] ?? "");
      this.documents.set(moved(file), document);
      await this.#tellOpen(moved(file), document);
    }
    await this.#tellWatched([
      ...files.map((file) => [file, FileChangeType.Deleted] as const),
      ...files.map((file) => [moved(file), FileChangeType.Created] as const),
    ]);
  }

  #below(path: string): string[] {
    const full = join(this.root, path);
    if (!existsSync(full)) return [];
    return statSync(full).isFile() ? [path] : this.files(path);
  }

  async #changeFolder(path: string, isAdded: boolean): Promise<void> {
    if (this.folders.has(path) === isAdded) return;
    if (isAdded) this.folders.add(path);
    else this.folders.delete(path);
    const folder = [{ uri: this.uri(path), name: path }];
    const event = isAdded ? { added: folder, removed: [] } : { added: [], removed: folder };
    await this.#tell("workspace/didChangeWorkspaceFolders", { event });
  }

  async #ask({ method, path, line, column, isCancelled }: Extract<Operation, { do: "ask" }>): Promise<void> {
    const position = { line, character: column };
    const params = {
      textDocument: { uri: this.uri(path) },
      uri: this.uri(path),
      position,
      range: { start: position, end: { line: line + 3, character: 0 } },
      context: { diagnostics: [] },
      newName: "renamed",
      previousResultIds: [],
      options: { tabSize: 4, insertSpaces: true },
    };
    const source = new CancellationTokenSource();
    const asked = this.#connection?.sendRequest(method, params, source.token).catch((error: unknown) => {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      // What a client may be told: cancelled, changed meanwhile, refused with a reason.
      if (![-32800, -32801, -32803, -32602].includes(Number(code))) this.failures.push(`${method} ${path}: ${error}`);
    });
    if (asked) this.#pending.push(asked);
    if (isCancelled) source.cancel();
  }

  #tellWatched(files: readonly (readonly [string, FileChangeType])[]): Promise<void> {
    return this.#tell("workspace/didChangeWatchedFiles", {
      changes: files.map(([path, type]) => ({ uri: this.uri(path), type })),
    });
  }

  #tellOpen(path: string, document: TextDocument): Promise<void> {
    return this.#tell("textDocument/didOpen", { textDocument: { ...item(document), uri: this.uri(path) } });
  }

  #tellNotebook(path: string, { version, cells }: OpenNotebook): Promise<void> {
    return this.#tell("notebookDocument/didOpen", {
      notebookDocument: {
        uri: this.uri(path),
        notebookType: "jupyter-notebook",
        version,
        cells: cells.map(({ document }) => ({ kind: 2, document: document.uri })),
      },
      cellTextDocuments: cells.map(({ document }) => item(document)),
    });
  }

  async #tell(method: string, params: object): Promise<void> {
    await this.#connection?.sendNotification(method, params);
  }
}

function item(document: TextDocument) {
  return { uri: document.uri, languageId: document.languageId, version: document.version, text: document.getText() };
}

function languageIdOf(path: string): string {
  if (path.endsWith(".py")) return "python";
  if (path.endsWith(".txt")) return "pip-requirements";
  return path.endsWith(".yml") ? "yaml" : "plaintext";
}
