import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { scopesOf } from "../python/scopes.ts";
import { isDocstring, type SyntaxNode, statementsOf, syntaxOf } from "../python/syntax.ts";
import { extractionOf } from "./extraction.ts";
import { isRefusal } from "./refusals.ts";
import { selectionAt } from "./selection.ts";
import { signatureOf } from "./signature.ts";

/** A shorter block is no step of its own. */
const fewestLines = 6;
/** So much of a function would be the function again. */
const largestShare = 0.6;
/** So many lines is each value worth that goes in or comes out. */
const linesPerValue = 3;
/** To look at a block takes a look at the whole function's data flow. */
const mostLooks = 80;

/**
 * The block of a function's body that is best read by itself: many lines, few values in and out, and able to move. Blocks
 * begin and end where the author left a blank line, wrote a comment or nested a suite.
 */
export function cohesiveBlock(module: PythonModule, body: SyntaxNode): Span | undefined {
  const { lines } = module;
  const linesOf = ({ start, end }: Span) => lines.lineAt(end) - lines.lineAt(start) + 1;
  const most = linesOf(body) * largestShare;
  const blocks = suitesIn(body)
    .flatMap((suite) => blocksOf(suite, module))
    .filter((block) => linesOf(block) >= fewestLines && linesOf(block) <= most)
    .sort((left, right) => linesOf(right) - linesOf(left));
  let best: { readonly block: Span; readonly worth: number } | undefined;
  for (const block of blocks.slice(0, mostLooks)) {
    if (best && linesOf(block) <= best.worth) break;
    const values = valuesOf(module, block);
    const worth = values === undefined ? 0 : linesOf(block) - linesPerValue * values;
    if (worth > (best?.worth ?? 0)) best = { block, worth };
  }
  return best?.block;
}

/** The body, and the suites of the compound statements in it. */
function suitesIn(body: SyntaxNode): readonly SyntaxNode[] {
  const found = [body];
  for (const suite of found) {
    for (const node of suite.named) {
      if (/^(?:decorated|function|class)_definition$/.test(node.type)) continue;
      for (const inner of [...node.children, ...node.children.flatMap((child) => child.children)])
        if (inner.type === "block") found.push(inner);
    }
  }
  return found;
}

/** Every row of neighbouring paragraphs of a suite. */
function blocksOf(suite: SyntaxNode, module: PythonModule): readonly Span[] {
  const statements = statementsOf(suite).filter((each) => !isDocstring(each));
  const starts = statements.filter((each, index) => {
    const before = statements[index - 1];
    if (!before || isCompound(each) || isCompound(before)) return true;
    return /\n\s*(?:#[^\n]*)?\n|\n\s*#/.test(module.text.slice(before.end, each.start));
  });
  return starts.flatMap((first, index) =>
    [...starts.slice(index + 1), undefined].flatMap((next) => {
      const last = next ? statements[statements.indexOf(next) - 1] : statements.at(-1);
      return last ? [{ start: first.start, end: last.end }] : [];
    }),
  );
}

function isCompound(node: SyntaxNode): boolean {
  return node.children.some((child) => child.type === "block");
}

/** How many values a block takes and gives as a function; undefined where it cannot be one. */
function valuesOf(module: PythonModule, block: Span): number | undefined {
  const syntax = syntaxOf(module);
  const selection = selectionAt(syntax, scopesOf(module), block);
  const extraction = isRefusal(selection) ? selection : extractionOf(selection);
  if (isRefusal(extraction)) return undefined;
  const signature = signatureOf([extraction]);
  return isRefusal(signature) ? undefined : signature.parameters.length + signature.results.length;
}
