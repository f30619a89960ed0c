// `npm run bench [-- clones|check|keystroke|refactor|requirements]`: speed and memory as ratios against a named peer, in one run.
import { benchCheck, benchClones, type CloneBench } from "./clones.ts";
import { corpus } from "./corpus.ts";
import { benchKeystroke } from "./keystroke.ts";
import { benchRefactor } from "./refactor.ts";
import { benchRequirements } from "./requirements.ts";

const chosen = process.argv.slice(2);
const wanted = (name: string) => chosen.length === 0 || chosen.includes(name);

if (wanted("check")) show("Cold check, groundwork / jscpd", benchCheck(corpus(100_000)));
if (wanted("clones")) {
  for (const lines of [12_000, 100_000, 340_000])
    show("Clone engine, groundwork / jscpd", await benchClones(corpus(lines)));
}
if (wanted("keystroke")) {
  const { workspaceLines, fileLines, ours, peer, memory } = await benchKeystroke();
  console.log(`Keystroke to diagnostics, ${fileLines}-line file in ${workspaceLines} lines, groundwork / ruff server:`);
  console.log(`  median ${ms(ours.median)} / ${ms(peer.median)}, p95 ${ms(ours.p95)} / ${ms(peer.p95)}`);
  console.log(
    `  server memory ${Math.round(memory.opened)} MB opened, ${Math.round(memory.edited)} MB after the edits`,
  );
}
if (wanted("refactor")) {
  const { fileLines, changed, unchanged, peer } = await benchRefactor();
  console.log(`Extract function in a ${fileLines}-line file, processor time, groundwork / rope:`);
  console.log(
    `  after a change: median ${ms(changed.median)} / ${ms(peer.median)}, p95 ${ms(changed.p95)} / ${ms(peer.p95)}`,
  );
  console.log(`  without: median ${ms(unchanged.median)}, p95 ${ms(unchanged.p95)}`);
}
if (wanted("requirements")) {
  const { lines, distributions, check, read } = await benchRequirements();
  console.log(`Requirements, ${lines} lines, groundwork to findings / pip only parsing:`);
  console.log(`  ${ms(check.ours)} / ${ms(check.peer)}, ${(check.peer / check.ours).toFixed(0)} times faster`);
  console.log(`Environment of ${distributions} distributions, groundwork / pip list:`);
  console.log(`  ${ms(read.ours)} / ${ms(read.peer)}, ${(read.peer / read.ours).toFixed(0)} times faster`);
}

function show(title: string, { lines, wall, cpu, memory }: CloneBench): void {
  console.log(`${title}, ${lines} lines:`);
  console.log(`  wall ${(wall.ours / wall.peer).toFixed(2)} x (${ms(wall.ours)} / ${ms(wall.peer)})`);
  console.log(
    `  cpu ${(cpu.ours / cpu.peer).toFixed(2)} x, memory ${Math.round(memory.ours)} / ${Math.round(memory.peer)} MB`,
  );
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
