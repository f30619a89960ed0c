// Several who write to one file at once: whoever comes too late is told, and nobody's line is lost.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { program } from "../command-line.ts";
import { at } from "../fuzz/mutate.ts";
import { folderWith } from "../lsp-client.ts";
import { chanceOf } from "../refactorings/random-places.ts";

/** What was lost, or left lying about; undefined where nothing was. */
export async function crowd(seed: number, rounds: number): Promise<string | undefined> {
  const chance = chanceOf(seed);
  const { root, dispose } = folderWith({ "requirements.txt": "" });
  const path = join(root, "requirements.txt");
  try {
    for (let round = 0; round < rounds; round++) {
      const lines = Array.from({ length: 300 }, (_, index) => `package-${(index * 7919) % 1000}==1.${round}`);
      writeFileSync(path, `${lines.join("\n")}\n`);
      const running = [
        ["sort", "--write", "requirements.txt"],
        ["check", "--fix", "requirements.txt"],
        ["sort", "--write", "requirements.txt"],
      ].map((args) => once(spawn(process.execPath, [program, ...args], { cwd: root, stdio: "ignore" }), "exit"));
      let isOver = false;
      const all = Promise.all(running).then(() => {
        isOver = true;
      });
      for (let each = 0; !isOver; each++) {
        const line = `written-by-hand-${each}==1.0`;
        appendFileSync(path, `${line}\n`);
        lines.push(line);
        await setTimeout(at(30, chance));
      }
      await all;
      const text = readFileSync(path, "utf8");
      const lost = lines.filter((line) => !text.split("\n").includes(line));
      if (lost.length > 0) return `round ${round}: lost are ${lost.join(", ")}`;
      const others = readdirSync(root).filter((name) => name !== "requirements.txt");
      if (others.length > 0) return `round ${round}: left behind is ${others.join(", ")}`;
    }
    return undefined;
  } finally {
    dispose();
  }
}
