// Clocks that jump: files of the future and of the past, of the same time and another size, and a clock that goes back.
import { readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { defaultSettings } from "../../server/core/settings.ts";
import { indexCacheOf, readIndexCache, writeIndexCache } from "../../server/host/index-cache.ts";
import { Workspace } from "../../server/host/workspace.ts";
import { at, one } from "../fuzz/mutate.ts";
import { grammars } from "../grammars.ts";
import { folderWith } from "../lsp-client.ts";
import { type Chance, chanceOf } from "../refactorings/random-places.ts";
import { firstFiles } from "../soak/operations.ts";

const day = 24 * 3600 * 1000;
const years = 365 * day;

/** How a start from the cache differs from one without it; undefined where it never does. */
export async function jumps(seed: number, rounds: number): Promise<string | undefined> {
  await grammars();
  const chance = chanceOf(seed);
  const { root, dispose } = folderWith(firstFiles(chance));
  const storage = folderWith({});
  const cache = indexCacheOf(storage.root, root);
  const now = Date.now;
  try {
    for (let round = 0; round < rounds; round++) {
      const drift = one([0, -20 * years, -day, 20 * years], chance);
      Date.now = () => now() + drift;
      for (const path of filesIn(root)) if (chance() < 0.3) changed(path, chance, now());
      const records = await readIndexCache(cache, root);
      const [kept, fresh] = [scanned(root, records), scanned(root, new Map())];
      if (!isDeepStrictEqual(said(kept), said(fresh))) return `round ${round}: what was kept is not true any more`;
      await writeIndexCache(cache, root, kept.records());
    }
    return undefined;
  } finally {
    Date.now = now;
    dispose();
    storage.dispose();
  }
}

/** Another text, at a time that tells nothing of it: but a file of the same size and time is the same. */
function changed(path: string, chance: Chance, now: number): void {
  const { mtime, size } = statSync(path);
  const text = path.endsWith(".ipynb") ? "" : `${"# x\n".repeat(1 + at(9, chance))}import numpy as np\n`;
  if (text !== "") writeFileSync(path, text);
  const time = one([mtime, new Date(0), new Date(now - 5 * years), new Date(now + 50 * years), new Date(now)], chance);
  const isSame = time === mtime && text.length === size;
  utimesSync(path, time, isSame ? new Date(now - day) : time);
}

function filesIn(root: string): readonly string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
}

function scanned(root: string, records: Awaited<ReturnType<typeof readIndexCache>>): Workspace {
  const workspace = new Workspace(root, defaultSettings);
  for (const _ of workspace.scan("", records));
  return workspace;
}

function said(workspace: Workspace): unknown {
  return workspace.paths.map((path) => [path, workspace.check(path)]);
}
