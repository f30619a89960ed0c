import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../server/core/rule.ts";
import type { PlacedFinding, ReadinessAnswer } from "../server/lsp/readiness.ts";
import { pillarsOf } from "../server/project/readiness.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

type Counted = Pick<Finding, "rule" | "topic" | "severity">;

const finding = (rule: string, severity: Finding["severity"] = "hint"): Counted => ({
  rule,
  topic: "production",
  severity,
});

test("findings are counted by pillar, stage, rule and file; the gravest rule stands first", () => {
  const rules = [{ name: "a", summary: () => "About a" }];
  const files = [
    { file: "x.py", stage: "production", findings: [finding("a"), finding("b"), finding("a")] },
    { file: "y.py", stage: "undecided", findings: [finding("a", "error")] },
  ] as const;
  const [environment, production, ...others] = pillarsOf(files, rules);
  assert.deepEqual(environment?.rules, []);
  assert.deepEqual(
    others.map(({ topic }) => topic),
    ["baseline", "serving"],
  );
  assert.deepEqual(production?.stages, { production: 3, undecided: 1, experimental: 0 });
  assert.deepEqual(production.rules, [
    {
      rule: "a",
      summary: "About a",
      severity: "error",
      count: 3,
      files: [
        { file: "x.py", stage: "production", count: 2 },
        { file: "y.py", stage: "undecided", count: 1 },
      ],
    },
    { rule: "b", summary: "b", severity: "hint", count: 1, files: [{ file: "x.py", stage: "production", count: 1 }] },
  ]);
});

const smelly = 'import sys\n\nsys.path.append("..")\n';
const cell = (source: string) => ({ cell_type: "code", metadata: {}, outputs: [], execution_count: null, source });
const files = {
  "pyproject.toml": "[tool.groundwork.stages]\nexperimental = ['lab']\nproduction = ['src']\n",
  "lab/a.py": smelly,
  "src/b.py": smelly,
  "notes.ipynb": JSON.stringify({
    cells: [cell("x = 1"), cell("y = 2\n!pip install numpy")],
    metadata: { language_info: { name: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  }),
};

async function inFolder(run: (client: LspClient) => Promise<void>, more: Record<string, string> = {}): Promise<void> {
  const { root, dispose } = folderWith({ ...files, ...more });
  try {
    await using client = await LspClient.start(root);
    await run(client);
  } finally {
    dispose();
  }
}

const readiness = (client: LspClient) => client.connection.sendRequest<ReadinessAnswer>("groundwork/readiness");
const findingsIn = (client: LspClient, path: string, rule: string) =>
  client.connection.sendRequest<PlacedFinding[]>("groundwork/findingsIn", { uri: client.uri(path), rule });
const ruleNamed = ({ pillars }: ReadinessAnswer, name: string) =>
  pillars.flatMap(({ rules }) => rules).find(({ rule }) => rule === name);

test("the server answers with counts, then with the findings of a file", async () => {
  await inFolder(async (client) => {
    const answer = await readiness(client);
    assert.deepEqual(answer.files, { production: 1, undecided: 1, experimental: 1 });
    assert.deepEqual(ruleNamed(answer, "path-hack")?.files, [
      { file: client.uri("lab/a.py"), stage: "experimental", count: 1 },
      { file: client.uri("src/b.py"), stage: "production", count: 1 },
    ]);
    const [found, ...others] = await findingsIn(client, "src/b.py", "path-hack");
    assert.deepEqual(
      [found?.uri, found?.range.start, found?.cell],
      [client.uri("src/b.py"), { line: 2, character: 0 }, undefined],
    );
    assert.deepEqual(others, []);
    const [installed] = await findingsIn(client, "notes.ipynb", "pip-in-notebook");
    assert.deepEqual([installed?.cell, installed?.range.start.line], [1, 1]);
    assert.deepEqual(await findingsIn(client, "gone.py", "path-hack"), []);
  });
});

test("who has asked is told of changes; recorded findings are counted apart", async () => {
  await inFolder(async (client) => {
    await readiness(client);
    const told = client.told("groundwork/findingsChanged");
    await client.open("src/b.py", "");
    await told;
    assert.equal(ruleNamed(await readiness(client), "path-hack")?.count, 1);
    await client.close("src/b.py");
    const before = await readiness(client);
    const count = before.pillars.flatMap(({ rules }) => rules).reduce((sum, rule) => sum + rule.count, 0);
    assert.ok(count > 1 && before.recorded === 0);
    const command = "groundwork.server.recordFindings";
    await client.connection.sendRequest("workspace/executeCommand", { command, arguments: [client.uri("")] });
    const after = await readiness(client);
    assert.deepEqual([after.recorded, after.pillars.flatMap(({ rules }) => rules)], [count, []]);
  });
});

test("a finding is ignored where it starts, unless it stands in a notebook that is not open", async () => {
  await inFolder(async (client) => {
    await client.scanned();
    const ignore = (...values: readonly unknown[]) =>
      client.connection.sendRequest("workspace/executeCommand", {
        command: "groundwork.server.ignoreFinding",
        arguments: values,
      });
    assert.equal(await ignore(client.uri("src/b.py"), 2, undefined, "path-hack"), true);
    const [change] = client.edits[0]?.documentChanges ?? [];
    assert.match(JSON.stringify(change), /groundwork: ignore\[path-hack\]/);
    assert.equal(await ignore(client.uri("notes.ipynb"), 1, 1, "pip-in-notebook"), false);
    assert.equal(await ignore(client.uri("src/b.py"), 2, undefined, "no-rule"), false);
    assert.equal(client.edits.length, 1);
  });
});
