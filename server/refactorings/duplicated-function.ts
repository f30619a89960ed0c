import type { Node } from "web-tree-sitter";
import type { CloneClass, Copy } from "../clones/clone-class.ts";
import { isTestPath } from "../clones/test-path.ts";
import type { Fix } from "../core/rule.ts";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { functionFromLines } from "./function-lines.ts";

/** A function that is copied as a whole, or its whole body. */
export interface DuplicatedFunction {
  readonly name: string;
  /** From `def` to the end of the body. */
  readonly definition: Span;
  /** Does it stand at the module's level, without a decorator? */
  readonly isPlain: boolean;
}

/**
 * The function of a copy when all copies of its class are whole functions, alike but for names and values. Undefined for
 * special methods, which every class needs for itself, and for copies that are all in tests. The lines
 * tell it, and the tree where they do not; edits ask the tree.
 */
export function duplicatedFunction(
  module: PythonModule,
  copy: Copy,
  found: CloneClass,
  read: (module: PythonModule, copy: Copy) => DuplicatedFunction | undefined = functionFromLines,
): DuplicatedFunction | undefined {
  if (found.whole === undefined || found.kind === "gapped") return undefined;
  if (found.copies.every(({ path }) => isTestPath(path))) return undefined;
  if (/^\s*class\b/.test(module.lines.lineText(copy.range.start.line))) return undefined;
  const duplicated = read(module, copy) ?? functionFromTree(module, copy);
  return duplicated && /^__\w+__$/.test(duplicated.name) ? undefined : duplicated;
}

/** As the tree has it, to the last token. */
export function functionFromTree(module: PythonModule, copy: Copy): DuplicatedFunction | undefined {
  const { start, end } = module.lines.spanOf(copy.range);
  let node: Node | null = module.tree.rootNode.descendantForIndex(start, Math.max(start, end - 1));
  if (node?.type === "decorated_definition") node = node.childForFieldName("definition");
  while (node && node.type !== "function_definition") node = node.parent;
  const name = node?.childForFieldName("name")?.text;
  if (!node || !name) return undefined;
  const isPlain = node.parent?.type === "module";
  return { name, definition: { start: node.startIndex, end: node.endIndex }, isPlain };
}

/**
 * Keeps the first of the copies in this file and gives its value to the names of the others. Nothing when they are more
 * than their names apart, or not at the module's level.
 */
export function keepOne(
  module: PythonModule,
  functions: readonly DuplicatedFunction[],
  title: (name: string) => string,
): Fix | undefined {
  const [first, ...others] = functions;
  if (!first || others.length === 0 || !functions.every(({ isPlain }) => isPlain)) return undefined;
  const body = codeBehindName(module, first);
  if (others.some((each) => codeBehindName(module, each) !== body || each.name === first.name)) return undefined;
  const edits = others.map(({ definition, name }) => ({ at: definition, text: `${name} = ${first.name}` }));
  return { title: title(first.name), kind: "quickfix", safe: false, edits: [{ path: module.path, edits }] };
}

/** Signature and body as they are spelt. A function that names itself is told apart by that name. */
export function codeBehindName(module: PythonModule, { definition, name }: DuplicatedFunction): string {
  const text = module.text.slice(definition.start, definition.end);
  return text.slice(text.indexOf(name) + name.length).trimEnd();
}
