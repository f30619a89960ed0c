import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { defaultSettings } from "../server/core/settings.ts";
import { ScanThreads } from "../server/host/scan-threads.ts";
import { scanInThreads } from "../server/host/threaded-scan.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageNamed } from "../server/languages.ts";
import { duplicateBlock } from "../server/rules/production/duplicate-block.ts";
import { grammars } from "./grammars.ts";
import { folderWith } from "./lsp-client.ts";

const copied = duplicateBlock.example.bad;

/** More than one part, with everything that a thread leaves to the workspace. */
const files: Record<string, string> = {
  "a.py": copied,
  "b/typed.pyi": "def f(x: int) -> int: ...\n",
  "b/loaded.py": `import scipy\nhome = "/home/maria/x.csv"\n\n${copied.replaceAll("table", "rows")}`,
  "model.py": "import sklearn\nmodel = sklearn.svm.SVC()\nmodel.fit(x, y)\nprint('score', model.score(x, y))\n",
  "quiet.py": `x = 1\n${copied.replace('sep=";")\n', 'sep=";")  # groundwork: ignore[duplicate-block]\n')}`,
  "latin.py": "# -*- coding: latin-1 -*-\nname = 'x'\n",
  "setup.py": "from setuptools import setup\nsetup(name='a', install_requires=['numpy'])\n",
  "script.py": "# /// script\n# dependencies = ['rich']\n# ///\nimport rich\n",
  "requirements.txt": "pandas==2.2.2\n",
  "empty.py": "",
  "notebook.ipynb": JSON.stringify({
    cells: [{ cell_type: "code", metadata: {}, source: copied, outputs: [], execution_count: null }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  }),
};
for (let number = 0; number < 80; number++) {
  files[`many/module_${number}.py`] = `import package_${number}\n\n\nclass Only${number}:\n    value = ${number}\n`;
}

async function inFolder(run: (root: string) => Promise<void>): Promise<void> {
  await grammars();
  const { root, dispose } = folderWith(files);
  try {
    writeFileSync(join(root, "broken.py"), Buffer.from([0x78, 0x3d, 0xff, 0x0a]));
    await run(root);
  } finally {
    dispose();
  }
}

interface How {
  readonly isHelping: boolean;
  readonly program?: URL;
  readonly most?: number;
}

async function scanned(root: string, { isHelping, program, most = 2 }: How): Promise<Workspace> {
  using threads = new ScanThreads(most, program);
  const workspace = new Workspace(root, defaultSettings);
  for await (const _ of scanInThreads(workspace, { threads, isHelping }));
  return workspace;
}

/** Everything that a workspace knows, in the order in which it learnt it. */
function known(workspace: Workspace) {
  return {
    paths: workspace.paths,
    lines: workspace.lines,
    errors: [...workspace.errors.values()],
    records: [...workspace.records()],
    clones: workspace.clones(),
    findings: Object.keys(files).map((path) => (path.startsWith("many/") ? [] : workspace.check(path))),
    learning: workspace.paths.map((path) => workspace.project.learningIn(path)),
  };
}

describe("a scan in threads", () => {
  test("learns what one in this thread learns, whoever reads", async () => {
    await inFolder(async (root) => {
      const plain = new Workspace(root, defaultSettings);
      for (const _ of plain.scan());
      const expected = known(plain);
      assert.ok(expected.clones.length > 0 && expected.errors.length === 1 && expected.records.length > 80);
      const missing = new URL("there-is-no-such-program.ts", import.meta.url);
      const ways: How[] = [
        { isHelping: false },
        { isHelping: true },
        { isHelping: false, most: 0 },
        { isHelping: false, program: missing },
      ];
      for (const way of ways) assert.deepEqual(known(await scanned(root, way)), expected);
    });
  });

  test("takes what changed meanwhile as it stands now, and open documents as they are", async () => {
    await inFolder(async (root) => {
      using threads = new ScanThreads(1);
      const workspace = new Workspace(root, defaultSettings);
      workspace.open("a.py", languageNamed("python"), "open = 1\n");
      let isFirst = true;
      for await (const _ of scanInThreads(workspace, { threads, isHelping: false })) {
        if (!isFirst) continue;
        isFirst = false;
        rmSync(join(root, "many/module_0.py"));
        writeFileSync(join(root, "many/module_1.py"), "changed = 1\n");
        for (const number of [0, 1]) workspace.refresh(`many/module_${number}.py`);
      }
      const fresh = new Workspace(root, defaultSettings);
      fresh.open("a.py", languageNamed("python"), "open = 1\n");
      for (const _ of fresh.scan());
      assert.deepEqual(known(workspace).findings, known(fresh).findings);
      assert.equal(workspace.lines, fresh.lines);
      assert.deepEqual(workspace.paths, fresh.paths);
    });
  });

  test("ends when the workspace starts anew", async () => {
    await inFolder(async (root) => {
      using threads = new ScanThreads(1);
      const workspace = new Workspace(root, defaultSettings);
      for await (const _ of scanInThreads(workspace, { threads, isHelping: false })) {
        if (workspace.paths.length > 1) workspace.reset({ ...defaultSettings, exclude: ["many"] });
      }
      assert.equal(workspace.project.dependencies, undefined);
      assert.ok(workspace.paths.length < 80);
    });
  });
});
