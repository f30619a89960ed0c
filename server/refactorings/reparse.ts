import type { Tree } from "web-tree-sitter";
import { applyEdits, type Edit } from "../core/edit.ts";
import { parse } from "../core/grammar.ts";
import type { Span } from "../core/text.ts";
import { TreeWalk } from "../core/tree-walk.ts";
import type { PythonModule } from "../python/module.ts";
import { type SyntaxNode, syntaxOf, undecorated } from "../python/syntax.ts";

/**
 * Whether the edited text parses worse than before. Of a text that parses only the statements of the module, or the
 * members of a class, that the edits touch are parsed again: what is whole in its suite does not depend on the rest.
 */
export function breaks(module: PythonModule, edits: readonly Edit[]): boolean {
  const before = errorsIn(module.tree);
  const regions = before === 0 ? regionsOf(module, edits) : undefined;
  if (!regions) return errorsAfter(module.text, edits) > before;
  return regions.some((region) => {
    const inside = edits.filter(({ at }) => region.start <= at.start && at.end <= region.end);
    const moved = inside.map(({ at, text }) => ({
      at: { start: at.start - region.start, end: at.end - region.start },
      text,
    }));
    return errorsAfter(module.text.slice(region.start, region.end), moved) > 0;
  });
}

/** Runs of whole lines with whole statements of one suite that hold all edits; undefined where lines are shared. */
function regionsOf(module: PythonModule, edits: readonly Edit[]): readonly Span[] | undefined {
  const { text } = module;
  const { root } = syntaxOf(module);
  const touched = edits.map(({ at }) => touchedBy(at, root, text));
  const regions: { start: number; end: number }[] = [];
  for (const { start, end } of touched.sort((left, right) => left.start - right.start)) {
    const last = regions.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else regions.push({ start, end });
  }
  const startsLine = ({ start }: Span) => start === 0 || /[\r\n\uFEFF]/.test(text[start - 1] ?? "");
  const isBetweenLines = ({ start, end }: Span) =>
    start === end && edits.every((edit) => edit.at.end !== end || /\n$/.test(edit.text));
  const endsLine = (region: Span) =>
    isBetweenLines(region) || /^[ \t]*(#|\r?\n|$)/.test(text.slice(region.end, region.end + 200));
  return regions.every((region) => startsLine(region) && endsLine(region)) ? regions : undefined;
}

/** The statements of a suite that a span touches, from the start of their line. */
function touchedBy(at: Span, suite: SyntaxNode, text: string): Span {
  const isInsertion = at.start === at.end;
  const own = suite.named.filter((each) =>
    isInsertion ? each.start < at.start && at.start < each.end : each.start <= at.end && at.start <= each.end,
  );
  const [only, ...others] = own;
  const body = only && others.length === 0 ? undecorated(only) : undefined;
  const members = body?.type === "class_definition" ? body.child("body") : undefined;
  if (members && lineStart(members, text) <= at.start && at.end <= members.end) return touchedBy(at, members, text);
  const start = Math.min(at.start, ...own.map((each) => each.start));
  return { start: lineStart({ start, end: start }, text), end: Math.max(at.end, ...own.map(({ end }) => end)) };
}

/** The start of the line, when only blanks stand before a span. */
function lineStart({ start }: Span, text: string): number {
  let line = start;
  while (text[line - 1] === " " || text[line - 1] === "\t") line--;
  return line;
}

function errorsAfter(text: string, edits: readonly Edit[]): number {
  const edited = applyEdits(text, edits);
  const after = parse("python", /^(?:[ \t]*\r?\n)*[ \t]+\S/.test(edited) ? `class _:\n${edited}` : edited);
  const count = errorsIn(after);
  after.delete();
  return count;
}

function errorsIn(tree: Tree): number {
  if (!tree.rootNode.hasError) return 0;
  let count = 0;
  using walk = new TreeWalk(tree);
  for (let isOpen = true; isOpen; ) {
    if (walk.type === "ERROR" || walk.isMissing) count++;
    if (walk.toFirstChild() || walk.toNextSibling()) continue;
    do isOpen = walk.toParent();
    while (isOpen && !walk.toNextSibling());
  }
  return count;
}
