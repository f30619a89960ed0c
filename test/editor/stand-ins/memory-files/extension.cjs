// The files of a browser-only window: those that its server tells of, kept in memory from then on. And notebooks, since the
// build of VS Code that we have brings its own only for computers.
const vscode = require("vscode");

class MemoryFiles {
  #files;
  #changed = new vscode.EventEmitter();
  onDidChangeFile = this.#changed.event;

  constructor(files) {
    this.#files = files.then((texts) => {
      const encoder = new TextEncoder();
      return new Map(Object.entries(texts).map(([path, text]) => [path, { bytes: encoder.encode(text), mtime: 1 }]));
    });
  }

  watch() {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri) {
    const files = await this.#files;
    const file = files.get(uri.path);
    if (file) return { type: vscode.FileType.File, ctime: 1, mtime: file.mtime, size: file.bytes.length };
    if (![...files.keys()].some((path) => path.startsWith(`${uri.path}/`)))
      throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 1, mtime: 1, size: 0 };
  }

  async readDirectory(uri) {
    const below = [...(await this.#files).keys()].filter((path) => path.startsWith(`${uri.path}/`));
    const parts = below.map((path) => path.slice(uri.path.length + 1).split("/"));
    const { File, Directory } = vscode.FileType;
    return [...new Map(parts.map(([name, ...rest]) => [name, rest.length === 0 ? File : Directory]))];
  }

  async readFile(uri) {
    const file = (await this.#files).get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file.bytes;
  }

  async writeFile(uri, bytes) {
    const files = await this.#files;
    const type = files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    files.set(uri.path, { bytes, mtime: Date.now() });
    this.#changed.fire([{ type, uri }]);
  }

  async delete(uri) {
    (await this.#files).delete(uri.path);
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  createDirectory() {}

  rename(uri) {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

/** What the format says of cells (nbformat 4), and no more. */
const notebooks = {
  deserializeNotebook(bytes) {
    const { cells } = JSON.parse(new TextDecoder().decode(bytes));
    const data = cells.map(({ cell_type: kind, source }) => {
      const { Code, Markup } = vscode.NotebookCellKind;
      const text = Array.isArray(source) ? source.join("") : source;
      return new vscode.NotebookCellData(
        kind === "code" ? Code : Markup,
        text,
        kind === "code" ? "python" : "markdown",
      );
    });
    return new vscode.NotebookData(data);
  },
  serializeNotebook({ cells }) {
    const { Code } = vscode.NotebookCellKind;
    const written = cells.map(({ kind, value }) => ({
      cell_type: kind === Code ? "code" : "markdown",
      metadata: {},
      source: value,
      ...(kind === Code && { execution_count: null, outputs: [] }),
    }));
    const metadata = { language_info: { name: "python" } };
    return new TextEncoder().encode(JSON.stringify({ cells: written, metadata, nbformat: 4, nbformat_minor: 5 }));
  },
};

exports.activate = ({ extensionUri, subscriptions }) => {
  const files = fetch(vscode.Uri.joinPath(extensionUri, "files.json").toString()).then((answer) => answer.json());
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memory", new MemoryFiles(files)),
    vscode.workspace.registerNotebookSerializer("jupyter-notebook", notebooks),
  );
};
