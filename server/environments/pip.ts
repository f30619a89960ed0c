import { delimiter, join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { onWindows, programsOf, type Variables } from "./layout.ts";
import type { Session } from "./session.ts";

/**
 * Installs requirements files with the environment's own pip, and answers pip's reason if it failed. Python is isolated
 * (`-I`): a `pip.py` in the project is not imported, nor what the person installed with `--user`.
 */
export async function installRequirements(
  session: Session,
  python: string,
  prefix: string,
  files: readonly string[],
  folder: string,
): Promise<string | undefined> {
  session.progress(l10n.t("pip is choosing the versions"));
  const args = ["-I", "-u", "-X", "utf8", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
  const requirements = files.flatMap((file) => ["--requirement", resolve(folder, file)]);
  const result = await session.run(
    python,
    [...args, "--progress-bar", "off", ...requirements],
    (chunk, stream) => {
      const doing = stream === "stdout" ? lastOf(chunk, /^(?:Collecting|Downloading|Installing) .*$/gm) : undefined;
      if (doing) session.progress(l10n.t("pip: {0}", doing.slice(0, 80)));
    },
    activation(prefix, session.variables),
  );
  if (result.exitCode === 0) return undefined;
  return pipReason(result.stderr) || l10n.t("it ended with code {0}", String(result.exitCode ?? result.failure));
}

/** pip's own last words, without the advice to update it. */
function pipReason(stderr: string): string {
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
