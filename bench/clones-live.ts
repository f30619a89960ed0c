// How soon the copies of a file are known again after an edit, in a workspace of many files: `node bench/clones-live.ts FOLDER…`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CloneIndex } from "../server/clones/clone-index.ts";
import { processorTime } from "./processor-time.ts";

/** Milliseconds of processor time of the thread, which others that want its core do not lengthen. */
interface Latency {
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
}

export interface LiveBench {
  readonly lines: number;
  readonly bytesPerLine: number;
  /** Edits of random files. */
  readonly all: Latency;
  /** Edits of files of 4,000 to 6,500 lines. */
  readonly large: Latency;
}

const edits = 1000;

/** Indexes the Python files of some folders, then edits single lines of them; an edit is timed with the query behind it. */
export function benchLive(folders: readonly string[]): LiveBench {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".py"))
      .map((path) => join(folder, path)),
  );
  const index = new CloneIndex();
  const lengths = new Map<string, number>();
  for (const file of files.sort()) {
    const bytes = readFileSync(file);
    lengths.set(file, bytes.toString("latin1").split("\n").length);
    index.set(file, bytes);
  }
  const bytesPerLine = index.size / index.lines;
  const large = files.filter((file) => (lengths.get(file) ?? 0) >= 4000 && (lengths.get(file) ?? 0) <= 6500);
  const random = randomBelow(12345);
  const texts = new Map<string, string>();
  const edited = (among: readonly string[]) => {
    const file = among[random(among.length)] ?? "";
    const text = changed(texts.get(file) ?? readFileSync(file, "utf8"), random);
    texts.set(file, text);
    const bytes = Buffer.from(text);
    const start = processorTime();
    index.set(file, bytes);
    index.clonesOf(file);
    return processorTime() - start;
  };
  for (let warm = 0; warm < 200; warm++) edited(files);
  const measured = (among: readonly string[]) => latency(Array.from({ length: edits }, () => edited(among)));
  return { lines: index.lines, bytesPerLine, all: measured(files), large: measured(large) };
}

/** The text with one line lengthened, inserted or misspelt. */
function changed(text: string, random: (below: number) => number): string {
  const lines = text.split("\n");
  const at = random(lines.length);
  const line = lines[at] ?? "";
  const kind = random(3);
  if (kind === 0) lines[at] = `${line} `;
  else if (kind === 1) lines.splice(at, 0, `${line.match(/^\s*/)?.[0]}extra = compute(extra, ${random(100)})`);
  else lines[at] = line.replace(/[a-z]/, "q");
  return lines.join("\n");
}

/** A linear congruential generator: the same edits in every run. */
function randomBelow(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function latency(times: number[]): Latency {
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { median: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(benchLive(process.argv.slice(2)));
