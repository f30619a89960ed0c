import type { Tree } from "web-tree-sitter";

/** The functions of tree-sitter's runtime that move a cursor, which is kept in the runtime's transfer buffer. */
interface CursorFunctions {
  _ts_tree_root_node_wasm(tree: number): void;
  _ts_tree_cursor_new_wasm(tree: number): void;
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  _ts_tree_cursor_current_node_id_wasm(tree: number): number;
  _ts_tree_cursor_current_node_is_named_wasm(tree: number): number;
  _ts_tree_cursor_current_node_is_missing_wasm(tree: number): number;
  _ts_tree_cursor_current_field_id_wasm(tree: number): number;
  _ts_tree_cursor_start_index_wasm(tree: number): number;
  _ts_tree_cursor_end_index_wasm(tree: number): number;
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  _ts_tree_cursor_goto_parent_wasm(tree: number): number;
  _ts_tree_cursor_delete_wasm(tree: number): void;
}

/** What tree-sitter is started with, to which it then adds the functions of its runtime. */
export type Runtime = { readonly wasmBinary: Uint8Array } & Partial<CursorFunctions>;

let functions: CursorFunctions | undefined;

export function useRuntime(runtime: Runtime): void {
  functions = runtime as Runtime & CursorFunctions;
}

/**
 * A walk over a whole tree, as a `TreeCursor` makes it, in less than half of the time: web-tree-sitter writes the
 * cursor's state into the runtime's memory before each call and reads it back behind it, though it stays there.
 * Therefore nothing else may be asked of tree-sitter before the walk is disposed.
 */
export class TreeWalk implements Disposable {
  readonly #tree: number;
  readonly #functions: CursorFunctions;
  readonly #language: Tree["language"];

  constructor(tree: Tree) {
    if (!functions) throw new Error("tree-sitter is not loaded");
    this.#functions = functions;
    this.#language = tree.language;
    this.#tree = addressOf(tree);
    // Each leaves in the transfer buffer what the next one takes from there.
    functions._ts_tree_root_node_wasm(this.#tree);
    functions._ts_tree_cursor_new_wasm(this.#tree);
  }

  get typeId(): number {
    return this.#functions._ts_tree_cursor_current_node_type_id_wasm(this.#tree);
  }

  get type(): string {
    return this.#language.types[this.typeId] ?? "ERROR";
  }

  get isNamed(): boolean {
    return this.#functions._ts_tree_cursor_current_node_is_named_wasm(this.#tree) === 1;
  }

  get isMissing(): boolean {
    return this.#functions._ts_tree_cursor_current_node_is_missing_wasm(this.#tree) === 1;
  }

  /** Where tree-sitter keeps the node: an address in its memory. */
  get nodeId(): number {
    return this.#functions._ts_tree_cursor_current_node_id_wasm(this.#tree);
  }

  get field(): string | undefined {
    return this.#language.fields[this.#functions._ts_tree_cursor_current_field_id_wasm(this.#tree)] ?? undefined;
  }

  /** UTF-16. */
  get start(): number {
    return this.#functions._ts_tree_cursor_start_index_wasm(this.#tree);
  }

  /** UTF-16. */
  get end(): number {
    return this.#functions._ts_tree_cursor_end_index_wasm(this.#tree);
  }

  toFirstChild(): boolean {
    return this.#functions._ts_tree_cursor_goto_first_child_wasm(this.#tree) === 1;
  }

  toNextSibling(): boolean {
    return this.#functions._ts_tree_cursor_goto_next_sibling_wasm(this.#tree) === 1;
  }

  toParent(): boolean {
    return this.#functions._ts_tree_cursor_goto_parent_wasm(this.#tree) === 1;
  }

  [Symbol.dispose](): void {
    this.#functions._ts_tree_cursor_delete_wasm(this.#tree);
  }
}

/** Of a tree in the runtime's memory: web-tree-sitter keeps it in the field `0`. */
function addressOf(tree: Tree): number {
  return (tree as unknown as { 0: number })[0];
}
