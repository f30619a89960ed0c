import { delimiter, join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { type Contents, projectArguments } from "./contents.ts";
import { onWindows, programsOf, type Variables } from "./layout.ts";
import type { Session } from "./session.ts";

/** Where things are installed: the environment, and the `uv` that does it in pip's place. */
export interface Target {
  readonly python: string;
  readonly prefix: string;
  readonly uv: string | undefined;
}

/**
 * Installs requirements files, and the project where that was asked for, with the environment's own pip or with uv; answers
 * the reason if it failed. Python is isolated (`-I`): a `pip.py` in the project is not imported, nor what the person
 * installed with `--user`.
 */
export async function installContents(
  session: Session,
  target: Target,
  contents: Contents,
  folder: string,
): Promise<string | undefined> {
  const requirements = contents.requirements.flatMap((file) => ["--requirement", resolve(folder, file)]);
  return runPip(session, target, [...requirements, ...(contents.project ? await projectArguments(folder) : [])]);
}

/** Runs `pip install`, or uv's, with these arguments; answers the reason if it failed. */
export async function runPip(session: Session, target: Target, wanted: readonly string[]): Promise<string | undefined> {
  const tool = target.uv === undefined ? "pip" : "uv";
  session.progress(l10n.t("{0} is choosing the versions", tool));
  const [command, ...args] = commandFor(target);
  const result = await session.run(command, [...args, ...wanted], {
    hear: (chunk) => {
      const doing = lastOf(chunk, /^ *(?:Collecting|Downloading|Installing|Building|Prepared|Resolved) .*$/gm);
      if (doing) session.progress(l10n.t("{0}: {1}", tool, doing.slice(0, 80)));
    },
    env: activation(target.prefix, session.variables),
  });
  if (result.exitCode === 0) return undefined;
  return pipReason(result.stderr) || l10n.t("it ended with code {0}", String(result.exitCode ?? result.failure));
}

function commandFor({ python, uv }: Target): readonly [string, ...string[]] {
  if (uv !== undefined) return [uv, "pip", "install", "--python", python, "--no-progress"];
  const isolated = ["-I", "-u", "-X", "utf8", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
  return [python, ...isolated, "--progress-bar", "off"];
}

/** pip's or uv's own last words, without the advice to update it. */
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
