// A notebook becomes a module and calls its functions: `notebooks/notebook-to-module.md`, run before and after.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { applyEdits } from "../server/core/edit.ts";
import { cellsOf } from "../server/notebook/cells.ts";
import { NotebookModule } from "../server/notebook/module.ts";
import { isPython, pythonOf } from "../server/notebook/python.ts";
import {
  type NotebookToModule,
  notebookToModule,
} from "../server/refactorings/notebook-to-module/notebook-to-module.ts";
import type { Refusal } from "../server/refactorings/refusals.ts";
import { grammars } from "./grammars.ts";
import { withoutPython } from "./refactorings.ts";

await grammars();

interface Case {
  readonly title: string;
  readonly path: string;
  readonly joined: string;
  readonly after: string | undefined;
  readonly module: string | undefined;
  readonly refused: string | undefined;
}

const cases = readFileSync(new URL("notebooks/notebook-to-module.md", import.meta.url), "utf8")
  .split(/^## /m)
  .slice(1)
  .map(readCase);

function readCase(section: string): Case {
  const blocks = [...section.matchAll(/^```(\w+) ?(after)?(?:path=(\S+))?\n([\s\S]*?\n)```$/gm)].map(
    ([, language = "", after, path, code = ""]) => ({ language, after, path, code }),
  );
  const notebook = blocks.find((each) => each.language === "notebook" && !each.after);
  const after = blocks.find((each) => each.language === "notebook" && each.after);
  return {
    title: section.split("\n", 1)[0] ?? "",
    path: notebook?.path ?? "prices.ipynb",
    joined: joined(notebook?.code ?? ""),
    after: after && joined(after.code),
    module: blocks.find((each) => each.language === "python")?.code,
    refused: /^Refused: `(\w+)`/m.exec(section)?.[1],
  };
}

/** `# %%` begins a cell of Python, `# %% markdown` one of text. */
function joined(code: string): string {
  return code.replace(/^# %%(?: (\w+))?$/gm, (_, language: string | undefined) => `\f${language ?? "python"}`);
}

function applied({ path, joined }: Pick<Case, "path" | "joined">): NotebookToModule | Refusal {
  using notebook = new NotebookModule(path, joined);
  return notebookToModule(notebook, () => false);
}

function pythonCells(text: string): string[] {
  const python = pythonOf(text);
  return cellsOf(text)
    .filter((cell) => isPython(cell, text.slice(cell.start, cell.end)))
    .map(({ start, end }) => python.slice(start, end));
}

function textsOf({ joined }: Case, result: NotebookToModule): { readonly module: string; readonly after: string } {
  const [created, edited] = result.edits;
  return {
    module: applyEdits("", created?.edits ?? []),
    after: applyEdits(joined, edited?.edits ?? []),
  };
}

describe("a notebook becomes a module", () => {
  for (const each of cases) {
    test(each.title, () => {
      const result = applied(each);
      if (!result.applied) {
        assert.equal(result.code, each.refused, result.reason);
        return;
      }
      assert.equal(each.refused, undefined);
      const { module, after } = textsOf(each, result);
      if (each.module !== undefined) assert.equal(module, each.module);
      if (each.after !== undefined) assert.equal(after, each.after);
      // Once more there is less to move: what was called is called again, and nothing is lost.
      assert.deepEqual(
        cellsOf(after).map(({ language }) => language),
        cellsOf(each.joined).map(({ language }) => language),
      );
    });
  }

  test("which shows the same when it is run from top to bottom", { skip: withoutPython }, () => {
    const trials = cases.flatMap((each) => {
      const result = applied(each);
      if (!result.applied) return [];
      const { module, after } = textsOf(each, result);
      const name = result.module.replace(/^.*\/|\.py$/g, "");
      return [
        { title: each.title, before: pythonCells(each.joined), after: pythonCells(after), module: name, text: module },
      ];
    });
    const script = fileURLToPath(new URL("refactorings/run-notebooks.py", import.meta.url));
    const answer = spawnSync("python3", [script], { input: JSON.stringify(trials), encoding: "utf8" });
    assert.equal(answer.status, 0, answer.stderr);
    const said = JSON.parse(answer.stdout) as { readonly before: string; readonly after: string }[];
    for (const [index, { title }] of trials.entries()) {
      assert.ok((said[index]?.before ?? "") !== "", `${title} says nothing`);
      assert.equal(said[index]?.after, said[index]?.before, title);
    }
  });
});
