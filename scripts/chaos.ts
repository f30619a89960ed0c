// `npm run chaos [-- --seed S] [--deaths N] [--rounds N]`: the built server is killed and what it keeps is damaged, disks are
// full or may not be written to, clocks jump, and several write to one file. Needs `npm run build`.
import { parseArgs } from "node:util";
import { jumps } from "../test/chaos/clock.ts";
import { crowd } from "../test/chaos/crowd.ts";
import { deaths } from "../test/chaos/deaths.ts";
import { cacheOnFullDisk, onFullDisk, onReadOnlyFiles, onReadOnlyFolders } from "../test/chaos/disk.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    deaths: { type: "string", default: "60" },
    rounds: { type: "string", default: "20" },
  },
});
const [seed, rounds] = [Number(values.seed), Number(values.rounds)];

const tries: Readonly<Record<string, () => Promise<string | undefined>>> = {
  "killed servers": () =>
    deaths({
      seed,
      deaths: Number(values.deaths),
      onDeath: (count, damage) => console.log(`  death ${count}; what was kept is ${damage}`),
    }),
  "jumping clocks": () => jumps(seed, 5 * rounds),
  "several who write": () => crowd(seed, rounds),
  "a full disk": () => told(onFullDisk()),
  "a cache on a full disk": cacheOnFullDisk,
  "read-only files": () => told(onReadOnlyFiles()),
  "read-only folders": () => told(onReadOnlyFolders()),
};

for (const [name, run] of Object.entries(tries)) {
  console.log(`${name} (seed ${seed})`);
  const failure = await run();
  if (failure === undefined) continue;
  console.log(failure);
  process.exitCode = 1;
}
process.exit();

async function told(steps: Iterable<string>): Promise<string | undefined> {
  try {
    for (const step of steps) console.log(`  ${step}`);
    return undefined;
  } catch (error) {
    return String(error);
  }
}
