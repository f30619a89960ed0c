import { masked } from "../core/credentials.ts";
import { type RunResult, run } from "../host/process.ts";
import type { Variables } from "./layout.ts";

export interface CreationProgress {
  readonly message: string;
  /** 0 to 100, of the step that the message names; absent when nobody knows. */
  readonly percentage?: number;
}

export interface CreationHost {
  /** The variables that the programs get, usually `process.env`. */
  readonly env: Variables;
  readonly signal?: AbortSignal;
  onProgress?(progress: CreationProgress): void;
}

/** A question to a tool is answered within this many milliseconds, or never. */
export const patience = 120_000;

/** Solving and downloading gigabytes may take long, but not for ever: milliseconds. */
const longest = 2 * 60 * 60 * 1000;

export interface SessionRun {
  /** Hears the output while it comes. */
  readonly hear?: (chunk: string, stream: "stdout" | "stderr") => void;
  /** Added to the session's variables; `undefined` takes one away. */
  readonly env?: Variables;
  /** Milliseconds; two hours by default. */
  readonly timeout?: number;
}

/** The runs of one creation: all with the same variables and cancellation, all in one log. */
export class Session {
  readonly #host: CreationHost;
  readonly #folder: string;
  readonly #log: string[] = [];

  constructor(host: CreationHost, folder: string) {
    this.#host = host;
    this.#folder = folder;
  }

  get cancelled(): boolean {
    return this.#host.signal?.aborted ?? false;
  }

  get log(): string {
    return this.#log.join("\n");
  }

  get variables(): Variables {
    return this.#host.env;
  }

  progress(message: string, percentage?: number): void {
    this.#host.onProgress?.(percentage === undefined ? { message } : { message, percentage });
  }

  note(text: string): void {
    this.#log.push(masked(text));
  }

  /** Runs a program in the project's folder. */
  async run(
    command: string,
    args: readonly string[],
    { hear, env = {}, timeout = longest }: SessionRun = {},
  ): Promise<RunResult> {
    this.note(
      `> ${[command, ...args].map((word) => (/^[\w./:\\=@+-]+$/.test(word) ? word : JSON.stringify(word))).join(" ")}`,
    );
    const result = await run(command, args, {
      cwd: this.#folder,
      env: { ...this.#host.env, ...env },
      ...(this.#host.signal ? { signal: this.#host.signal } : {}),
      timeout,
      ...(hear ? { onOutput: hear } : {}),
    });
    for (const output of [result.stdout, result.stderr]) if (output.trim()) this.note(output.trimEnd());
    this.note(`< ${result.failure ?? result.exitCode}`);
    return result;
  }
}
