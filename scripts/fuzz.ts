// `npm run fuzz [-- --inputs N] [--seed S] [--target NAME]`: every reader, and the language server, with inputs that nobody wrote, in a thread
// that is watched: an input that takes longer than the patience ends the run, and is told.
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { fuzz } from "../test/fuzz/fuzz.ts";
import { type StormOptions, storm } from "../test/fuzz/storm.ts";
import { targets } from "../test/fuzz/targets.ts";
import { grammars } from "../test/grammars.ts";
import { streamsOfServer } from "../test/lsp-client.ts";
import { inThisProcess, serverProcess } from "../test/soak/connect.ts";

/** So many milliseconds an input may take, on a busy machine. */
const patience = 30_000;

interface Order {
  readonly inputs: number;
  readonly seed: number;
  readonly target: string | undefined;
}

/** The language server among nonsense: here, and the built one over stdio, which ends when its input does. */
const servers = {
  "language server": streamsOfServer,
  "language server as a process": () => {
    const { stdin, stdout, stderr } = serverProcess();
    stderr.pipe(process.stderr);
    return { up: stdin, down: stdout };
  },
} satisfies Record<string, StormOptions["streams"]>;

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      inputs: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
      target: { type: "string" },
    },
  });
  const order: Order = { inputs: Number(values.inputs), seed: Number(values.seed), target: values.target };
  watch(new Worker(new URL(import.meta.url), { workerData: order }));
} else await work(workerData);

async function work({ inputs, seed, target: only }: Order): Promise<void> {
  await grammars();
  using readers = targets();
  const chosen = readers.all.filter(({ name }) => only === undefined || name === only);
  const total = chosen.reduce((sum, { weight }) => sum + weight, 0);
  for (const target of chosen) {
    const count = Math.ceil((inputs * target.weight) / total);
    const started = performance.now();
    let slowest = 0;
    const found = await fuzz(target, {
      seed,
      count,
      onInput: (name, input) => parentPort?.postMessage({ name, input }),
      onDone: (_, __, milliseconds) => {
        slowest = Math.max(slowest, milliseconds);
      },
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    parentPort?.postMessage({
      told: `${target.name}: ${count} inputs, ${seconds} s, the slowest ${slowest.toFixed(0)} ms`,
      found,
    });
  }
  for (const [name, streams] of Object.entries(servers)) {
    if (only === undefined || name === only) await storms(name, streams, seed, Math.ceil(inputs / 100));
  }
}

/** In pieces, each with a server, folders and a seed of its own. */
async function storms(name: string, streams: StormOptions["streams"], seed: number, inputs: number): Promise<void> {
  const started = performance.now();
  const onInput = (input: string) => parentPort?.postMessage({ name, input });
  const found: object[] = [];
  let done = 0;
  for (let each = seed; done < inputs && found.length === 0; each++, done += 500) {
    const troubles = await storm({ seed: each, count: 500, every: 125, streams, fresh: inThisProcess, onInput });
    found.push(...troubles.map((problem) => ({ seed: each, input: "", problem })));
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  parentPort?.postMessage({ told: `${name}: ${done} inputs, ${seconds} s`, found });
}

function watch(worker: Worker): void {
  let last = { name: "", input: "" };
  const hang = () => {
    console.log(`${last.name} does not come to an end: ${JSON.stringify(last.input)}`);
    process.exit(1);
  };
  // From the first input on: to begin may take long on a busy machine.
  let timer: NodeJS.Timeout | undefined;
  worker.on("message", (message) => {
    timer ??= setTimeout(hang, patience);
    timer.refresh();
    if ("input" in message) last = message;
    if (!("told" in message)) return;
    console.log(message.told);
    for (const { seed, input, problem } of message.found) {
      console.log(`  seed ${seed}, ${JSON.stringify(input)}\n  ${problem}`);
      process.exitCode = 1;
    }
  });
  worker.on("error", (error) => {
    console.log(error);
    process.exitCode = 1;
  });
  worker.on("exit", () => clearTimeout(timer));
}
