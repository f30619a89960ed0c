import { join } from "node:path";
import { isRecord, parsed, stringsIn } from "../core/json.ts";
import { normalizedName } from "../project/project.ts";
import { namesIn, textOf } from "./layout.ts";

/**
 * Which of the distributions (normalised names) a person asked conda for, from `conda-meta/history`, which is what
 * `conda env export --from-history` reads too; where that is empty, as rattler and pixi leave it, from the records of the
 * packages. A package that is named differently there (`pytorch` for torch) is recognised by its files.
 */
export async function condaRequestedIn(
  prefix: string,
  distributions: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const requested = new Set<string>();
  const told = requestedPackages((await textOf(join(prefix, "conda-meta", "history"))) ?? "");
  for (const name of told.size > 0 ? told : await requestedInRecords(prefix)) {
    const normalized = normalizedName(name);
    if (distributions.has(normalized)) requested.add(normalized);
    else for (const distribution of await distributionsOfPackage(prefix, name)) requested.add(distribution);
  }
  return requested;
}

/** The names of all specs that were asked for and not removed again, in the order of the history's lines. */
function requestedPackages(history: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, verb, specs = ""] of history.matchAll(/^# (create|install|update|remove|neutered) specs:(.*)$/gm)) {
    for (const name of namesOfSpecs(specs)) {
      if (verb === "remove") names.delete(name);
      else names.add(name);
    }
  }
  return names;
}

/** The packages whose records say by which specification they were asked for (`requested_spec`, `requested_specs`). */
async function requestedInRecords(prefix: string): Promise<ReadonlySet<string>> {
  const folder = join(prefix, "conda-meta");
  const names = new Set<string>();
  for (const file of await namesIn(folder)) {
    const name = /^(.+)-[^-]+-[^-]+\.json$/.exec(file)?.[1];
    if (name === undefined) continue;
    // Records list every file of their package: the one key is faster found than all of them read.
    const spec = /"requested_specs?"\s*:\s*\[?\s*"[^"]/.exec((await textOf(join(folder, file))) ?? "");
    if (spec) names.add(name);
  }
  return names;
}

/** A Python list of strings (`['python=3.10', "x"]`), or in old histories the bare text between commas. */
function namesOfSpecs(specs: string): readonly string[] {
  const quoted = [...specs.matchAll(/'([^']*)'|"([^"]*)"/g)].map((match) => match[1] ?? match[2] ?? "");
  const texts = specs.trimStart().startsWith("[") ? quoted : specs.split(",");
  return texts.flatMap((text) => /^(?:.*::)?([\w.-]+)/.exec(text.trim())?.[1]?.toLowerCase() ?? []);
}

async function distributionsOfPackage(prefix: string, name: string): Promise<readonly string[]> {
  const folder = join(prefix, "conda-meta");
  const record = (await namesIn(folder)).find((file) => file.replace(/-[^-]+-[^-]+\.json$/, "") === name);
  const value = record && parsed((await textOf(join(folder, record))) ?? "");
  if (!isRecord(value)) return [];
  return stringsIn(value.files).flatMap((file) => {
    const match = /([^/]+)-[^/-]+\.dist-info\/METADATA$/.exec(file);
    return match?.[1] ? [normalizedName(match[1])] : [];
  });
}
