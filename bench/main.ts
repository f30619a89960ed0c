// `npm run bench [-- clones|check|keystroke|refactor|requirements|rules]`: speed and memory as ratios against a named peer, in one run.
import { basename } from "node:path";
import { cpd, pylint } from "./clone-peers.ts";
import { benchClones, benchCommand, type CloneBench } from "./clones.ts";
import { benchLive } from "./clones-live.ts";
import { corpus, corpusOf } from "./corpus.ts";
import { benchKeystroke } from "./keystroke.ts";
import { benchRefactor } from "./refactor.ts";
import { benchRequirements } from "./requirements.ts";
import { benchCheckAll, benchRules } from "./rules.ts";

const chosen = process.argv.slice(2);
const wanted = (name: string) => chosen.length === 0 || chosen.includes(name);

if (wanted("check")) show("Cold check, groundwork / jscpd", benchCommand("check", corpus(100_000), 15));
if (wanted("clones")) await showClones();
if (wanted("keystroke")) {
  const { workspaceLines, fileLines, ours, peer, parsed, memory } = await benchKeystroke();
  console.log(`Keystroke to diagnostics, ${fileLines}-line file in ${workspaceLines} lines, groundwork / ruff server:`);
  console.log(`  median ${ms(ours.median)} / ${ms(peer.median)}, p95 ${ms(ours.p95)} / ${ms(peer.p95)}`);
  const { all, typed } = parsed;
  console.log(
    `  and parsed again: median ${ms(all.median)}, p95 ${ms(all.p95)}, of the letters typed alone ${ms(typed.p95)}`,
  );
  console.log(
    `  server memory ${Math.round(memory.opened)} MB opened, ${Math.round(memory.edited)} MB after the edits`,
  );
}
if (wanted("refactor")) {
  const { fileLines, changed, unchanged, told, all, peer } = await benchRefactor();
  console.log(`Extract function in a ${fileLines}-line file, processor time, groundwork / rope:`);
  console.log(
    `  after a change: median ${ms(changed.median)} / ${ms(peer.median)}, p95 ${ms(changed.p95)} / ${ms(peer.p95)}`,
  );
  console.log(`  without: median ${ms(unchanged.median)}, p95 ${ms(unchanged.p95)}`);
  console.log("The server's answer about all that can be done there, with its client's processor time:");
  console.log(`  once it has told the findings: median ${ms(told.median)}, p95 ${ms(told.p95)}`);
  console.log(`  from the change on, findings among it: median ${ms(all.median)}, p95 ${ms(all.p95)}`);
}
if (wanted("requirements")) {
  const { lines, distributions, check, read, look } = await benchRequirements();
  console.log(`Requirements, ${lines} lines, groundwork to findings / pip only parsing:`);
  console.log(`  ${ms(check.ours)} / ${ms(check.peer)}, ${(check.peer / check.ours).toFixed(0)} times faster`);
  console.log(`Environment of ${distributions} distributions, groundwork / pip list:`);
  console.log(`  ${ms(read.ours)} / ${ms(read.peer)}, ${(read.peer / read.ours).toFixed(0)} times faster`);
  console.log(`Cold look at all environments, whole process / pip list: ${ms(look.ours)} / ${ms(look.peer)}`);
}
if (wanted("rules")) {
  const { lines, fastest } = await benchRules(corpus(100_000));
  console.log(`Every rule on a file of ${lines} lines, after the parse: ${ms(fastest)}`);
  const { ours, peer } = benchCheckAll(corpus(1_000_000));
  console.log("check of 1,000,000 lines, all in production, groundwork / ruff --select ALL:");
  console.log(`  cpu ${(ours.cpu / peer.cpu).toFixed(2)} x, wall ${(ours.wall / peer.wall).toFixed(2)} x`);
}

/** Whole runs against each peer, on corpora of pinned versions; the slow peers once, and only where they come to an end. */
async function showClones(): Promise<void> {
  const smallest = corpus(12_000);
  const folders = ["Django==5.2.8", "scikit-learn==1.7.2", "transformers==4.57.1"].map(corpusOf);
  const [django = smallest, , transformers = smallest] = folders;
  for (const folder of [smallest, ...folders]) {
    show(`Clone engine on ${basename(folder)}, groundwork / jscpd`, await benchClones(folder, 5));
  }
  show("Clone engine on ansible==12.2.0, groundwork / jscpd", await benchClones(corpusOf("ansible==12.2.0"), 1));
  show("groundwork clones / jscpd, with its own start", benchCommand("clones", corpus(1_500_000), 3));
  for (const folder of [django, transformers]) {
    show(`Clone engine on ${basename(folder)}, groundwork / PMD CPD`, await benchClones(folder, 1, cpd));
  }
  show("Clone engine on Django==5.2.8, groundwork / pylint", await benchClones(django, 1, pylint));
  const live = benchLive(folders);
  console.log(
    `Copies of a file after an edit, processor time, in ${live.lines} lines (${live.bytesPerLine.toFixed(1)} bytes a line):`,
  );
  for (const [name, { median, p95, p99 }] of [
    ["any file", live.all] as const,
    ["4,000 to 6,500 lines", live.large] as const,
  ]) {
    console.log(`  ${name}: median ${ms(median)}, p95 ${ms(p95)}, p99 ${ms(p99)}`);
  }
}

function show(title: string, { lines, wall, cpu, memory }: CloneBench): void {
  console.log(`${title}, ${lines} lines:`);
  for (const [name, times] of [["wall", wall] as const, ["cpu", cpu] as const]) {
    console.log(`  ${name}: median ${compared(times)}, best ${compared(times.best)}`);
  }
  console.log(`  memory ${Math.round(memory.ours)} / ${Math.round(memory.peer)} MB`);
}

function compared({ ours, peer }: { readonly ours: number; readonly peer: number }): string {
  return `${(ours / peer).toFixed(2)} x (${ms(ours)} / ${ms(peer)})`;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
