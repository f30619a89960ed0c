import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { isMainThread, Worker } from "node:worker_threads";
import type { FileRecord } from "./file-record.ts";
import type { FoundFile } from "./walk.ts";

/** What a thread is asked: the records of some Python files below a root. */
export interface ScanOrder {
  readonly root: string;
  readonly needles: readonly string[];
  readonly files: readonly FoundFile[];
}

/** In their order; undefined for a file that needs more than its record, see `PlainReader`. */
export type ScanAnswer = readonly (FileRecord | undefined)[];

/** How many threads would find a core that nobody uses at this moment, as far as the system tells; none for a thread. */
export function idleThreads(): number {
  return isMainThread ? Math.max(0, Math.min(mostThreads, availableParallelism() - running())) : 0;
}

/** Threads that run or want to, this one among them; only Linux tells (proc(5), `/proc/loadavg`). */
function running(): number {
  try {
    return Number(/ (\d+)\/\d+ /.exec(readFileSync("/proc/loadavg", "utf8"))?.[1] ?? 1);
  } catch {
    return 1;
  }
}

/** Orders that a thread has waiting, so that it need not wait for one. */
const mostWaiting = 3;
const mostThreads = 4;

interface Thread {
  readonly worker: Worker;
  /** Those who wait for its answers, in the order of the orders. */
  readonly waiting: ((answer: ScanAnswer) => void)[];
  state: "starting" | "ready" | "failed";
}

/**
 * Threads that read Python files: one less than the machine can run, none on a machine that runs one. They start when
 * they are wanted. One that fails answers that it could read nothing, and gets no more orders.
 */
export class ScanThreads implements Disposable {
  readonly #program: URL;
  readonly #most: number;
  readonly #threads: Thread[] = [];

  constructor(most = Math.min(mostThreads, availableParallelism() - 1), program = bundledProgram()) {
    this.#program = program;
    this.#most = most;
  }

  /** Whether a further order would be taken up soon. */
  get hasRoom(): boolean {
    return this.#threads.length < this.#most || this.#threads.some(hasRoom);
  }

  /** The same of threads that have started already. */
  get isReady(): boolean {
    return this.#threads.some((each) => each.state === "ready" && hasRoom(each));
  }

  /** Starts all threads, which otherwise start one by one while there are orders. */
  start(): void {
    while (this.#threads.length < this.#most) this.#threads.push(started(this.#program));
  }

  /** Gives an order to the thread with the fewest; it keeps the process alive until it is answered. */
  read(order: ScanOrder): Promise<ScanAnswer> {
    const isBusy = this.#threads.every(({ waiting }) => waiting.length > 0);
    if (isBusy && this.#threads.length < this.#most) this.#threads.push(started(this.#program));
    const [thread] = this.#threads.filter(hasRoom).sort((a, b) => a.waiting.length - b.waiting.length);
    if (!thread) return Promise.resolve([]);
    thread.worker.ref();
    return new Promise((resolve) => {
      thread.waiting.push(resolve);
      thread.worker.postMessage(order);
    });
  }

  [Symbol.dispose](): void {
    for (const { worker } of this.#threads) void worker.terminate();
  }
}

function hasRoom({ state, waiting }: Thread): boolean {
  return state !== "failed" && waiting.length < mostWaiting;
}

function started(program: URL): Thread {
  const worker = new Worker(program);
  const thread: Thread = { worker, waiting: [], state: "starting" };
  worker.unref();
  worker.on("online", () => {
    thread.state = "ready";
  });
  worker.on("message", (answer: ScanAnswer) => {
    thread.waiting.shift()?.(answer);
    if (thread.waiting.length === 0) worker.unref();
  });
  const fail = () => {
    thread.state = "failed";
    for (const resolve of thread.waiting.splice(0)) resolve([]);
  };
  worker.on("error", fail);
  worker.on("exit", fail);
  return thread;
}

/** The build puts it beside the bundles; from the sources, as tests run it, it is a neighbour. */
function bundledProgram(): URL {
  const here = import.meta.url;
  return new URL(here.endsWith(".ts") ? "scan-thread.ts" : "scan-thread.cjs", here);
}
