// `npm run soak [-- --operations N] [--seed S] [--every N]`: the built server lives through random edits, renames and
// folders, and must say what a new one says; its memory must not grow. Needs `npm run build`.
import { parseArgs } from "node:util";
import { asProcess, inThisProcess } from "../test/soak/connect.ts";
import { type Memory, memoryOf } from "../test/soak/memory.ts";
import { shortened, soak } from "../test/soak/soak.ts";

const { values } = parseArgs({
  options: {
    operations: { type: "string", default: "10000" },
    every: { type: "string", default: "250" },
    seed: { type: "string", default: "1" },
    /** Both servers in this process: quicker, without memory. */
    here: { type: "boolean", default: false },
  },
});
const options = { count: Number(values.operations), every: Number(values.every), seed: Number(values.seed) };

/** By so much the median of the last quarter may be above that of the second. */
const growth = { factor: 1.1, bytes: 8 * 2 ** 20 };

const started = performance.now();
const samples: Memory[] = [];
console.log(`Seed ${options.seed}, ${options.count} operations, compared after every ${options.every}`);
const failure = await soak({
  ...options,
  connect: values.here ? inThisProcess : () => asProcess("--inspect=127.0.0.1:0"),
  fresh: values.here ? inThisProcess : asProcess,
  async onCompared(done, server, editor) {
    const memory = server.child && (await memoryOf(server.child));
    if (memory) samples.push(memory);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const used = memory
      ? `, heap ${megabytes(memory.heap)}, outside ${megabytes(memory.outside)}, RSS ${megabytes(memory.rss)}`
      : "";
    console.log(
      `${done} operations, ${editor.files().length} files, ${editor.documents.size} open, ${seconds} s${used}`,
    );
  },
});
if (failure) {
  console.log(`After ${failure.operations.length} operations:\n${failure.reason}\nShortening…`);
  const here = { ...options, connect: inThisProcess, fresh: inThisProcess };
  const { operations, reason } = await shortened(here, failure, 200);
  console.log(`Seed ${options.seed}; ${operations.length} operations lead to it:`);
  for (const operation of operations) console.log(`  ${JSON.stringify(operation)}`);
  console.log(reason);
  process.exitCode = 1;
} else if (samples.length >= 8) {
  for (const kind of ["heap", "outside", "rss"] as const) {
    const quarter = Math.floor(samples.length / 4);
    const [second, last] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)].map((some) =>
      median(some.map((each) => each[kind])),
    );
    const isFlat = (last ?? 0) <= Math.max((second ?? 0) * growth.factor, (second ?? 0) + growth.bytes);
    console.log(
      `${kind}: second quarter ${megabytes(second ?? 0)}, last ${megabytes(last ?? 0)}${isFlat ? "" : ": it grows"}`,
    );
    if (!isFlat) process.exitCode = 1;
  }
}
process.exit();

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
