import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Tree } from "web-tree-sitter";
import { parse, treeEdit } from "../core/grammar.ts";
import { Lines } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import type { Language } from "../languages.ts";
import { PythonModule } from "../python/module.ts";
import { fromRange } from "./convert.ts";

/** An open document: its text, version and syntax tree, kept up to date change by change. Dispose it on close. */
export class OpenDocument implements Disposable {
  readonly workspace: Workspace;
  /** POSIX path, relative to the workspace's root. */
  readonly path: string;
  readonly language: Language;
  #document: TextDocument;
  /** Only of Python: requirements are read line by line. */
  #tree: Tree | undefined;
  #lines: Lines;
  #module: PythonModule | undefined;
  /** Names that refactorings of a version proposed, each with that version and the files that it edits. */
  readonly proposed = new Map<string, { readonly version: number; readonly paths: readonly string[] }>();

  constructor(
    item: { uri: string; languageId: string; version: number; text: string },
    place: Omit<OpenDocumentPlace, "uri">,
  ) {
    this.workspace = place.workspace;
    this.path = place.path;
    this.language = place.language;
    this.#document = TextDocument.create(item.uri, item.languageId, item.version, item.text);
    this.#lines = new Lines(item.text);
    this.#tree = this.#parse();
  }

  get uri(): string {
    return this.#document.uri;
  }

  get languageId(): string {
    return this.#document.languageId;
  }

  get version(): number {
    return this.#document.version;
  }

  get text(): string {
    return this.#lines.text;
  }

  get lines(): Lines {
    return this.#lines;
  }

  get tree(): Tree | undefined {
    return this.#tree;
  }

  /** The present text as a module, with what was derived from it since the last change. */
  get module(): PythonModule {
    this.#module ??= new PythonModule(this.path, this.text, this.#tree);
    return this.#module;
  }

  /** Applies the changes of one notification in their order and parses again only what they touched. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    let previous: Tree | undefined = this.#tree;
    for (const change of changes) {
      const lines = this.#lines;
      if ("range" in change) previous?.edit(treeEdit(lines, lines.spanOf(fromRange(change.range)), change.text));
      else previous = undefined;
      this.#document = TextDocument.update(this.#document, [change], version);
      this.#lines = new Lines(this.#document.getText());
    }
    let tree = this.#parse(previous);
    // How a parser recovers from errors depends on what it knew: broken code is read as if it had just been opened.
    if (previous && tree?.rootNode.hasError) {
      tree.delete();
      tree = this.#parse();
    }
    this.#tree?.delete();
    this.#tree = tree;
    this.#module = undefined;
  }

  #parse(previous?: Tree): Tree | undefined {
    return this.language.grammar === "python" ? parse("python", this.text, previous) : undefined;
  }

  [Symbol.dispose](): void {
    this.#tree?.delete();
  }
}

export interface OpenDocumentPlace {
  readonly uri: string;
  readonly workspace: Workspace;
  readonly path: string;
  readonly language: Language;
}
