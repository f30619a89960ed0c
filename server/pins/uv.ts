import * as l10n from "@vscode/l10n";
import { masked } from "../core/credentials.ts";
import { run } from "../host/process.ts";
import { normalizedName } from "../project/project.ts";
import { readRequirements } from "../requirements/reader.ts";
import { pinnedVersion } from "../requirements/specifier.ts";
import type { IndexSettings } from "./index-settings.ts";
import { lastWords, runOptions } from "./pip-report.ts";
import type { Ask, ResolveRequest } from "./resolve.ts";

/** Asks `uv pip compile`; undefined when uv is not on PATH. */
export async function uvCompile(request: ResolveRequest): Promise<Ask | undefined> {
  const options = runOptions(request);
  const probe = await run("uv", ["--version"], options);
  if (probe.exitCode !== 0) return undefined;
  const fixed = ["--quiet", "--no-header", "--no-annotate", "--no-progress", "--only-binary", ":all:"];
  return async (requirements, constraints) => {
    const files = ["--python", request.environment.python, "--constraints", constraints, requirements];
    const { exitCode, failure, stdout, stderr } = await run("uv", ["pip", "compile", ...fixed, ...files], options);
    if (failure === "cancelled") return { failure, message: l10n.t("It was cancelled") };
    if (failure === "timeout") return { failure, message: l10n.t("uv did not answer within 10 minutes") };
    if (exitCode !== 0) return { failure: "refused", message: uvReason(stderr) };
    using file = readRequirements("requirements.txt", stdout);
    const pairs = file.entries.flatMap(({ name, specifier }) => {
      const version = pinnedVersion(specifier);
      return name !== undefined && version !== undefined ? [[normalizedName(name), version] as const] : [];
    });
    return { versions: new Map(pairs) };
  };
}

/** Why uv gave up, in its own words and on one line, credentials masked. */
export function uvReason(stderr: string): string {
  return explanationIn(stderr) ?? lastWords(stderr);
}

/** The reason behind the headline: older versions of uv draw an arrow before it, newer ones write `cause:`. */
function explanationIn(stderr: string): string | undefined {
  const reason = /(?:[╰└]─▶|^\s*cause:)\s*(.+?)(?:\n\s*\n|\n\s*hint:|$(?![\s\S]))/ms.exec(stderr)?.[1];
  return reason && masked(reason.replace(/\s+/g, " ").trim()).slice(0, 300);
}

/**
 * Where uv looks: neither pip's configuration files nor `PIP_INDEX_URL` count. What is not in the file or in uv's
 * variables may stand in its own configuration, so only uv itself can say what it saw there.
 */
export function uvSettings(settings: IndexSettings, request: ResolveRequest): IndexSettings {
  if (settings.isFromFile) return settings;
  const own = uvIndex(request);
  return own === undefined
    ? { ...settings, isIndirect: true }
    : { ...settings, indexes: [own.replace(/\/+$/, "")], isIndirect: false };
}

function uvIndex({ env }: ResolveRequest): string | undefined {
  const variables = env ? { ...process.env, ...env } : process.env;
  return variables.UV_DEFAULT_INDEX || variables.UV_INDEX_URL || undefined;
}

/** What to tell where uv looked in another index than pip would. */
export function uvWarnings(settings: IndexSettings, request: ResolveRequest): string[] {
  if (settings.isFromFile || settings.isDefault || uvIndex(request) !== undefined) return [];
  return [l10n.t("uv does not read pip's configuration: it did not look in {0}", masked(settings.indexes.join(", ")))];
}
