// Random places of a module at which a refactoring may be tried, the same for the same seed.
import type { Span } from "../../server/core/text.ts";
import type { PythonModule } from "../../server/python/module.ts";
import { readSyntax, type SyntaxNode } from "../../server/python/syntax.ts";
import { isReplaceable } from "../../server/refactorings/expression-at.ts";
import { isLiteral } from "../../server/refactorings/literals.ts";

/** A number from 0 up to 1, the next of its sequence. */
export type Chance = () => number;

/** The sequence of a seed (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A place for a refactoring: some consecutive statements of a function, or an expression in it, or a literal; undefined
 * where the module has none.
 */
export function randomPlace(module: PythonModule, refactoring: string, chance: Chance): Span | undefined {
  const syntax = module.once(readSyntax, () => readSyntax(module));
  if (refactoring === "extract-constant") return oneOf(nodes(syntax.root, isLiteral), chance);
  const isExpression = refactoring === "extract-variable" || chance() < 0.3;
  if (isExpression) {
    return oneOf(
      nodes(syntax.root, (node) => node.type !== "identifier" && isReplaceable(node)),
      chance,
    );
  }
  const suites = syntax
    .ofType("block")
    .filter((block) => [...block.ancestors()].some((node) => node.type === "function_definition"));
  const suite = oneOf(suites, chance)?.named ?? [];
  const first = Math.floor(chance() * suite.length);
  const last = Math.min(suite.length - 1, first + Math.floor(chance() * 5));
  const [from, to] = [suite[first], suite[last]];
  return from && to && { start: from.start, end: to.end };
}

function nodes(root: SyntaxNode, accepts: (node: SyntaxNode) => boolean): readonly SyntaxNode[] {
  return [...root.descendants()].filter((node) => node.isNamed && accepts(node) && isReplaceable(node));
}

function oneOf<Item>(items: readonly Item[], chance: Chance): Item | undefined {
  return items[Math.floor(chance() * items.length)];
}
