import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import MiniSearch, { type SearchResult } from "minisearch";
import { siteFiles } from "../scripts/site/files.ts";
import { searchOptions } from "../scripts/site/search-options.ts";
import { rules } from "../server/languages.ts";

const site = await siteFiles(fileURLToPath(new URL("../", import.meta.url)));

test("every link of the documents leads somewhere", () => {
  assert.deepEqual(site.problems, []);
});

test("every rule has a page in both languages, and each leads to the other", () => {
  for (const { name } of rules) {
    assert.match(fileOf(`rules/${name}.html`), new RegExp(`hreflang="pt-BR"[^>]* href="../pt-br/rules/${name}.html"`));
    assert.match(fileOf(`pt-br/rules/${name}.html`), new RegExp(`hreflang="en"[^>]* href="../../rules/${name}.html"`));
  }
});

test("links between documents lead to pages, and what is no page keeps its words", () => {
  assert.match(fileOf("index.html"), /href="rules\/unpinned-requirement.html"/);
  const links = [...site.files].flatMap(([, text]) => text.match(/href="[^"]*\.md[#"]/g) ?? []);
  assert.deepEqual(links, []);
});

test("pages are found by their words, in each language, also without accents and by beginnings", () => {
  assert.equal(found("search-index.js", "copied block")[0]?.page, "rules/duplicate-block.html");
  assert.ok(found("search-index.js", "unpin").some(({ page }) => page === "rules/unpinned-requirement.html"));
  const portuguese = found("pt-br/search-index.js", "codigo comentado");
  assert.ok(portuguese.some(({ page }) => page === "pt-br/rules/commented-out-code.html"));
  assert.ok(portuguese.every(({ page }) => page.startsWith("pt-br/")));
});

test("a page loads nothing from elsewhere and runs no script of its own text", () => {
  for (const [path, text] of site.files) {
    if (!path.endsWith(".html")) continue;
    assert.match(text, /default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.doesNotMatch(text, /<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?\/\//);
    assert.doesNotMatch(text, /<script(?![^>]* src=)|\son\w+="/);
  }
});

function fileOf(path: string): string {
  return site.files.get(path) ?? assert.fail(`no ${path}`);
}

function found(index: string, query: string): SearchResult[] {
  const world: { groundworkSearchIndex?: string } = {};
  vm.runInNewContext(fileOf(index), world);
  return MiniSearch.loadJSON(world.groundworkSearchIndex ?? "", { ...searchOptions, idField: "page" }).search(query);
}
