import assert from "node:assert/strict";
import { test } from "node:test";
import { type Texts, translationProblems } from "../scripts/l10n.ts";
import { unlocalisedTexts } from "../scripts/unlocalised.ts";

const complete: Texts = {
  sources: source('l10n.t("Read {0} of {1}", 1, 2)'),
  bundle: { "Read {0} of {1}": "{1}: lidos {0}" },
  manifest: '{ "description": "%description%" }',
  english: { description: "Checks Python" },
  portuguese: { description: "Verifica Python" },
};

const shownLiteral =
  '{ "description": "%description%", "contributes": { "commands": [{ "command": "a.b", "title": "Do it all" }] } }';

function source(expression: string): ReadonlyMap<string, string> {
  return new Map([["a.ts", `import * as l10n from "@vscode/l10n";\nexport const f = () => ${expression};\n`]]);
}

test("what is missing, unused or does not agree is said", async () => {
  const planted: [Partial<Texts>, RegExp][] = [
    [{ bundle: {} }, /no translation of "Read \{0\} of \{1\}"/],
    [{ bundle: { ...complete.bundle, Gone: "Sumiu" } }, /no source says "Gone"/],
    [{ bundle: { "Read {0} of {1}": "Lidos {0}" } }, /other placeholders/],
    [{ bundle: { "Read {0} of {1}": " " } }, /is empty/],
    [{ english: {} }, /package\.nls\.json: no text for %description%/],
    [{ portuguese: {} }, /package\.nls\.pt-br\.json: no text for %description%/],
    [{ manifest: "{}" }, /never says %description%/],
    [{ english: { description: "In {0}" } }, /other placeholders/],
    [{ manifest: shownLiteral }, /no key of package\.nls\.json: contributes\.commands\.0\.title/],
  ];
  assert.deepEqual(await translationProblems(complete), []);
  for (const [change, expected] of planted) {
    assert.match((await translationProblems({ ...complete, ...change })).join("\n"), expected);
  }
});

test("a text that is no literal is refused, whatever surrounds it", async () => {
  const refused = ["l10n.t(text)", 'l10n.t("a" + text)', "l10n.t(`a $" + "{text}`)", 'l10n.t(yes ? "a" : "b")'];
  for (const expression of refused) {
    const problems = await translationProblems({ ...complete, sources: source(expression) });
    assert.ok(problems.includes("a.ts:2: the first argument of l10n.t is not one literal"), expression);
  }
  for (const expression of ['l10n.t(\n  "Read {0} of {1}",\n  1,\n  2,\n)', "l10n.t('Read {0} of {1}', 1, 2)"]) {
    assert.deepEqual(await translationProblems({ ...complete, sources: source(expression) }), [], expression);
  }
  const aliased = new Map([["a.ts", 'import { t } from "@vscode/l10n";\nt("Read {0} of {1}");\n']]);
  assert.match((await translationProblems({ ...complete, sources: aliased })).join("\n"), /call it l10n\.t/);
});

test("a text that is shown without l10n is found; names, codes, logs and what is localised are not", async () => {
  const planted = [
    'vscode.window.showInformationMessage("Nothing to do")',
    "vscode.window.showWarningMessage(`Wrote $" + "{name} anew`)",
    'window.showErrorMessage(ok ? l10n.t("Done") : "It failed here")',
    'console.error("no such file")',
    '({ title: "Extract function", kind: "quickfix" })',
    '({ placeHolder: "Which folder?" })',
    '({ summary: () => "A block is copied" })',
    '({ message: name ?? "Something is wrong" })',
    'item.tooltip = "Open it now"',
    'new vscode.TreeItem("Production")',
  ];
  const fine = [
    'vscode.window.showInformationMessage(l10n.t("Nothing to do"))',
    'l10n.t({ message: "Nothing to do", comment: ["For the button."] })',
    'log.info("The server answers.")',
    'this.#log.error("It does not answer")',
    '({ title: "Groundwork", kind: "quickfix", reason: "timeout" })',
    "({ message: `$" + "{place}: $" + '{l10n.t("Nothing to do")}` })',
    'run("Nothing to do")',
    "({ label: `import $" + '{name}`, tooltip: "$(sync)" })',
    'item.kind = "Some words"',
    '({ message: kind === "some words" ? first : second })',
  ];
  const found = (expressions: readonly string[]) =>
    unlocalisedTexts(new Map(expressions.map((each, index) => [`${index}.ts`, `const x = ${each};\n`])));
  assert.deepEqual(
    (await found(planted)).map((line) => Number.parseInt(line, 10)),
    [...planted.keys()],
  );
  assert.deepEqual(await found(fine), []);
});
