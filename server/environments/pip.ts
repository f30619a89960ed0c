import { delimiter, join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import type { RunResult } from "../host/process.ts";
import { uvReason } from "../pins/uv.ts";
import { type Contents, projectArguments } from "./contents.ts";
import { executablesOnPath } from "./executables.ts";
import { onWindows, programsOf, type Variables } from "./layout.ts";
import type { Session } from "./session.ts";

/** What is installed into. */
export interface Target {
  readonly python: string;
  readonly prefix: string;
  /** The uv that installs in pip's place. */
  readonly uv?: string;
}

/** Which program installed; `reason` is why it failed, in its own words. */
export interface Installed {
  readonly by: "pip" | "uv";
  readonly reason: string | undefined;
}

/** Installs requirements files, and what the project declares where that was asked for. */
export async function installContents(
  session: Session,
  target: Target,
  contents: Contents,
  folder: string,
): Promise<Installed> {
  const requirements = contents.requirements.flatMap((file) => ["--requirement", resolve(folder, file)]);
  return install(session, target, [...requirements, ...(contents.project ? await projectArguments(folder) : [])]);
}

/**
 * Installs what `wanted` names, as arguments of `pip install`, with the environment's own pip; where it has none, as
 * environments that uv made, with the uv on PATH. Python is isolated (`-I`): a `pip.py` in the project is not imported,
 * nor what the person installed with `--user`.
 */
export async function install(session: Session, target: Target, wanted: readonly string[]): Promise<Installed> {
  if (target.uv !== undefined) return { by: "uv", reason: await uvInstall(session, target.uv, target, wanted) };
  const reason = await pipInstall(session, target, wanted);
  if (reason === undefined || !lacksPip(reason)) return { by: "pip", reason };
  const [uv] = await executablesOnPath("uv", session.variables);
  return uv === undefined ? { by: "pip", reason } : { by: "uv", reason: await uvInstall(session, uv, target, wanted) };
}

/** Whether the reason is that there is no pip; a build that misses it says so with quotes. */
export function lacksPip(reason: string): boolean {
  return /: No module named pip$/.test(reason);
}

async function pipInstall(
  session: Session,
  { python, prefix }: Target,
  wanted: readonly string[],
): Promise<string | undefined> {
  session.progress(l10n.t("{0} is choosing the versions", "pip"));
  const args = ["-I", "-u", "-X", "utf8", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
  const result = await session.run(python, [...args, "--progress-bar", "off", ...wanted], {
    hear: (chunk, stream) => {
      const doing = stream === "stdout" ? lastOf(chunk, /^(?:Collecting|Downloading|Installing) .*$/gm) : undefined;
      if (doing) session.progress(l10n.t("{0}: {1}", "pip", doing.slice(0, 80)));
    },
    env: activation(prefix, session.variables),
  });
  if (result.exitCode === 0) return undefined;
  return pipReason(result.stderr) || endOf(result);
}

/** uv knows nothing of pip's variables, and would look on PyPI for what is on an index of one's own. */
async function uvInstall(
  session: Session,
  uv: string,
  { python, prefix }: Target,
  wanted: readonly string[],
): Promise<string | undefined> {
  session.progress(l10n.t("{0} is choosing the versions", "uv"));
  const env = session.variables;
  const index = env.UV_DEFAULT_INDEX ?? env.UV_INDEX_URL ?? env.PIP_INDEX_URL;
  const extra = env.UV_INDEX ?? env.UV_EXTRA_INDEX_URL ?? env.PIP_EXTRA_INDEX_URL;
  const result = await session.run(uv, ["pip", "install", "--python", python, ...wanted], {
    hear: (chunk) => {
      const doing = lastOf(chunk, /^(?:Resolved|Prepared|Installed) .*$/gm);
      if (doing) session.progress(l10n.t("{0}: {1}", "uv", doing.slice(0, 80)));
    },
    env: {
      ...activation(prefix, env),
      UV_NO_PROGRESS: "1",
      ...(index && { UV_INDEX_URL: index }),
      ...(extra && { UV_EXTRA_INDEX_URL: extra }),
    },
  });
  return result.exitCode === 0 ? undefined : uvReason(result.stderr).replace(/\.$/, "") || endOf(result);
}

function endOf({ exitCode, failure }: RunResult): string {
  return l10n.t("it ended with code {0}", String(exitCode ?? failure));
}

/** pip's own last words, without the advice to update it. */
export function pipReason(stderr: string): string {
  const lines = stderr.split(/\r?\n/).map((line) => line.trim());
  const errors = lines.filter((line) => /^ERROR:/i.test(line)).map((line) => line.replace(/^ERROR:\s*/i, ""));
  const last = lines.findLast((line) => line !== "" && !/^(?:WARNING|\[notice\])/.test(line)) ?? "";
  return (errors.length > 0 ? errors.join("; ") : last).slice(0, 400).replace(/\.$/, "");
}

function lastOf(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[0].trim();
}

/** What activating does to the variables: builds call `python` by name, and conda on Windows finds OpenSSL on PATH. */
function activation(prefix: string, env: Variables): Variables {
  const windows = ["", "Library\\mingw-w64\\bin", "Library\\usr\\bin", "Library\\bin"].map((part) =>
    join(prefix, part),
  );
  const folders = [...(onWindows ? windows : []), programsOf(prefix)];
  // Windows has one variable in two spellings; setting both would leave it to chance.
  const key = onWindows ? (Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "Path") : "PATH";
  const path = [...folders, env[key]].filter((part) => part).join(delimiter);
  return { [key]: path, PYTHONHOME: undefined, PYTHONPATH: undefined };
}
