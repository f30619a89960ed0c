import * as l10n from "@vscode/l10n";
import { run } from "../host/process.ts";
import { normalizedName } from "../project/project.ts";
import { readRequirements } from "../requirements/reader.ts";
import { pinnedVersion } from "../requirements/specifier.ts";
import { masked } from "./credentials.ts";
import { indexSettings } from "./index-settings.ts";
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
    if (exitCode !== 0) return { failure: "refused", message: lastWords(stderr) };
    using file = readRequirements("requirements.txt", stdout);
    const pairs = file.entries.flatMap(({ name, specifier }) => {
      const version = pinnedVersion(specifier);
      return name !== undefined && version !== undefined ? [[normalizedName(name), version] as const] : [];
    });
    return { versions: new Map(pairs) };
  };
}

/** uv reads neither pip's configuration files nor `PIP_INDEX_URL`: it may look in another index than pip. */
export async function uvWarning(request: ResolveRequest): Promise<string[]> {
  const settings = await indexSettings(request);
  const env = request.env ?? process.env;
  const isTold = settings.isFromFile || env.UV_INDEX_URL || env.UV_DEFAULT_INDEX || settings.isDefault;
  if (isTold) return [];
  return [l10n.t("uv does not read pip's configuration: it did not look in {0}", masked(settings.indexes.join(", ")))];
}
