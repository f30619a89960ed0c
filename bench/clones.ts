// Whole runs over a folder against other programs, on the same files: `node bench/clones.ts FOLDER [RUNS]`.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Command, jscpd } from "./clone-peers.ts";

const cache = fileURLToPath(new URL("../.cache/", import.meta.url));

/** Wall and CPU time in milliseconds. */
export interface CloneBench {
  readonly lines: number;
  readonly runs: number;
  readonly wall: Times;
  readonly cpu: Times;
  /** Peak resident memory in megabytes. */
  readonly memory: { readonly ours: number; readonly peer: number };
}

/**
 * Medians, and the best run of each, which a busy machine disturbs least. A ratio above 1 means that we are that many times
 * faster.
 */
export interface Times {
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly best: { readonly ours: number; readonly peer: number };
}

/** Wall and CPU time in milliseconds, peak memory in megabytes. */
export interface Measure {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

/** Runs our engine and a peer in turn over the Python files of a folder. Throws an Error when one of them fails. */
export async function benchClones(folder: string, runs = 9, peer: Command = jscpd): Promise<CloneBench> {
  return againstPeer([process.execPath, await bundled(), folder], peer(folder), folder, runs);
}

/** A whole command line on the same files, `groundwork check` or `groundwork clones`. */
export function benchCommand(command: "check" | "clones", folder: string, runs: number): CloneBench {
  const program = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));
  return againstPeer([process.execPath, program, command, "--format", "json", folder], jscpd(folder), folder, runs);
}

function againstPeer(ours: readonly string[], theirs: readonly string[], folder: string, runs: number): CloneBench {
  const mine: Measure[] = [];
  const peers: Measure[] = [];
  // A first run of ours warms the disk's cache for both.
  measured(ours);
  for (let run = 0; run < runs; run++) {
    mine.push(measured(ours));
    peers.push(measured(theirs));
  }
  return { lines: linesBelow(folder), runs, ...compared(mine, peers) };
}

function compared(ours: readonly Measure[], peers: readonly Measure[]): Pick<CloneBench, "wall" | "cpu" | "memory"> {
  const pair = (key: keyof Measure, of: (values: readonly number[]) => number) => ({
    ours: of(ours.map((one) => one[key])),
    peer: of(peers.map((one) => one[key])),
  });
  const times = (key: "wall" | "cpu") => {
    const medians = pair(key, median);
    return { ...medians, ratio: medians.peer / medians.ours, best: pair(key, (values) => Math.min(...values)) };
  };
  return { wall: times("wall"), cpu: times("cpu"), memory: pair("memory", median) };
}

async function bundled(): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const outfile = join(cache, "clones-run.cjs");
  const entry = fileURLToPath(new URL("clones-run.ts", import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "cjs", minify: true });
  return outfile;
}

/** Runs a program once; throws an Error unless it exits with 0 or 1. */
export function measured(command: readonly string[]): Measure {
  const result = spawnSync("python3", ["-c", stopwatch, ...command], { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${command[0]} failed: ${result.stderr || result.error}`);
  return JSON.parse(result.stdout);
}

/** Runs a command and prints its wall time, its CPU time (milliseconds) and its peak memory (megabytes). */
const stopwatch = `
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
wall = time.perf_counter() - start
if done.returncode not in (0, 1):
    sys.exit(done.stderr or done.returncode)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = used.ru_utime + used.ru_stime
print(json.dumps({"wall": wall * 1000, "cpu": cpu * 1000, "memory": used.ru_maxrss / 1024}))
`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function linesBelow(folder: string): number {
  let lines = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".py")) continue;
    for (const byte of readFileSync(join(entry.parentPath, entry.name))) if (byte === 10) lines++;
  }
  return lines;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, runs] = process.argv.slice(2);
  if (!folder) throw new Error("usage: node bench/clones.ts FOLDER [RUNS]");
  console.log(JSON.stringify(await benchClones(folder, runs ? Number(runs) : undefined), undefined, 2));
}
