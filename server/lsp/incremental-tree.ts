import type { Tree } from "web-tree-sitter";
import { parse, treeEdit } from "../core/grammar.ts";
import type { Lines, Span } from "../core/text.ts";

/**
 * The tree of a Python text that is edited, parsed when it is asked for: only what changed since the last time. Many
 * edits may come before somebody asks. Dispose it with its document.
 */
export class IncrementalTree implements Disposable {
  #text: string;
  /** Of the text, or of an earlier one and told of the edits since. */
  #tree: Tree | undefined;
  #isCurrent = false;
  /** The last one without an error: a letter that broke the code, typed and taken back, costs one parse and not two. */
  #sound: { readonly text: string; readonly tree: Tree } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The tree of the present text, which stays this one's; who still asks for an earlier text's gets one of his own. */
  of(text: string): Tree {
    if (text !== this.#text) return parse("python", text);
    if (this.#tree && this.#isCurrent) return this.#tree;
    const tree = this.#sound?.text === text ? this.#sound.tree.copy() : parse("python", text, this.#tree);
    this.#become(tree);
    this.#isCurrent = true;
    return tree;
  }

  /** A span of the text, whose lines these are, is replaced, which gives the text `after`. */
  edit(lines: Lines, at: Span, inserted: string, after: string): void {
    if (this.#tree && this.#isCurrent && !this.#tree.rootNode.hasError) {
      this.#sound?.tree.delete();
      this.#sound = { text: lines.text, tree: this.#tree.copy() };
    }
    this.#tree?.edit(treeEdit(lines, at, inserted));
    this.#text = after;
    this.#isCurrent = false;
  }

  /** The whole text is another one. */
  replace(text: string): void {
    this.#become(undefined);
    this.#text = text;
    this.#isCurrent = false;
  }

  /** The present text's tree, if it was parsed already. */
  copy(): Tree | undefined {
    return this.#isCurrent ? this.#tree?.copy() : undefined;
  }

  #become(tree: Tree | undefined): void {
    this.#tree?.delete();
    this.#tree = tree;
  }

  [Symbol.dispose](): void {
    this.#become(undefined);
    this.#sound?.tree.delete();
  }
}
