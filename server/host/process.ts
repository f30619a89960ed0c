import { isAbsolute, join } from "node:path";
import { execa } from "execa";
import { executablesOnPath } from "../environments/executables.ts";

/** At most this many UTF-16 code units are kept of each stream: the last ones, where results and errors stand. */
export const keptOutput = 8 * 1024 * 1024;

/** After a polite end was asked for, this many milliseconds pass before the whole process group is killed. */
const grace = 2000;

export interface RunOptions {
  readonly cwd?: string;
  /** Added to this process's own environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Milliseconds. */
  readonly timeout?: number;
  /** Hears the output while it comes, in pieces that need not be whole lines. */
  onOutput?(chunk: string, stream: "stdout" | "stderr"): void;
}

export interface RunResult {
  /** `undefined` when the program never ran or a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** `not-found`: it could not be started, and `stderr` says why. */
  readonly failure?: "not-found" | "timeout" | "cancelled";
}

/**
 * Runs a program with an argument array: no shell reads it, its stdin is closed, and it leads a process group of its
 * own, which a cancellation, a timeout or this process's end kills whole. A bare name is looked for on PATH alone: Windows
 * would look in the working folder first, where a project may have put one. Never rejects for what the program does.
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  if (options.signal?.aborted) return { exitCode: undefined, stdout: "", stderr: "", failure: "cancelled" };
  try {
    const variables = { ...process.env, ...options.env };
    const program = isAbsolute(command) ? command : (await executablesOnPath(command, variables))[0];
    if (program === undefined) return notFound(command);
    return await runGroup(program, args, options);
  } catch (error) {
    // Arguments that no program can be given (a NUL in them) are thrown before anything starts.
    return { exitCode: undefined, stdout: "", stderr: messageOf(error), failure: "not-found" };
  }
}

function notFound(command: string): RunResult {
  return { exitCode: undefined, stdout: "", stderr: `spawn ${command} ENOENT`, failure: "not-found" };
}

async function runGroup(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const child = execa(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: { ...options.env } }),
    stdin: "ignore",
    reject: false,
    buffer: false,
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  const stdout = new Tail();
  const stderr = new Tail();
  for (const [stream, tail, name] of [
    [child.stdout, stdout, "stdout"],
    [child.stderr, stderr, "stderr"],
  ] as const) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      tail.add(chunk);
      options.onOutput?.(chunk, name);
    });
  }
  const group = new Group(child.pid, () => {
    // A process that left the group may still hold the pipes; nobody waits for it.
    child.stdout.destroy();
    child.stderr.destroy();
  });
  child.once("exit", () => group.leaderEnded());
  const stop = group.stopOn(options.signal, options.timeout);
  try {
    const result = await child;
    const failure = stop.reason() ?? startFailureOf(result);
    if (failure === "not-found") stderr.add(messageOf(result));
    return {
      exitCode: failure === "timeout" || failure === "cancelled" ? undefined : result.exitCode,
      stdout: stdout.text(),
      stderr: stderr.text(),
      ...(failure === undefined ? {} : { failure }),
    };
  } finally {
    stop[Symbol.dispose]();
  }
}

interface Ended {
  readonly failed: boolean;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
}

/** A program that never ran has neither an exit code nor a signal. */
function startFailureOf(ended: Ended): "not-found" | undefined {
  return ended.failed && ended.exitCode === undefined && ended.signal === undefined ? "not-found" : undefined;
}

function messageOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  if ("originalMessage" in error && typeof error.originalMessage === "string") return error.originalMessage;
  return "message" in error ? String(error.message) : String(error);
}

/** One process group, stopped politely at first and then by force. */
class Group {
  readonly #pid: number | undefined;
  readonly #abandon: () => void;
  #reason: "timeout" | "cancelled" | undefined;
  #force: NodeJS.Timeout | undefined;

  constructor(pid: number | undefined, abandon: () => void) {
    this.#pid = pid;
    this.#abandon = abandon;
  }

  /** Stops the group when the signal fires, the time is over, or this process ends; until it is disposed. */
  stopOn(signal: AbortSignal | undefined, timeout: number | undefined) {
    const cancel = () => this.#stop("cancelled");
    const exit = () => this.#kill("SIGTERM");
    const timer = timeout === undefined ? undefined : setTimeout(() => this.#stop("timeout"), timeout);
    signal?.addEventListener("abort", cancel, { once: true });
    process.once("exit", exit);
    return {
      reason: () => this.#reason,
      [Symbol.dispose]: () => {
        clearTimeout(timer);
        clearTimeout(this.#force);
        signal?.removeEventListener("abort", cancel);
        process.removeListener("exit", exit);
      },
    };
  }

  /** What a stopped leader left behind has nobody to answer to. */
  leaderEnded(): void {
    if (this.#reason !== undefined) this.#end();
  }

  #stop(reason: "timeout" | "cancelled"): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#kill("SIGTERM");
    this.#force = setTimeout(() => this.#end(), grace);
  }

  #end(): void {
    this.#kill("SIGKILL");
    this.#abandon();
  }

  #kill(signal: "SIGTERM" | "SIGKILL"): void {
    if (this.#pid === undefined) return;
    if (process.platform === "win32") {
      const system = join(process.env.SystemRoot ?? "C:\\Windows", "System32");
      void execa(join(system, "taskkill.exe"), ["/PID", String(this.#pid), "/T", "/F"], {
        reject: false,
        windowsHide: true,
      });
      return;
    }
    try {
      process.kill(-this.#pid, signal);
    } catch (error) {
      // ESRCH: the group ended by itself in the meantime, which is what was wanted.
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}

/** The last {@link keptOutput} code units of a stream. */
class Tail {
  readonly #chunks: string[] = [];
  #length = 0;

  add(chunk: string): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length - (this.#chunks[0]?.length ?? 0) >= keptOutput) {
      this.#length -= this.#chunks.shift()?.length ?? 0;
    }
  }

  text(): string {
    return this.#chunks.join("").slice(-keptOutput);
  }
}
