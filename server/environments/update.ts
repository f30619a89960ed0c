import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import type { PythonEnvironment } from "../project/project.ts";
import { condaAnswer } from "./conda-answer.ts";
import { condaPackagesIn } from "./conda-packages.ts";
import type { CondaTool } from "./conda-tools.ts";
import { type Installation, listed } from "./install.ts";
import { readInstalled } from "./installed.ts";
import { failureMessage } from "./messages.ts";
import { type CreationHost, Session } from "./session.ts";
import { progressReader, yesFor } from "./tools.ts";

export interface UpdateRequest {
  readonly environment: PythonEnvironment;
  readonly tool: CondaTool;
  /** conda's environment file, relative to `folder` or absolute. */
  readonly file: string;
  /** Absolute path of the project's folder. */
  readonly folder: string;
}

/**
 * Brings a conda environment to what its file says: what is missing comes, other versions change, and what the file does
 * not name stays. The prefix is always named, since conda would change `base` without it.
 */
export async function updateEnvironment(request: UpdateRequest, host: CreationHost): Promise<Installation> {
  const { environment, folder, tool } = request;
  const session = new Session(host, folder);
  const before = await heldBy(environment, host);
  session.progress(l10n.t("{0} is choosing the packages", tool.tool));
  const args = ["--json", "--prefix", environment.prefix, "--file", resolve(folder, request.file)];
  const verb = await verbOf(tool, session);
  const result = await session.run(tool.executable, [...verb, ...args], { hear: progressReader(session) });
  const after = await heldBy(environment, host);
  const changed = [...after].filter((each) => !before.has(each)).sort();
  const { log } = session;
  if (session.cancelled) return { outcome: "cancelled", changed, message: stoppedMessage(environment, changed), log };
  const answer = condaAnswer(result);
  // conda 23 says nothing at all where there was nothing to do.
  const isDone = answer.ok || (result.exitCode === 0 && result.stdout.trim() === "");
  if (isDone) return { outcome: "installed", changed, message: doneMessage(environment, changed), log };
  const left = { left: changed.length > 0 ? "updated" : "unchanged", prefix: environment.prefix } as const;
  const failure = answer.ok ? { reason: "other" as const, detail: "" } : answer;
  return { outcome: "failed", changed, message: failureMessage(tool.tool, failure, left), log };
}

/** `micromamba update` passes over what is not installed yet, and over pip's list; `install` does both. */
async function verbOf({ executable, tool }: CondaTool, session: Session): Promise<readonly string[]> {
  if (tool === "micromamba") return ["install", "--yes"];
  // conda asks nothing here, and knows no `--yes`.
  return ["env", "update", ...(tool === "mamba" ? await yesFor(session, executable, "update") : [])];
}

/** `name==version` of everything that conda or pip put there. */
async function heldBy({ prefix, version }: PythonEnvironment, { env }: CreationHost): Promise<ReadonlySet<string>> {
  const held = new Map(condaPackagesIn(prefix));
  for (const [name, distribution] of await readInstalled(prefix, version, env)) held.set(name, distribution.version);
  return new Set([...held].map(([name, held]) => `${name}==${held}`));
}

function doneMessage({ name }: PythonEnvironment, changed: readonly string[]): string {
  if (changed.length === 0) return l10n.t("`{0}` holds everything that the file asks for; nothing was changed.", name);
  return l10n.t("`{0}` was updated: {1}.", name, listed(changed));
}

function stoppedMessage({ name }: PythonEnvironment, changed: readonly string[]): string {
  if (changed.length === 0) return l10n.t("The update was cancelled; `{0}` is as it was.", name);
  return l10n.t("The update was cancelled; already in `{0}`: {1}.", name, listed(changed));
}
