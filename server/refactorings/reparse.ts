import { applyEdits, type Edit } from "../core/edit.ts";
import { parse, treeEdit } from "../core/grammar.ts";
import type { PythonModule } from "../python/module.ts";

/** Whether the edited text no longer parses; only what the edits touch is parsed again. */
export function breaks(module: PythonModule, edits: readonly Edit[]): boolean {
  const { text, lines } = module;
  const edited = module.tree.copy();
  for (const { at, text: inserted } of [...edits].sort((left, right) => right.at.start - left.at.start)) {
    edited.edit(treeEdit(lines, at, inserted));
  }
  const after = parse("python", applyEdits(text, edits), edited);
  const isBroken = after.rootNode.hasError;
  edited.delete();
  after.delete();
  return isBroken;
}
