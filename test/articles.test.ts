// Notebooks that are written to be read, and those that keep an experiment.
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf } from "../server/languages.ts";
import { isArticle } from "../server/notebook/article.ts";
import { joinCells } from "../server/notebook/cells.ts";
import { duplicateBlock } from "../server/rules/production/duplicate-block.ts";
import { grammars } from "./grammars.ts";

await grammars();

const { bad } = duplicateBlock.example;
const second = bad.indexOf("def mean_sale");
const sentence = "The prices of a month are added up, and the months are compared with each other. ";
const heading = "## Prices\n\nA first look.";

function notebook(words: string, code: string): string {
  return joinCells([
    { language: "markdown", source: words },
    { language: "python", source: code },
  ]);
}

test("only many words to each line of code make an article, and addresses, pictures and formulas are no words", () => {
  const code = "rows = read()\n# shown below\n\nshow(rows)\n";
  assert.ok(isArticle(notebook(sentence.repeat(40), code)));
  assert.ok(!isArticle(notebook(heading, code)));
  assert.ok(!isArticle(notebook(sentence.repeat(10), code)), "a page is no article");
  assert.ok(!isArticle(notebook(sentence.repeat(40), code.repeat(60))), "it explains little of its code");
  const noWords =
    "![the prices of a month](https://example.org/the/prices/of/a/month.png) $\\alpha = prices$ <img alt=words>\n";
  assert.ok(!isArticle(notebook(noWords.repeat(200), code)));
  assert.ok(!isArticle(""));
});

test("an article keeps what it shares with another notebook; experiments, and one notebook alone, are told", () => {
  const copiesTold = (notebooks: readonly string[]) => {
    const workspace = new Workspace("/project", { ...defaultSettings, stagesProduction: ["**"] });
    const language = languageOf("0.ipynb");
    assert.ok(language);
    for (const [index, text] of notebooks.entries()) workspace.open(`${index}.ipynb`, language, text);
    return workspace.paths.map((path) => workspace.check(path).filter(({ rule }) => rule === "duplicate-block").length);
  };
  const told = (words: string, otherWords: string) =>
    copiesTold([notebook(words, bad.slice(0, second)), notebook(otherWords, bad.slice(second))]);
  const article = sentence.repeat(40);
  assert.deepEqual(told(heading, heading), [1, 1]);
  assert.deepEqual(told(article, article), [0, 0]);
  assert.deepEqual(told(article, heading), [0, 0]);
  assert.deepEqual(copiesTold([notebook(article, bad)]), [2]);
});
