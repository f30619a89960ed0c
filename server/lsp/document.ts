import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { Tree } from "web-tree-sitter";
import { applyEdits } from "../core/edit.ts";
import { Lines, type Position, type Span } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import type { Language } from "../languages.ts";
import { type Earlier, PythonModule } from "../python/module.ts";
import { readScopes } from "../python/scopes.ts";
import { readSyntax } from "../python/syntax.ts";
import { fromRange } from "./convert.ts";
import { IncrementalTree } from "./incremental-tree.ts";

/** An open document: its text, version and syntax tree, kept up to date. Dispose it on close. */
export class OpenDocument implements Disposable {
  readonly workspace: Workspace;
  /** POSIX path, relative to the workspace's root. */
  readonly path: string;
  readonly language: Language;
  readonly uri: string;
  readonly languageId: string;
  #version: number;
  /** Only of Python: requirements are read line by line. */
  readonly #tree: IncrementalTree | undefined;
  #lines: Lines;
  #module: PythonModule | undefined;
  /** What was read last before the present version, and a copy of the tree it was read from, so that its nodes stay. */
  #earlier: (Earlier & { readonly tree: Tree }) | undefined;
  /** The names that refactorings proposed. */
  readonly proposed = new Map<string, ProposedName>();

  constructor(
    item: { uri: string; languageId: string; version: number; text: string },
    place: Omit<OpenDocumentPlace, "uri">,
  ) {
    this.workspace = place.workspace;
    this.path = place.path;
    this.language = place.language;
    this.uri = item.uri;
    this.languageId = item.languageId;
    this.#version = item.version;
    this.#lines = new Lines(item.text);
    this.#tree = this.language.grammar === "python" ? new IncrementalTree(item.text) : undefined;
  }

  get version(): number {
    return this.#version;
  }

  get text(): string {
    return this.#lines.text;
  }

  get lines(): Lines {
    return this.#lines;
  }

  /** The present text as a module, with what was derived from it since the last change: one for all who ask. */
  get module(): PythonModule {
    const { text } = this;
    const tree = this.#tree;
    this.#module ??= new PythonModule(this.path, text, tree && (() => tree.of(text)), this.#earlier);
    return this.#module;
  }

  /** Applies the changes of one notification in their order. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    this.#keep();
    for (const change of changes) {
      const lines = this.#lines;
      const at = "range" in change ? upright(lines.spanOf(fromRange(change.range))) : undefined;
      const after = at ? applyEdits(lines.text, [{ at, text: change.text }]) : change.text;
      if (at) this.#tree?.edit(lines, at, change.text, after);
      else this.#tree?.replace(after);
      this.#lines = new Lines(after);
    }
    this.#version = version;
    this.#module = undefined;
  }

  /** What was read of a version that is about to change serves to read the next one. */
  #keep(): void {
    const syntax = this.#module?.known(readSyntax);
    const tree = syntax && this.#tree?.copy();
    if (!tree) return;
    this.#earlier?.tree.delete();
    this.#earlier = { syntax, scopes: this.#module?.known(readScopes) ?? this.#earlier?.scopes, tree };
  }

  [Symbol.dispose](): void {
    this.#tree?.[Symbol.dispose]();
    this.#earlier?.tree.delete();
  }
}

/** A range that stands on its head means what it spans. */
function upright({ start, end }: Span): Span {
  return start <= end ? { start, end } : { start: end, end: start };
}

/** A new name that a refactoring of a document's `version` makes. */
export interface ProposedName {
  readonly version: number;
  /** The files that it edits. */
  readonly paths: readonly string[];
  /** Where the name then stands in the document, and is to be typed. */
  readonly position: Position;
}

export interface OpenDocumentPlace {
  readonly uri: string;
  readonly workspace: Workspace;
  readonly path: string;
  readonly language: Language;
}
