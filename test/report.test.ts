import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { defaultSettings, type Settings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { baselineText, readBaseline } from "../server/project/baseline.ts";
import { browserTheme, editorTheme } from "../server/report/page-style.ts";
import { type ReadinessReport, readinessReport } from "../server/report/readiness-report.ts";
import { reportJson } from "../server/report/report-json.ts";
import { reportMarkdown } from "../server/report/report-markdown.ts";
import { reportPage } from "../server/report/report-page.ts";
import { duplicateBlock } from "../server/rules/production/duplicate-block.ts";
import { grammars } from "./grammars.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

await grammars();

const files = {
  "src/load.py": 'import sys\n\nsys.path.append("..")\n\nprint(open("/home/maria/prices.csv"))\n',
  "lab/<b>&.py": duplicateBlock.example.bad,
  "requirements.txt": "numpy\n",
};
const settings: Settings = { ...defaultSettings, stagesProduction: ["src"], stagesExperimental: ["lab"] };

function reportIn(run: (report: ReadinessReport) => void, { chosen = settings, recorded = [] as string[] } = {}): void {
  const { root, dispose } = folderWith(files);
  try {
    const workspace = new Workspace(root, chosen);
    for (const _ of workspace.scan());
    if (recorded.length > 0) {
      const found = recorded.flatMap((path) => {
        const report = workspace.report(path);
        return report ? [{ ...report, path }] : [];
      });
      const baseline = readBaseline(baselineText(found));
      assert.ok(!("error" in baseline));
      workspace.baseline = baseline;
    }
    const steps = readinessReport(workspace, {
      name: "demo",
      date: "2024-01-31",
      nameOf: (path) => path,
      foundIn: (path) => workspace.report(path) ?? { findings: [], known: [] },
    });
    let step = steps.next();
    while (!step.done) step = steps.next();
    run(step.value);
  } finally {
    dispose();
  }
}

const pillarOf = ({ pillars }: ReadinessReport, topic: string) => pillars.find((each) => each.topic === topic);

test("checks are counted by what became of them, and are all the rules", () => {
  reportIn((report) => {
    assert.deepEqual(report.files, { production: 1, undecided: 1, experimental: 1 });
    const { checks, rules } = pillarOf(report, "production") ?? {};
    assert.ok(checks && rules);
    assert.equal(checks.finding, rules.length);
    assert.ok(rules.some(({ rule }) => rule === "path-hack"));
    const serving = pillarOf(report, "serving")?.checks;
    assert.ok(serving && serving.finding === 0 && serving.idle > 0, "nothing is served here");
    const all = report.pillars.map((each) => Object.values(each.checks).reduce((sum, count) => sum + count, 0));
    assert.deepEqual(all, [18, 15, 10, 10]);
  });
});

test("a rule that is off or silent in every stage that occurs is no good check", () => {
  const off: Settings = { ...settings, rules: { "path-hack": "off" } };
  reportIn((report) => assert.equal(pillarOf(report, "production")?.checks.off, 1), { chosen: off });
  reportIn((report) => assert.ok((pillarOf(report, "production")?.checks.silent ?? 0) > 3), {
    chosen: { ...settings, stagesProduction: [], stagesExperimental: ["**"] },
  });
});

test("what was recorded is told from what is new, file by file", () => {
  reportIn((report) => assert.equal(report.trend, undefined));
  const check = (report: ReadinessReport) => {
    const { trend, places } = report;
    assert.ok(trend);
    const all = [...places.values()].flat();
    assert.equal(trend.left + trend.fresh, all.length, "today");
    assert.equal(trend.recorded, trend.left, "nothing is gone");
    assert.deepEqual(
      all.filter(({ isRecorded }) => isRecorded).map(({ path }) => path),
      all.filter(({ path }) => path === "src/load.py").map(({ path }) => path),
    );
    assert.match(reportMarkdown(report), /\(recorded\)/);
    assert.match(reportPage(report), /<th scope="col">Still there<\/th>/);
  };
  reportIn(check, { recorded: ["src/load.py"] });
});

test("the page runs no script, loads nothing, and escapes what it shows", () => {
  reportIn((report) => {
    const page = reportPage(report);
    const [, style = ""] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const digest = createHash("sha256").update(style).digest("base64");
    assert.ok(page.includes(`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`));
    assert.doesNotMatch(page, /<script|\son\w+=|\sstyle=|https?:\/\/|src=|@import/);
    assert.ok(!page.includes("<b>"));
    assert.match(page, /lab\/&#60;b&#62;&#38;\.py/);
    const shown = reportPage(report, { nonce: "abc", linkOf: ({ path, line }) => `command:x?"${path}"${line}` });
    assert.match(shown, /style-src 'nonce-abc'/);
    assert.match(shown, /<style nonce="abc">/);
    assert.match(shown, /<a href="command:x\?&#34;src\/load\.py&#34;3">src\/load\.py:3<\/a>/);
  });
});

test("the page can be heard: a language, headings in order, every section and table is named", () => {
  reportIn((report) => {
    const page = reportPage(report);
    assert.match(page, /<html lang="en">/);
    const levels = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    assert.deepEqual([levels[0], levels.filter((level) => level === 1).length], [1, 1]);
    assert.ok(
      levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1),
      "no level is left out",
    );
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    for (const [, id] of page.matchAll(/aria-labelledby="([^"]+)"/g)) assert.ok(ids.has(id), id);
    for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.has(id), id);
    for (const [cell] of page.matchAll(/<th(?: [^>]*)?>/g)) assert.match(cell, /scope="(?:col|row)"/);
    for (const [svg] of page.matchAll(/<svg[^>]*>/g)) assert.match(svg, /aria-hidden|aria-labelledby|class="bar"/);
  });
});

