// What other people wrote (file names, code, messages with names) stays text in everything that is rendered.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Marked, type Token } from "marked";
import { codeSpan, escapedMarkdown, messageMarkdown } from "../server/core/markdown.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { promotionOf } from "../server/host/promotion.ts";
import { Workspace } from "../server/host/workspace.ts";
import { promotionPage } from "../server/project/promotion.ts";
import { readinessReport } from "../server/report/readiness-report.ts";
import { reportMarkdown } from "../server/report/report-markdown.ts";
import { reportPage } from "../server/report/report-page.ts";
import { describe } from "../server/requirements/describe.ts";
import { groundwork } from "./command-line.ts";
import { grammars } from "./grammars.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

await grammars();

const hostile = [
  "[press](command:workbench.action.terminal.new)",
  "![x](https://example.org/x.png)",
  "<img src=x onerror=alert(1)>",
  "</code><script>alert(1)</script>",
  '"onmouseover="alert(1)',
  "`[press](command:x)`",
  "``` [press](command:x)",
  "a\n\n# heading\n[x]: command:x",
  "<command:x>",
  "\\[press](command:x)",
  "&lt;script&gt;",
  "*x* _x_ **x** ~~x~~ | x |",
  "\u2028<b>\u2029",
  "1. one",
  "- one",
];

const marked = new Marked();

/** The kinds of what a Markdown text is made of, besides words and code. */
function kindsIn(markdown: string): Set<string> {
  const kinds = new Set<string>();
  const tokens = marked.lexer(markdown);
  marked.walkTokens(tokens, (token: Token) => {
    // An address that is written out leads where it says.
    if (token.type !== "link" || token.raw !== token.text) kinds.add(token.type);
  });
  return kinds;
}

suite("Markdown", () => {
  test("of a text of somebody else is a paragraph of words, and says what it said", () => {
    for (const text of hostile) {
      const escaped = escapedMarkdown(text);
      assert.deepEqual(
        [...kindsIn(escaped)].filter((kind) => !/^(?:paragraph|text|escape)$/.test(kind)),
        [],
        escaped,
      );
      const shown = marked.parse(escaped, { async: false }).replace(/<\/?(?:p|a)(?: [^>]*)?>|\n$/g, "");
      assert.equal(unescaped(shown).trim(), text.replace(/\s+/g, " ").trim());
      assert.deepEqual([...kindsIn(codeSpan(text))].sort(), ["codespan", "paragraph"], codeSpan(text));
      for (const message of [`\`${text}\` is imported and not declared`, `before \`a\` ${text} behind \`b`]) {
        const kinds = [...kindsIn(messageMarkdown(message))];
        assert.deepEqual(
          kinds.filter((kind) => !/^(?:paragraph|text|escape|codespan)$/.test(kind)),
          [],
          message,
        );
      }
      const told = { name: text, environment: text, installed: undefined, modules: [text], requiredBy: [text] };
      const installed = { name: text, version: text, summary: text, page: undefined, requires: [], extras: [] };
      for (const each of [told, { ...told, installed }]) {
        const links = marked
          .lexer(describe(each))
          .filter((token) => token.type === "paragraph")
          .at(-1);
        assert.match(links?.raw ?? "", /^\[https:.*\]\(<https:\/\/pypi\.org\/project\/[^>]*>\)$/);
        const kinds = kindsIn(describe(each).replace(links?.raw ?? "", ""));
        assert.deepEqual(
          [...kinds].filter((kind) => /^(?:link|image|html|heading|list)$/.test(kind)),
          [],
          text,
        );
      }
    }
  });
});

