// A server that is killed in the middle of its work, and whose files are then damaged: the next one must say what a
// server says that never knew any of it.
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { at, one } from "../fuzz/mutate.ts";
import { folderWith } from "../lsp-client.ts";
import { type Chance, chanceOf } from "../refactorings/random-places.ts";
import { asProcess, inThisProcess } from "../soak/connect.ts";
import { Editor } from "../soak/editor.ts";
import { firstFiles, firstFolders, randomOperation } from "../soak/operations.ts";
import { difference } from "../soak/soak.ts";

export interface DeathOptions {
  readonly seed: number;
  readonly deaths: number;
  onDeath?(count: number, damage: string): void;
}

/** What the server said otherwise than a fresh one; undefined where nothing was. */
export async function deaths({ seed, deaths: count, onDeath }: DeathOptions): Promise<string | undefined> {
  const chance = chanceOf(seed);
  const { root, dispose } = folderWith(firstFiles(chance));
  const storage = folderWith({});
  let editor = new Editor(root, firstFolders);
  editor.storage = storage.root;
  let server = await asProcess();
  try {
    await editor.connect(server.connection);
    for (let death = 1; death <= count; death++) {
      // Half of them die while they still read the folders for the first time.
      if (chance() < 0.5) await editor.said(server.connection);
      for (let left = at(40, chance); left > 0; left--) await editor.apply(randomOperation(editor, chance));
      await setTimeout(at(60, chance));
      await killed(server);
      const damage = damaged(storage.root, chance);
      onDeath?.(death, damage);
      editor = editor.again();
      editor.storage = storage.root;
      server = await asProcess();
      await editor.connect(server.connection);
      const reason = await difference(editor, server, inThisProcess);
      if (reason !== undefined) return `death ${death}, ${damage}:\n${reason}`;
    }
    return undefined;
  } finally {
    server.child?.kill("SIGKILL");
    dispose();
    storage.dispose();
  }
}

async function killed({ child, connection }: Awaited<ReturnType<typeof asProcess>>): Promise<void> {
  if (!child) return;
  // What is still on its way to it goes nowhere.
  child.stdin?.on("error", () => undefined);
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  connection.dispose();
}

/** Does something to the files that the server keeps; says what. */
function damaged(folder: string, chance: Chance): string {
  const done = readdirSync(folder).map((name) => {
    const file = join(folder, name);
    if (statSync(file).isDirectory()) {
      rmSync(file, { recursive: true });
      return "no folder any more";
    }
    const bytes = readFileSync(file);
    const place = at(bytes.length, chance);
    const ways: Readonly<Record<string, () => void>> = {
      left: () => undefined,
      "cut off": () => writeFileSync(file, bytes.subarray(0, place)),
      emptied: () => writeFileSync(file, ""),
      garbled: () => {
        bytes.subarray(place, place + 1 + at(20, chance)).fill(at(256, chance));
        writeFileSync(file, bytes);
      },
      lengthened: () => writeFileSync(file, Buffer.concat([bytes, bytes.subarray(place)])),
      "of another version": () => writeFileSync(file, Buffer.concat([Buffer.from("groundwork index\nv1"), bytes])),
      nonsense: () => writeFileSync(file, Buffer.from(Array.from({ length: 500 }, () => at(256, chance)))),
      "beside a leftover": () => writeFileSync(`${file}.${2 ** 22 + at(1000, chance)}`, bytes.subarray(0, place)),
      "a folder": () => {
        rmSync(file, { recursive: true });
        mkdirSync(file);
      },
    };
    const way = one(Object.keys(ways), chance);
    ways[way]?.();
    return way;
  });
  return done.join(", ") || "nothing was kept yet";
}