test("Markdown and JSON tell the same", () => {
  reportIn((report) => {
    const text = reportMarkdown(report);
    const document = JSON.parse(reportJson(report));
    for (const { rules } of document.pillars) {
      for (const { rule, count, places } of rules) {
        assert.match(text, new RegExp(`^- \\*\\*${count}\\*\\* .* \\(\`${rule}\`\\)$`, "m"));
        assert.equal(places.length, count);
      }
    }
    assert.deepEqual([document.version, document.baseline, document.duplication.classes.length], [1, null, 1]);
    assert.match(text, /\| Production code \| .* checks found nothing/);
  });
});

test("the server writes the same report, for a panel with links", async () => {
  const { root, dispose } = folderWith(files);
  try {
    await using client = await LspClient.start(root);
    const ask = (format: string, uri = client.uri("")) =>
      client.connection.sendRequest<string | null>("groundwork/report", { uri, format });
    const page = (await ask("panel")) ?? "";
    const [, link = ""] = /href="command:groundwork\.showFinding\?([^"]*load\.py[^"]*)"/.exec(page) ?? [];
    assert.equal(JSON.parse(decodeURIComponent(link))[0].uri, client.uri("src/load.py"));
    assert.doesNotMatch((await ask("html")) ?? "", /command:/);
    assert.match((await ask("md")) ?? "", /^# Production readiness: /);
    assert.ok(JSON.parse((await ask("json")) ?? "").pillars.length === 4);
    assert.equal(await ask("md", "untitled:x"), null);
  } finally {
    dispose();
  }
});

/** The contrast of two colours (WCAG 2.2, "contrast ratio"). */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b].map(luminance).sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("every text of a page has a contrast of at least 4.5 in every theme", () => {
  const blocks = [...`${browserTheme}${editorTheme}`.matchAll(/\{([^{}]*--d5:[^{}]*)\}/g)].map(([, text = ""]) => {
    const colours = [...text.matchAll(/--([\w]+): (#[0-9a-f]{6})/g)].map(
      ([, name = "", value = ""]) => [name, value] as const,
    );
    return new Map(colours);
  });
  assert.equal(blocks.length, 5);
  for (const colours of blocks) {
    const pairs = [
      ...["d0", "d1", "d2", "d3", "d4"].map((name) => ["t", name] as const),
      ["t5", "d5"] as const,
      ...["ink", "soft", "link"].flatMap((text) => ["page", "panel", "mark"].map((ground) => [text, ground] as const)),
    ];
    for (const [text, ground] of pairs) {
      const [front, back] = [colours.get(text), colours.get(ground)];
      if (!front || !back || (ground === "mark" && text !== "ink")) continue;
      assert.ok(
        contrast(front, back) >= 4.5,
        `${text} ${front} on ${ground} ${back}: ${contrast(front, back).toFixed(2)}`,
      );
    }
  }
});
