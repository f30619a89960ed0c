import * as l10n from "@vscode/l10n";
import { codeSpan, escapedMarkdown } from "../core/markdown.ts";
import { normalizedName } from "../project/project.ts";

/** What an installed distribution says of itself (core metadata). */
export interface DistributionMetadata {
  readonly name: string;
  readonly version: string;
  readonly summary: string | undefined;
  /** Its page: `http` or `https`. */
  readonly page: string | undefined;
  /** `Requires-Dist` as they are spelt. */
  readonly requires: readonly string[];
  /** `Provides-Extra`. */
  readonly extras: readonly string[];
}

export interface DescribedDistribution {
  /** As the requirement spells it. */
  readonly name: string;
  /** What people call the environment; undefined when the project has none. */
  readonly environment: string | undefined;
  /** Undefined when it is not installed. */
  readonly installed: DistributionMetadata | undefined;
  /** The modules and packages that `import` finds. */
  readonly modules: readonly string[];
  /** Names of the installed distributions that require it. */
  readonly requiredBy: readonly string[];
}

/** More names than these are counted. */
const shownNames = 8;

/** What is known of a requirement, as Markdown: version, summary, modules, who requires it, and its page. */
export function describe({ name, environment, installed, modules, requiredBy }: DescribedDistribution): string {
  const label = installed?.name ?? name;
  const lines = [`**${escapedMarkdown(label)}** · ${stateOf(installed, environment)}`];
  if (installed?.summary) lines.push(escapedMarkdown(installed.summary));
  const facts: string[] = [];
  if (modules.length > 0) facts.push(l10n.t("Provides: {0}", listed(modules.map(codeSpan))));
  if (requiredBy.length > 0) facts.push(l10n.t("Required by: {0}", listed(requiredBy.map(escapedMarkdown))));
  else if (installed) facts.push(l10n.t("No other installed distribution requires it"));
  if (facts.length > 0) lines.push(facts.join("  \n"));
  const page = installed?.page ?? `https://pypi.org/project/${encodeURIComponent(normalizedName(name))}/`;
  lines.push(`[${escapedMarkdown(page)}](<${page}>)`);
  return lines.join("\n\n");
}

function stateOf(installed: DistributionMetadata | undefined, environment: string | undefined): string {
  if (environment === undefined) return l10n.t("this folder has no Python environment");
  if (!installed) return l10n.t("not installed in {0}", codeSpan(environment));
  return l10n.t("{0} is installed in {1}", escapedMarkdown(installed.version), codeSpan(environment));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, shownNames).join(", ");
  return names.length > shownNames ? l10n.t("{0} and {1} more", shown, names.length - shownNames) : shown;
}
