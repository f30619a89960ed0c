import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Finding } from "../server/core/rule.ts";
import { baselineText, comparedWith, readBaseline } from "../server/project/baseline.ts";
import { groundwork, inFolder } from "./command-line.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

function findingAt(text: string, source: string, rule = "path-hack"): Finding {
  const start = text.indexOf(source);
  assert.ok(start >= 0, source);
  const at = { start, end: start + source.length };
  return { rule, topic: "production", severity: "hint", message: `at ${start}`, at };
}

function recorded(path: string, text: string, findings: readonly Finding[]) {
  const baseline = readBaseline(baselineText([{ path, text, findings }]));
  assert.ok(!("error" in baseline));
  return baseline;
}

describe("recorded findings", () => {
  const text = "import sys\nsys.path.append(1)\nsys.path.append(2)\n";
  const findings = [findingAt(text, "sys.path.append(1)"), findingAt(text, "sys.path.append(2)")];

  test("are known again wherever their lines have moved, and however they are indented", () => {
    const baseline = recorded("a.py", text, findings);
    const line = fc.constantFrom("", "# more", "x = 1", "\tprint(3)");
    fc.assert(
      fc.property(fc.array(line), fc.array(line), fc.constantFrom("", "    ", "\t"), (above, between, indentation) => {
        const moved = [...above, `${indentation}sys.path.append(1)`, ...between, "sys.path.append(2)", ""].join("\n");
        const now = [findingAt(moved, "sys.path.append(1)"), findingAt(moved, "sys.path.append(2)")];
        assert.deepEqual(comparedWith(baseline, "a.py", moved, now), { fresh: [], known: now, gone: 0 });
      }),
      { seed: 9, numRuns: 100 },
    );
  });

  test("count: one more of the same is new, one less is gone", () => {
    const baseline = recorded("a.py", text, findings);
    const [first, second] = findings;
    assert.ok(first && second);
    assert.deepEqual(comparedWith(baseline, "a.py", text, [first, first, second]).fresh, [first]);
    assert.deepEqual(comparedWith(baseline, "a.py", text, [second]), { fresh: [], known: [second], gone: 1 });
  });

  test("hold for their file and their rule only", () => {
    const baseline = recorded("a.py", text, findings);
    assert.deepEqual(comparedWith(baseline, "b.py", text, findings), { fresh: findings, known: [], gone: 0 });
    const other = findings.map((each) => ({ ...each, rule: "user-path" }));
    assert.deepEqual(comparedWith(baseline, "a.py", text, other), { fresh: other, known: [], gone: 2 });
  });

  test("are written in one order, and say nothing of the code", () => {
    const files = [
      { path: "b.py", text, findings },
      { path: "a.py", text, findings: findings.toReversed() },
    ];
    assert.equal(baselineText(files), baselineText(files.toReversed()));
    assert.doesNotMatch(baselineText(files), /append/);
  });

  test("a file of another form is refused", () => {
    for (const wrong of ["", "[]", "{}", '{"version": 2, "findings": {}}', '{"version": 1}'])
      assert.ok("error" in readBaseline(wrong), wrong);
  });
});

function check(root: string, ...args: readonly string[]) {
  const { stdout } = groundwork(root, "check", "--format", "json", ...args);
  return JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string; readonly file: string }[] };
}

describe("on the command line", () => {
  const hack = "import sys\n\nsys.path.append('x')\n";

  test("recorded once, only what is new is told; what is gone is told, too", () => {
    inFolder({ "a.py": hack, "b.py": hack }, (root) => {
      const recording = groundwork(root, "check", "--record-baseline");
      assert.equal(recording.status, 0);
      assert.match(recording.stderr, /Findings recorded in groundwork-baseline\.json: 2\./);
      const rules = () => check(root, "--baseline").findings.map(({ rule, file }) => `${file} ${rule}`);
      assert.deepEqual(rules(), []);
      writeFileSync(join(root, "a.py"), `${hack}sys.path.insert(0, 'y')\n`);
      assert.deepEqual(rules(), ["a.py path-hack"]);
      assert.equal(check(root).findings.length, 3);
      writeFileSync(join(root, "b.py"), "x = 1\n");
      // Of a part, nothing is said of what was not looked at.
      assert.doesNotMatch(groundwork(root, "check", "--baseline", "a.py").stderr, /gone/);
      rmSync(join(root, "b.py"));
      const stale = groundwork(root, "check", "--baseline");
      assert.match(stale.stderr, /groundwork-baseline\.json: one recorded finding is gone; record it again/);
      assert.equal(stale.status, 1);
      writeFileSync(join(root, "a.py"), "x = 1\n");
      assert.match(groundwork(root, "check", "--baseline").stderr, /2 recorded findings are gone/);
    });
  });

  test("without a baseline everything is told, and why", () => {
    inFolder({ "a.py": hack }, (root) => {
      const { status, stderr } = groundwork(root, "check", "--baseline");
      assert.match(stderr, /there is no groundwork-baseline\.json/);
      assert.equal(status, 1);
    });
  });
});

test("in the editor, recording makes the findings go, and a new one come", async () => {
  const hack = "import sys\n\nsys.path.append('x')\n";
  const folder = folderWith({ "a.py": hack });
  try {
    await using client = await LspClient.start(folder.root);
    await client.open("a.py", hack);
    await client.scanned();
    assert.equal((await client.pull("a.py")).length, 1);
    await client.connection.sendRequest("workspace/executeCommand", {
      command: "groundwork.server.recordFindings",
      arguments: [client.uri("")],
    });
    assert.ok(existsSync(join(folder.root, "groundwork-baseline.json")));
    assert.match(readFileSync(join(folder.root, "groundwork-baseline.json"), "utf8"), /"path-hack"/);
    assert.deepEqual(await client.pull("a.py"), []);
    await client.change("a.py", [0, 0, 0, 0, "# above\n"], [4, 0, 4, 0, "sys.path.append('z')\n"]);
    const found = await client.pull("a.py");
    assert.deepEqual(
      found.map((each) => each.range.start.line),
      [4],
    );
  } finally {
    folder.dispose();
  }
});
