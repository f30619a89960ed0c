import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import manifest from "../package.json" with { type: "json" };
import english from "../package.nls.json" with { type: "json" };
import portuguese from "../package.nls.pt-br.json" with { type: "json" };

const root = new URL("../", import.meta.url);
const [walkthrough] = manifest.contributes.walkthroughs;
const steps = walkthrough?.steps ?? [];
const sources = ["client/milestones.ts"].map((path) => readFileSync(new URL(path, root), "utf8")).join();

function textOf(texts: Readonly<Record<string, string>>, key: string): string {
  return texts[key.slice(1, -1)] ?? "";
}

/** The commands that a description leads to, with their arguments. */
function linksIn(description: string): string[] {
  return [...description.matchAll(/\]\(command:([^)]+)\)/g)].map((match) => match[1] ?? "");
}

test("one step for each tutorial, whose buttons run commands that exist, the same in both languages", () => {
  assert.equal(steps.length, 4);
  const views = manifest.contributes.views.groundwork.map(({ id }) => `${id}.focus`);
  const known = new Set([...manifest.contributes.commands.map(({ command }) => command), ...views]);
  for (const { description } of steps) {
    const links = linksIn(textOf(english, description));
    assert.ok(links.length >= 2, description);
    for (const link of links) assert.ok(known.has(link.split("?")[0] ?? ""), link);
    assert.deepEqual(linksIn(textOf(portuguese, description)), links, description);
    for (const texts of [english, portuguese]) assert.ok(!textOf(texts, description).includes("`"), "shown as it is");
  }
});

test("each step leads to its page, in both languages", () => {
  for (const { id, description } of steps) {
    const link = `groundwork.openGuide?${encodeURIComponent(JSON.stringify([id]))}`;
    assert.ok(linksIn(textOf(english, description)).includes(link), id);
    for (const folder of ["docs/guide", "docs/pt-br/guide"])
      assert.ok(existsSync(new URL(`${folder}/${id}.md`, root)), id);
  }
});

test("each step waits for what the extension sets when it was really done", () => {
  for (const { completionEvents } of steps) {
    const keys = completionEvents.flatMap((event) => event.replace("onContext:", "").split(" && "));
    assert.ok(keys.length > 0);
    for (const key of keys) assert.ok(sources.includes(`"${key}"`), key);
  }
});

test("the pictures follow the theme: colours are variables of it, and words that are read are in the alternative text", () => {
  for (const { media } of steps) {
    const picture = readFileSync(new URL(media.svg, root), "utf8");
    assert.equal(picture.replace(/var\(--vscode-[^;"]*/g, "").match(/#[0-9a-f]{3,8}\b/gi), null, media.svg);
    // VS Code's policy lets neither a style element nor a style attribute through: the picture would be black.
    assert.doesNotMatch(picture, /<script|<style|\s(?:style|class|href)=|url\(/);
    for (const texts of [english, portuguese]) assert.ok(textOf(texts, media.altText).length > 60, media.svg);
  }
});
