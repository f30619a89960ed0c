// Recall on copies that were injected into real code, and what the peer finds of them: `npm run quality -- clones`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CloneIndex } from "../server/clones/clone-index.ts";
import { jscpdBinary } from "./clone-peers.ts";
import { corpusOf } from "./corpus.ts";

/** The lines of one side of a copy, from 1. */
interface Place {
  readonly path: string;
  readonly lines: readonly number[];
}

interface Injected {
  readonly kind: string;
  readonly source: Place;
  readonly copy: Place;
}

/** One place of something found; lines from 1, both included. */
interface Fragment {
  readonly path: string;
  readonly first: number;
  readonly last: number;
}

/** What a tool says of a folder: groups of fragments that are alike, and how many pairs they are. */
export interface Answer {
  readonly groups: readonly (readonly Fragment[])[];
  readonly pairs: number;
}

/** Copies found of copies injected, for each kind of mutation. */
export type Recall = ReadonlyMap<string, { readonly found: number; readonly injected: number }>;

/** The share of the code lines of both sides that a pair must cover. */
const leastCovered = 0.7;
const perKind = 40;
const cache = fileURLToPath(new URL("../.cache/quality/", import.meta.url));

/** A corpus (`name==version` on the package index) with copies injected; made once for each seed. */
export function injectedCorpus(requirement: string, seed: number): string {
  const folder = join(cache, `${requirement}-${seed}`);
  if (existsSync(join(folder, "truth.json"))) return folder;
  rmSync(folder, { recursive: true, force: true });
  const script = fileURLToPath(new URL("inject.py", import.meta.url));
  const parameters = [script, corpusOf(requirement), folder, String(seed), String(perKind)];
  const { status } = spawnSync("python3", parameters, { stdio: "inherit" });
  if (status !== 0) throw new Error(`python3 ${parameters.join(" ")} failed`);
  return folder;
}

export function truthOf(folder: string): Injected[] {
  return JSON.parse(readFileSync(join(folder, "truth.json"), "utf8"));
}

/** What our engine says, with the settings that everybody has. */
export function ourAnswer(folder: string): Answer {
  const index = new CloneIndex();
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (path.endsWith(".py")) index.set(path, readFileSync(join(folder, path)));
  }
  const groups = index
    .all()
    .map(({ copies }) =>
      copies.map(({ path, range }) => ({ path, first: range.start.line + 1, last: range.end.line + 1 })),
    );
  return { groups, pairs: groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0) };
}

/** What jscpd says with these flags. Throws an Error when it fails. */
export function peerAnswer(folder: string, flags: readonly string[]): Answer {
  const output = join(cache, "jscpd");
  const parameters = [
    "--format",
    "python",
    "--reporters",
    "json",
    "--silent",
    "--absolute",
    "--no-gitignore",
    "--output",
    output,
    ...flags,
    folder,
  ];
  const { status, stderr } = spawnSync(jscpdBinary(), parameters, { encoding: "utf8" });
  if (status !== 0) throw new Error(`jscpd failed: ${stderr}`);
  const { duplicates } = JSON.parse(readFileSync(join(output, "jscpd-report.json"), "utf8"));
  const fragment = (one: { name: string; start: number; end: number }) => ({
    path: relative(folder, resolve(one.name)),
    first: one.start,
    last: one.end,
  });
  const groups = duplicates.map((each: { firstFile: never; secondFile: never }) => [
    fragment(each.firstFile),
    fragment(each.secondFile),
  ]);
  return { groups, pairs: groups.length };
}

/** A copy is found when two fragments of one group cover 70 % of the code lines of its two sides. */
export function recallOf(truth: readonly Injected[], { groups }: Answer): { recall: Recall; missed: Injected[] } {
  const byPath = new Map<string, { readonly group: number; readonly fragment: Fragment }[]>();
  for (const [group, fragments] of groups.entries()) {
    for (const fragment of fragments) {
      const known = byPath.get(fragment.path) ?? [];
      byPath.set(fragment.path, known);
      known.push({ group, fragment });
    }
  }
  const covering = (place: Place) => (byPath.get(place.path) ?? []).filter(({ fragment }) => covers(fragment, place));
  const recall = new Map<string, { found: number; injected: number }>();
  const missed: Injected[] = [];
  for (const injected of truth) {
    const copies = covering(injected.copy);
    const isFound = covering(injected.source).some((one) =>
      copies.some((other) => other.group === one.group && other.fragment !== one.fragment),
    );
    const counts = recall.get(injected.kind) ?? { found: 0, injected: 0 };
    recall.set(injected.kind, { found: counts.found + (isFound ? 1 : 0), injected: counts.injected + 1 });
    if (!isFound) missed.push(injected);
  }
  return { recall, missed };
}

function covers(fragment: Fragment, place: Place): boolean {
  const covered = place.lines.filter((line) => line >= fragment.first && line <= fragment.last).length;
  return covered >= leastCovered * place.lines.length;
}
