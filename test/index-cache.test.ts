import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { defaultSettings } from "../server/core/settings.ts";
import { indexCacheOf, readIndexCache, writeIndexCache } from "../server/host/index-cache.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageNamed } from "../server/languages.ts";
import { duplicateBlock } from "../server/rules/production/duplicate-block.ts";
import { grammars } from "./grammars.ts";
import { folderWith, LspClient, pullCapabilities } from "./lsp-client.ts";

const copied = duplicateBlock.example.bad;
const files = {
  "a.py": copied,
  "src/b.py": `import scipy\n\n\n${copied.replaceAll("table", "rows")}`,
  "src/model.py": "import sklearn\nmodel = sklearn.svm.SVC()\nmodel.fit(x, y)\nprint('score', model.score(x, y))\n",
  "quiet.py": `x = 1\n${copied.replace('sep=";")\n', 'sep=";")  # groundwork: ignore[duplicate-block]\n')}`,
  "setup.py": "from setuptools import setup\nsetup(name='a', install_requires=['numpy'])\n",
  "requirements.txt": "pandas==2.2.2\n",
};

/** Long ago, so that the files are not taken for ones that may still change. */
const past = new Date(2020, 1, 1);

function age(root: string): void {
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), past, past);
  }
}

async function inProject(run: (root: string, cache: string) => Promise<void>): Promise<void> {
  await grammars();
  const { root, dispose } = folderWith(files);
  const storage = folderWith({});
  try {
    age(root);
    await run(root, indexCacheOf(storage.root, root));
  } finally {
    dispose();
    storage.dispose();
  }
}

async function scanned(root: string, cache?: string): Promise<Workspace> {
  const workspace = new Workspace(root, defaultSettings);
  const records = cache === undefined ? new Map() : await readIndexCache(cache, root);
  for (const _ of workspace.scan("", records));
  return workspace;
}

/** Everything that a workspace says. */
function said(workspace: Workspace) {
  return {
    paths: workspace.paths,
    lines: workspace.lines,
    clones: workspace.clones(),
    findings: workspace.paths.map((path) => [path, workspace.check(path)]),
    learning: workspace.paths.map((path) => workspace.project.learningIn(path)),
  };
}

const write = (cache: string, workspace: Workspace) => writeIndexCache(cache, workspace.root, workspace.records());

describe("the cache of the index", () => {
  test("a workspace made of it says what one says that read every file", async () => {
    await inProject(async (root, cache) => {
      const fresh = await scanned(root);
      await write(cache, fresh);
      assert.deepEqual([...(await readIndexCache(cache, root)).keys()].sort(), [
        "a.py",
        "setup.py",
        "src/b.py",
        "src/model.py",
      ]);
      const again = await scanned(root, cache);
      assert.deepEqual(said(again), said(fresh));
      assert.ok(said(fresh).clones.length > 0 && said(fresh).learning.some(Boolean));
      again.open("a.py", languageNamed("python"), "x = 1\n");
      again.remove("src/model.py");
      fresh.open("a.py", languageNamed("python"), "x = 1\n");
      fresh.remove("src/model.py");
      assert.deepEqual(said(again), said(fresh));
    });
  });

  test("a file with the same size and time is not read; any other is", async () => {
    await inProject(async (root, cache) => {
      await write(cache, await scanned(root));
      const path = join(root, "a.py");
      const other = copied.replaceAll(/\S/g, "x");
      writeFileSync(path, other);
      utimesSync(path, past, past);
      const believed = await scanned(root, cache);
      assert.ok(believed.clonesOf("a.py").length > 0);
      utimesSync(path, past, new Date(2021, 1, 1));
      assert.equal((await scanned(root, cache)).clonesOf("a.py").length, 0);
      writeFileSync(path, `${other}\n`);
      utimesSync(path, past, past);
      assert.equal((await scanned(root, cache)).clonesOf("a.py").length, 0);
      rmSync(path);
      assert.ok(!(await scanned(root, cache)).paths.includes("a.py"));
    });
  });

  test("what is open, or was written a moment ago, is not kept", async () => {
    await inProject(async (root, cache) => {
      const workspace = await scanned(root);
      workspace.open("a.py", languageNamed("python"), "x = 1\n");
      const now = new Date();
      utimesSync(join(root, "setup.py"), now, now);
      workspace.refresh("setup.py");
      await write(cache, workspace);
      assert.deepEqual([...(await readIndexCache(cache, root)).keys()].sort(), ["src/b.py", "src/model.py"]);
    });
  });

  test("one that is cut off, changed, another folder's or none knows nothing", async () => {
    await inProject(async (root, cache) => {
      await write(cache, await scanned(root));
      const whole = readFileSync(cache);
      const size = async (bytes: Uint8Array, folder = root) => {
        writeFileSync(cache, bytes);
        return (await readIndexCache(cache, folder)).size;
      };
      assert.equal(await size(whole), 4);
      assert.equal(await size(whole, dirname(root)), 0);
      for (let length = 0; length < whole.length; length += 97) assert.equal(await size(whole.subarray(0, length)), 0);
      for (let at = 0; at < whole.length; at += 101) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ 0x55;
        assert.equal(await size(changed), 0, `byte ${at}`);
      }
      rmSync(cache);
      assert.equal((await readIndexCache(cache, root)).size, 0);
    });
  });

  test("one that cannot be written leaves the old one", async () => {
    await inProject(async (root, cache) => {
      const workspace = await scanned(root);
      await write(cache, workspace);
      const before = statSync(cache).size;
      const failing = (function* () {
        yield* workspace.records();
        throw new Error("the disk is full");
      })();
      await assert.rejects(writeIndexCache(cache, root, failing), /disk is full/);
      assert.deepEqual(readdirSync(dirname(cache)).length, 1);
      assert.equal(statSync(cache).size, before);
    });
  });

  test("the server writes it into the folder that the client names, and nowhere otherwise", async () => {
    await inProject(async (root, cache) => {
      {
        await using client = await LspClient.start(root);
        await client.scanned();
      }
      assert.ok(!existsSync(cache));
      await using client = await LspClient.start(root, pullCapabilities, "en", { storage: dirname(cache) });
      await client.scanned();
      while (!existsSync(cache)) await new Promise((resolve) => setTimeout(resolve, 5));
      assert.equal((await readIndexCache(cache, root)).size, 4);
    });
  });
});
