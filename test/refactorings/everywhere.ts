// Extracts at every place of the literate cases, not only at the marked one, and runs each result as the case says:
// `node test/refactorings/everywhere.ts`. Some 15,000 edits; the exit code is 1 when one of them behaves differently.
import type { Span } from "../../server/core/text.ts";
import { PythonModule } from "../../server/python/module.ts";
import { readSyntax } from "../../server/python/syntax.ts";
import { isReplaceable } from "../../server/refactorings/expression-at.ts";
import { grammars } from "../grammars.ts";
import { casesOf, python, refactored, textAfter } from "../refactorings.ts";

interface Attempt {
  readonly refactoring: string;
  readonly at: Span;
  readonly all: boolean;
}

/** Up to four consecutive statements of each suite, and every expression. */
function attemptsIn(text: string): readonly Attempt[] {
  using module = new PythonModule("case.py", text);
  const syntax = readSyntax(module);
  if (syntax.isBroken) return [];
  const attempts: Attempt[] = [];
  const add = (refactoring: string, start: number, end: number, all = false) =>
    attempts.push({ refactoring, at: { start, end }, all });
  for (const { named } of [...syntax.ofType("block"), syntax.root]) {
    for (const [index, first] of named.entries()) {
      for (const last of named.slice(index, index + 4)) add("extract-function", first.start, last.end);
    }
  }
  for (const node of syntax.root.descendants()) {
    if (!node.isNamed || !isReplaceable(node)) continue;
    add("extract-function", node.start, node.end);
    add("extract-variable", node.start, node.end);
    add("extract-variable", node.start, node.end, true);
    add("extract-constant", node.start, node.end, true);
  }
  return attempts;
}

await grammars();
const files = ["extract-function", "extract-variable", "extract-constant", "extract-duplicates"];
const cases = new Map(files.flatMap((file) => casesOf(file)).map((each) => [each.text, each]));
const jobs = [...cases.values()]
  .filter(({ run }) => run.length > 0)
  .flatMap(({ title, text, run }) =>
    attemptsIn(text).flatMap(({ refactoring, at, all }) => {
      const result = refactored(refactoring, text, [at], all ? { all } : {});
      if (!result.applied) return [];
      const place = `${title}: ${refactoring} ${JSON.stringify(text.slice(at.start, at.end))}`;
      return [{ place, before: text, after: textAfter(text, result), lines: run }];
    }),
  );
let wrong = 0;
for (let start = 0; start < jobs.length; start += 500) {
  const part = jobs.slice(start, start + 500);
  const said = python<{ readonly before: unknown; readonly after: unknown }[]>("run", part);
  for (const [index, both] of said.entries()) {
    if (JSON.stringify(both.before) === JSON.stringify(both.after)) continue;
    wrong++;
    console.log(`wrong: ${part[index]?.place}\n${part[index]?.after}`);
  }
}
console.log(`${jobs.length} edits, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
