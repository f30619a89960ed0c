import { mkdir, rmdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { isRecord, parsed, stringsIn } from "../core/json.ts";
import type { RunResult } from "../host/process.ts";
import { type CondaAnswer, condaAnswer } from "./conda-answer.ts";
import type { Failure } from "./messages.ts";
import { type CreateRequest, makesConda } from "./request.ts";
import { patience, type Session } from "./session.ts";

/** Where an environment of that name may be: `NAME` in each of conda's folders of environments, the default first. */
export interface CondaPlaces {
  readonly prefixes: readonly string[];
  /** No channel is configured, as in a fresh micromamba. */
  readonly withoutChannels: boolean;
}

/** Asks conda for its folders (conda's `envs_dirs`, micromamba's `envs directories`, else `envs` below its root). */
export async function condaPlaces(
  session: Session,
  request: CreateRequest,
  name: string,
): Promise<{ readonly places: CondaPlaces } | Failure> {
  session.progress(l10n.t("Asking {0} for its environments", request.tool));
  const answer = condaAnswer(await session.run(request.executable, ["info", "--json"], { timeout: patience }));
  if (!answer.ok) return answer;
  const { value } = answer;
  const told = ["envs_dirs", "envs directories", "envs_directories"].flatMap((key) => stringsIn(value[key]));
  const root = value.root_prefix ?? value["base environment"];
  // micromamba says `/root (writable)` in some versions.
  const below = typeof root === "string" ? [join(root.replace(/ \(\w+\)$/, ""), "envs")] : [];
  const folders = told.length > 0 ? told : below;
  if (folders.length === 0) return { reason: "unreadable", detail: "envs_dirs" };
  const withoutChannels = Array.isArray(value.channels) && value.channels.length === 0;
  return { places: { prefixes: folders.map((folder) => join(folder, name)), withoutChannels } };
}

/** Lets the tool make the environment; a failure in its own words, or what conda says of its prefix. */
export async function make(
  session: Session,
  request: CreateRequest,
  prefix: string,
  withoutChannels: boolean,
): Promise<{ readonly prefix: string } | Failure> {
  if (makesConda(request.tool)) return makeConda(session, request, prefix, withoutChannels);
  session.progress(l10n.t("{0} is at work", request.tool));
  const version = request.pythonVersion === undefined ? [] : ["--python", request.pythonVersion];
  const args = request.tool === "uv" ? ["venv", "--seed", ...version, prefix] : ["-I", "-m", "venv", prefix];
  const result = await session.run(request.executable, args);
  return result.exitCode === 0 ? { prefix } : venvFailure(result);
}

async function makeConda(
  session: Session,
  request: CreateRequest,
  prefix: string,
  withoutChannels: boolean,
): Promise<{ readonly prefix: string } | Failure> {
  const args = await condaArguments(session, request, prefix, withoutChannels);
  session.progress(l10n.t("{0} is choosing the packages", request.tool));
  const wasEmptied = request.tool !== "conda" && (await removeEmpty(prefix));
  const result = await session.run(request.executable, args, { hear: progressReader(session) });
  if (wasEmptied) await mkdir(prefix, { recursive: true });
  const answer: CondaAnswer = condaAnswer(result);
  if (!answer.ok) return answer;
  if (answer.value.success !== true) return { reason: "nothing-made", detail: "" };
  const told = answer.value.prefix;
  return { prefix: typeof told === "string" && "name" in request.target ? told : prefix };
}

/** mamba before 2.4 refuses a folder that exists, also an empty one: it goes while mamba is at work. */
async function removeEmpty(prefix: string): Promise<boolean> {
  return rmdir(prefix).then(
    () => true,
    () => false,
  );
}

async function condaArguments(
  session: Session,
  request: CreateRequest,
  prefix: string,
  withoutChannels: boolean,
): Promise<readonly string[]> {
  const target = "name" in request.target ? ["--name", request.target.name] : ["--prefix", prefix];
  if (request.environmentFile !== undefined) {
    const file = ["--file", resolve(request.folder, request.environmentFile)];
    if (request.tool === "micromamba") return ["create", "--yes", "--json", ...target, ...file];
    return ["env", "create", ...(await yesFor(session, request.executable, "create")), "--json", ...target, ...file];
  }
  const python = request.pythonVersion === undefined ? "python" : `python=${request.pythonVersion}`;
  const channel = withoutChannels ? ["--channel", "conda-forge"] : [];
  return ["create", "--yes", "--json", ...target, ...channel, python, "pip"];
}

/**
 * `conda env create` knows `--yes` since 23.10, and refuses it before; mamba asks without it since 2.0. Help texts write it
 * `-y, --yes` or, those of mamba, `-y,--yes`.
 */
export async function yesFor(session: Session, executable: string, verb: "create" | "update"): Promise<string[]> {
  const { stdout } = await session.run(executable, ["env", verb, "--help"], { timeout: patience });
  return /(?:^|[\s,])--yes\b/m.test(stdout) ? ["--yes"] : [];
}

/** conda 23 prints NUL-separated records of its downloads; other versions print none. */
export function progressReader(session: Session): (chunk: string, stream: "stdout" | "stderr") => void {
  const packages = new Map<string, number>();
  let rest = "";
  return (chunk, stream) => {
    if (stream !== "stdout") return;
    const records = (rest + chunk).split("\0");
    rest = records.pop() ?? "";
    for (const record of records) {
      const value = parsed(record);
      if (!isRecord(value) || typeof value.fetch !== "string") continue;
      const name = value.fetch.split("|")[0]?.trim() ?? "";
      packages.set(name, value.finished === true ? 1 : Number(value.progress) || 0);
      const sum = [...packages.values()].reduce((total, part) => total + part, 0);
      session.progress(l10n.t("Downloading {0}", name), Math.round((100 * sum) / packages.size));
    }
  };
}

function venvFailure(result: RunResult): Failure {
  if (result.failure === "timeout") return { reason: "timeout", detail: result.stderr.trim().slice(-300) };
  if (result.failure !== undefined) return { reason: "not-started", detail: result.stderr.trim() };
  const text = `${result.stdout}\n${result.stderr}`;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const detail = (lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? "").trim().slice(0, 300);
  if (/ensurepip is not|No module named (?:venv|ensurepip)/.test(text)) return { reason: "no-ensurepip", detail };
  if (/[Pp]ermission denied|Read-only file system|Access is denied/.test(text)) return { reason: "read-only", detail };
  if (/No space left/.test(text)) return { reason: "disk-full", detail };
  return { reason: "other", detail };
}
