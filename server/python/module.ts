import type { Tree } from "web-tree-sitter";
import { parse } from "../core/grammar.ts";
import type { SourceFile } from "../core/rule.ts";
import { Lines } from "../core/text.ts";
import type { Scopes } from "./scopes.ts";
import type { Syntax } from "./syntax.ts";

/** What was read of an earlier version of a text, from a tree that is still there; the next version takes it over. */
export interface Earlier {
  readonly syntax: Syntax;
  readonly scopes: Scopes | undefined;
}

/**
 * One Python source text as rules and refactorings query it. The tree is parsed when it is first asked for; dispose
 * the module to free it (`using module = …`). Broken Python is a tree with ERROR nodes, never an exception.
 */
export class PythonModule implements SourceFile, Disposable {
  readonly path: string;
  readonly text: string;
  #lines: Lines | undefined;
  #tree: Tree | undefined;
  readonly #treeOfOther: (() => Tree) | undefined;
  readonly earlier: Earlier | undefined;
  readonly #derived = new Map<unknown, unknown>();

  /** A tree that `treeOfOther` hands in stays its owner's: it is not disposed here. */
  constructor(path: string, text: string, treeOfOther?: () => Tree, earlier?: Earlier) {
    this.path = path;
    this.text = text;
    this.#treeOfOther = treeOfOther;
    this.earlier = earlier;
  }

  get lines(): Lines {
    this.#lines ??= new Lines(this.text);
    return this.#lines;
  }

  get tree(): Tree {
    this.#tree ??= this.#treeOfOther?.() ?? parse("python", this.text);
    return this.#tree;
  }

  /** What follows from this module alone, computed when it is first asked for and kept as long as the module. */
  once<Value>(key: unknown, compute: () => Value): Value {
    if (!this.#derived.has(key)) this.#derived.set(key, compute());
    return this.#derived.get(key) as Value;
  }

  /** What `once` has computed already. */
  known<Value>(key: (module: never) => Value): Value | undefined {
    return this.#derived.get(key) as Value | undefined;
  }

  [Symbol.dispose](): void {
    this.#derived.clear();
    if (!this.#treeOfOther) this.#tree?.delete();
    this.#tree = undefined;
  }
}