function unescaped(html: string): string {
  const signs: Readonly<Record<string, string>> = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&amp;": "&",
  };
  return html.replace(/&(?:lt|gt|quot|#39|amp);/g, (sign) => signs[sign] ?? sign);
}

/** Names that every file system takes, with findings and copies in the files. */
function hostileProject(): Readonly<Record<string, string>> {
  const names = [
    "[a](command:x)",
    "<img src=x onerror=alert(1)>",
    "\"'&amp;<!--",
    "`b`",
    "\u2028</script><script>",
    "_c_ ](x",
  ];
  const code = `import json
import requests


def run(path, limit):
    """Reads </script><b onclick='x'>."""
    with open(path) as stream:
        rows = json.load(stream)
    kept = []
    for row in rows:
        if row["age"] > limit:
            kept.append(row["name"] + "</script><b onclick='x'>")
    total = sum(len(name) for name in kept)
    average = total / max(1, len(kept))
    answer = requests.post("https://example.org", json={"average": average})
    answer.raise_for_status()
    print(answer.json(), total)
    return sorted(kept, key=len)
`;
  return Object.fromEntries([
    ["requirements.txt", "# </script>\nnumpy\n[a](command:x)\n"],
    ...names.flatMap((name) => [
      [`${name}/module.py`, code],
      [`${name}.py`, code],
    ]),
  ]);
}

suite("pages", { skip: process.platform === "win32" }, () => {
  test("of a project with hostile names hold no tag, link or attribute of theirs", () => {
    const folder = folderWith(hostileProject());
    using _ = { [Symbol.dispose]: folder.dispose };
    const workspace = new Workspace(folder.root, defaultSettings);
    for (const _ of workspace.scan());
    const steps = readinessReport(workspace, {
      name: "<b>[x](command:x)",
      date: "2026-01-01",
      nameOf: (path) => path,
      foundIn: (path) => ({ findings: workspace.report(path)?.findings ?? [], known: [] }),
    });
    let step = steps.next();
    while (!step.done) step = steps.next();
    const report = step.value;
    assert.ok(report.clones.classes.length > 0);
    const copies = groundwork(folder.root, "clones", "--format", "html").stdout;
    assert.ok(copies.includes("onclick"), "the page shows the code");
    const linkOf = () => "command:groundwork.showFinding";
    for (const page of [reportPage(report), reportPage(report, { nonce: "abc", linkOf }), copies]) {
      assert.match(
        page,
        /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '(?:sha256|nonce)-[^']+'; base-uri 'none'; form-action 'none'">/,
      );
      assert.doesNotMatch(
        page,
        /<(?:script|img|b|iframe|object|link|form|base)[\s>]|<[^>"]*(?:"[^"]*"[^>"]*)*\son\w+=|<!--/i,
      );
      const targets = [...page.matchAll(/\s(?:href|src|xlink:href)="([^"]*)"/g)].map(([, target = ""]) => target);
      assert.deepEqual(
        targets.filter((target) => !/^#|^command:groundwork\.showFinding$/.test(target)),
        [],
      );
    }
    const pages = [
      reportMarkdown(report),
      promotionPage(promotionOf(workspace, { path: "", isFolder: true })),
      promotionPage(promotionOf(workspace, { path: "", isFolder: true }), (each) => `${each.path}#L1`),
    ];
    for (const page of pages) {
      const tokens = marked.lexer(page);
      const links: string[] = [];
      marked.walkTokens(tokens, (token) => {
        assert.ok(!["html", "image"].includes(token.type), token.raw);
        if (token.type === "link") links.push(token.href);
      });
      assert.deepEqual(
        links.filter((link) => /^\w+:/.test(link)),
        [],
      );
    }
  });

  test("and hovers neither", async () => {
    const files = hostileProject();
    const folder = folderWith(files);
    using _ = { [Symbol.dispose]: folder.dispose };
    await using client = await LspClient.start(folder.root, undefined, "en", { docs: "file:///docs" });
    await client.scanned();
    for (const [path, text] of Object.entries(files)) {
      await client.open(path, text);
      const textDocument = { uri: client.uri(path) };
      for (const { range } of await client.pull(path)) {
        const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", {
          textDocument,
          position: range.start,
        });
        marked.walkTokens(marked.lexer(hover?.contents.value ?? ""), (token) => {
          assert.ok(!["html", "image"].includes(token.type), token.raw);
          if (token.type === "link") assert.match(token.href, /^(?:file:|https:\/\/pypi\.org\/)/);
        });
      }
    }
  });
});

interface Hover {
  readonly contents: { readonly value: string };
}
