import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RefactoringResult } from "../server/core/refactoring.ts";
import { type RefusalCode, refuse } from "../server/refactorings/refusals.ts";
import { grammars } from "./grammars.ts";
import {
  fixedProject,
  type ProjectCase,
  projectAfter,
  projectCasesOf,
  python,
  refactoredProject,
  withoutPython,
} from "./refactorings.ts";

await grammars();

literate("extract-duplicates", (each) => refactoredProject("extract-duplicates", each));
literate("keep-one", (each) => fixedProject("duplicate-function", /^Keep one/, each.before));
literate("script-body", (each) => fixedProject("script-body", /^Wrap/, each.before), "scripts");
literate("move-module", (each) => fixedProject("experiment-dependency", /^Move to/, each.before));
literate("rename-module", (each) => fixedProject("placeholder-name", /^Rename the file/, each.before));
literate("load-once", (each) => fixedProject("model-loaded-per-request", /^Load once/, each.before));

function literate(
  name: string,
  apply: (each: ProjectCase) => RefactoringResult | undefined,
  oracle = "projects",
): void {
  const cases = projectCasesOf(name);

  describe(`${name} across files`, () => {
    for (const each of cases) {
      test(each.title, () => {
        const result = apply(each);
        assert.ok(result, "nothing is offered");
        if (each.refused === undefined) assert.deepEqual(projectAfter(each.before, result), each.after);
        else if (each.refused.includes(" ")) assert.ok(!result.applied && result.reason.includes(each.refused));
        else assert.equal(result.applied ? "applied" : kindOf(result.reason), kindOf(sentenceOf(each.refused)));
      });
    }

    test("the projects behave alike before and after", { skip: withoutPython }, () => {
      const applied = cases.filter(({ refused }) => refused === undefined);
      const said = python<{ readonly before: unknown[]; readonly after: unknown[] }[]>(
        oracle,
        applied.map((each) => ({ before: each.before, after: each.after, lines: each.run })),
      );
      for (const [index, both] of said.entries()) {
        assert.ok(Array.isArray(both.before[0]), `${applied[index]?.title}: ${both.before.join()}`);
        assert.deepEqual(both.after, both.before, applied[index]?.title);
      }
    });
  });
}

function sentenceOf(code: string): string {
  return refuse(code as RefusalCode, ["x"]).reason;
}

/** A sentence without the names in it. */
function kindOf(reason: string): string {
  return reason.replace(/`[^`]*`/g, "`x`");
}
