import * as l10n from "@vscode/l10n";
import { masked } from "../core/credentials.ts";
import { type RunResult, run } from "../host/process.ts";
import { normalizedName, type PythonEnvironment } from "../project/project.ts";
import type { Answer, Ask } from "./resolve.ts";

/** Milliseconds after which pip is given up: it may download large wheels only to read what they need. */
const patience = 10 * 60_000;

export interface Asking {
  readonly environment: PythonEnvironment;
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs the environment's Python, isolated (`-I`): no module of the project's folder is imported. */
export function runPython(args: readonly string[], asking: Asking): Promise<RunResult> {
  return run(asking.environment.python, ["-I", "-X", "utf8", ...args], runOptions(asking));
}

export function runOptions({ folder, signal, env }: Asking) {
  return { cwd: folder, timeout: patience, ...(env ? { env } : {}), ...(signal ? { signal } : {}) };
}

/**
 * What the environment's own pip would install (`--report`, pip 22.2 and later), without installing it or running
 * anybody's build: only wheels count.
 */
export function pipReport(asking: Asking): Ask {
  const fixed = ["--dry-run", "--ignore-installed", "-q", "--no-input", "--disable-pip-version-check"];
  return async (requirements, constraints) => {
    const files = ["--only-binary", ":all:", "--report", "-", "-r", requirements, "-c", constraints];
    return answerOf(await runPython(["-m", "pip", "install", ...fixed, ...files], asking));
  };
}

function answerOf(result: RunResult): Answer {
  const failure = failureOf(result);
  if (failure) return failure;
  const versions = versionsIn(result.stdout);
  return versions ? { versions } : { failure: "unusable", message: l10n.t("pip's answer could not be read") };
}

/** Why a run did not end well, in one sentence; undefined when it did. */
function failureOf({ exitCode, failure, stderr }: RunResult): Answer | undefined {
  if (failure === "cancelled") return { failure, message: l10n.t("It was cancelled") };
  if (failure === "timeout") return { failure, message: l10n.t("pip did not answer within 10 minutes") };
  if (failure === "not-found") {
    return { failure: "unusable", message: l10n.t("This environment's Python could not be started") };
  }
  if (exitCode === 0) return undefined;
  if (/No module named '?pip\b/.test(stderr)) {
    return { failure: "unusable", message: l10n.t("This environment has no pip to ask: install it, or use uv") };
  }
  if (/no such option: --(?:report|dry-run)/.test(stderr)) {
    return { failure: "unusable", message: l10n.t("This environment's pip is older than 22.2: update it") };
  }
  return { failure: "refused", message: lastWords(stderr) };
}

/** A program's own last error, on one line, with credentials masked. */
export function lastWords(stderr: string): string {
  const lines = stderr
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const error = lines.findLast((line) => /^(?:ERROR|error|×)/.test(line)) ?? lines.at(-1) ?? "";
  // Where the requirement stood in the file of ours means nothing to anybody.
  const words = error.replace(/^(?:ERROR|error):?\s*/, "").replace(/ \(from -r [^()]*(?:\(line \d+\))?\)/g, "");
  return masked(words).slice(0, 300);
}

/** The installation report (version 1) behind whatever else was printed. */
export function versionsIn(stdout: string): ReadonlyMap<string, string> | undefined {
  const start = stdout.indexOf("{");
  try {
    const report: unknown = JSON.parse(stdout.slice(Math.max(0, start)));
    const items = fieldOf(report, "install");
    if (!Array.isArray(items)) return undefined;
    const pairs = items.map((item) => {
      const metadata = fieldOf(item, "metadata");
      return [normalizedName(String(fieldOf(metadata, "name"))), String(fieldOf(metadata, "version"))] as const;
    });
    return new Map(pairs);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
