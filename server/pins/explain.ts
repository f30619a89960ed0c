import * as l10n from "@vscode/l10n";
import { masked } from "../core/credentials.ts";
import { normalizedName } from "../project/project.ts";
import type { Entry } from "../requirements/model.ts";
import { satisfies } from "../requirements/specifier.ts";
import { compareVersions, isPrerelease, parseVersion } from "../requirements/version.ts";
import { type IndexFile, indexAnswer } from "./index-page.ts";
import type { IndexSettings } from "./index-settings.ts";
import type { Asking } from "./pip-report.ts";

/**
 * Why an index has no version for a requirement, in one sentence; undefined when it seems to have one. pip says the
 * same two lines for an unknown name, a dead network and a refused password, so the index is asked directly.
 */
export async function explainFailure(
  entry: Entry,
  settings: IndexSettings,
  asking: Asking,
): Promise<string | undefined> {
  if (settings.isIndirect) return undefined;
  const name = entry.name ?? "";
  const answers = await Promise.all(settings.indexes.map((index) => indexAnswer(index, normalizedName(name), asking)));
  const files = answers.flatMap((answer) => ("files" in answer ? answer.files : []));
  if (files.length > 0) return explainFiles(name, entry.specifier, files, asking);
  for (const [at, answer] of answers.entries()) {
    const index = masked(settings.indexes[at] ?? "");
    if (!("problem" in answer)) continue;
    if (answer.problem === "offline") return l10n.t("The package index {0} could not be reached", index);
    if (answer.problem === "credentials")
      return l10n.t("The package index {0} does not accept these credentials, or wants some", index);
    if (answer.problem === "broken")
      return l10n.t("The package index {0} answered with an error ({1})", index, answer.status);
  }
  return l10n.t(
    "No distribution is called `{0}` on {1}: is it spelt right?",
    name,
    masked(settings.indexes.join(", ")),
  );
}

/** Looks for what shuts out the last candidates: specifier, Python, being withdrawn, being source only. */
function explainFiles(
  name: string,
  specifier: string,
  files: readonly IndexFile[],
  asking: Asking,
): string | undefined {
  const named = files.filter(({ version }) => satisfies(version, specifier));
  if (named.length === 0) {
    const newest = newestOf(files.filter(({ yanked }) => !yanked)) ?? newestOf(files) ?? "";
    return l10n.t("No version of `{0}` satisfies `{1}`; the newest is {2}", name, specifier, newest);
  }
  // Pre-releases count only where nothing else satisfies.
  const final = named.filter(({ version }) => !isPre(version));
  const candidates = final.length > 0 ? final : named;
  const offered = candidates.filter(({ yanked }) => !yanked);
  if (offered.length === 0)
    return l10n.t("Every version of `{0}` that satisfies `{1}` was withdrawn by its authors", name, specifier || "*");
  const python = asking.environment.version;
  const fitting = offered.filter(
    ({ requiresPython }) => !python || !requiresPython || satisfies(python, requiresPython),
  );
  const [first] = offered;
  if (fitting.length === 0 && python && first) return explainPython(name, python, offered);
  if (!fitting.some(({ isWheel }) => isWheel))
    return l10n.t("`{0}` offers only source code there, which would have to be built: pin it by hand", name);
  return undefined;
}

function explainPython(name: string, python: string, files: readonly IndexFile[]): string {
  const newest = newestOf(files);
  const wanted = files.find(({ version }) => version === newest)?.requiresPython ?? "";
  const lowest = /(?:>=?|~=|==)\s*([\d.]+)/.exec(wanted)?.[1];
  const [ours, bound] = [
    parseVersion(python),
    lowest === undefined ? undefined : parseVersion(lowest.replace(/\.$/, "")),
  ];
  return ours && bound && compareVersions(ours, bound) < 0
    ? l10n.t("`{0}` needs Python {1}, and {2} of this environment is too old", name, wanted, python)
    : l10n.t("`{0}` needs Python {1}, and {2} of this environment is too new", name, wanted, python);
}

function isPre(version: string): boolean {
  const parsed = parseVersion(version);
  return parsed !== undefined && isPrerelease(parsed);
}

function newestOf(files: readonly IndexFile[]): string | undefined {
  const parsed = files.flatMap(({ version }) => {
    const value = parseVersion(version);
    return value ? [{ version, value }] : [];
  });
  const final = parsed.filter(({ value }) => !isPrerelease(value));
  const order = (final.length > 0 ? final : parsed).sort((left, right) => compareVersions(left.value, right.value));
  return order.at(-1)?.version;
}
