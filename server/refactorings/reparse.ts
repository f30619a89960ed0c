import type { Tree } from "web-tree-sitter";
import { applyEdits, type Edit } from "../core/edit.ts";
import { parse, treeEdit } from "../core/grammar.ts";
import type { PythonModule } from "../python/module.ts";

/** Whether the edited text parses worse than before; only what the edits touch is parsed again. */
export function breaks(module: PythonModule, edits: readonly Edit[]): boolean {
  const { text, lines } = module;
  const edited = module.tree.copy();
  for (const { at, text: inserted } of [...edits].sort((left, right) => right.at.start - left.at.start)) {
    edited.edit(treeEdit(lines, at, inserted));
  }
  const after = parse("python", applyEdits(text, edits), edited);
  const isBroken = after.rootNode.hasError && errorsIn(after) > errorsIn(module.tree);
  edited.delete();
  after.delete();
  return isBroken;
}

function errorsIn(tree: Tree): number {
  if (!tree.rootNode.hasError) return 0;
  let count = 0;
  const cursor = tree.walk();
  for (let isOpen = true; isOpen; ) {
    if (cursor.nodeType === "ERROR" || cursor.nodeIsMissing) count++;
    if (cursor.gotoFirstChild() || cursor.gotoNextSibling()) continue;
    do isOpen = cursor.gotoParent();
    while (isOpen && !cursor.gotoNextSibling());
  }
  cursor.delete();
  return count;
}
