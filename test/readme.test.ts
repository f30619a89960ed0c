// Both READMEs say the same: sections, commands, examples and links.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import englishTitles from "../package.nls.json" with { type: "json" };
import portugueseTitles from "../package.nls.pt-br.json" with { type: "json" };

const root = new URL("../", import.meta.url);
const english = readFileSync(new URL("README.md", root), "utf8");
const portuguese = readFileSync(new URL("README.pt-BR.md", root), "utf8");

/** The level of each heading, outside of code. */
function headings(text: string): string[] {
  return [...text.replace(/```[\s\S]*?```/g, "").matchAll(/^(#+) /gm)].map((match) => match[1] ?? "");
}

/** Code blocks without what their comments say; where a comment stands alone, that one stands there. */
function code(text: string): string[] {
  return [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, block = ""]) => block.replace(/ *# .*$/gm, ""));
}

/** For each row of the table of commands, what is bold. */
function commands(text: string): string[][] {
  const rows = [...text.matchAll(/^\| (\*\*.*?) \| /gm)].map((match) => match[1] ?? "");
  return rows.map((row) => [...row.matchAll(/\*\*(.+?)\*\*/g)].map((match) => match[1] ?? ""));
}

function links(text: string): string[] {
  const bare = text.replace(/<!-- rules -->[\s\S]*?<!-- \/rules -->/, "");
  return [...bare.matchAll(/\]\((?!README)([^)#]+)\)/g)].map((match) => match[1] ?? "").sort();
}

test("the same sections, bullets and examples", () => {
  assert.deepEqual(headings(portuguese), headings(english));
  assert.deepEqual(code(portuguese), code(english));
  const bullets = (text: string) => text.match(/^- /gm)?.length;
  assert.equal(bullets(portuguese), bullets(english));
});

test("the same commands in the same order, by the titles that the editor shows in each language", () => {
  const keys = new Map(Object.entries(englishTitles).map(([key, title]) => [title, key]));
  const titles: Readonly<Record<string, string>> = portugueseTitles;
  const expected = commands(english).map((row) =>
    row.map((title) => {
      const key = keys.get(title);
      assert.ok(key, `no command is called ${title}`);
      return titles[key] ?? "";
    }),
  );
  assert.ok(expected.length > 15);
  assert.deepEqual(commands(portuguese), expected);
});

test("the same links, each to the page in its language where there is one", () => {
  const localised = (link: string) => {
    const other = link.replace(/^docs\//, "docs/pt-br/");
    return existsSync(new URL(other, root)) ? other : link;
  };
  assert.deepEqual(links(portuguese), links(english).map(localised).sort());
});
