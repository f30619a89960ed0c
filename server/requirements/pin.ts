import * as l10n from "@vscode/l10n";
import { withoutCredentials } from "../core/credentials.ts";
import type { Edit } from "../core/edit.ts";
import { type InstalledDistribution, normalizedName } from "../project/project.ts";
import { isFixed } from "./fixed.ts";
import { generatedBy, refusalFor } from "./generated.ts";
import { type MarkerEnvironment, markerHolds } from "./marker.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { satisfies } from "./specifier.ts";
import { parseVersion } from "./version.ts";

/** What a requirement can be pinned to: an installed distribution, or a version that an index offers. */
export type Pinnable = Pick<InstalledDistribution, "version"> &
  Partial<Pick<InstalledDistribution, "directUrl" | "installer">> & {
    /** An index of this file offers the very version, its local label included. */
    readonly isServed?: boolean;
  };

export interface PinOptions {
  /** What is known by PEP 503 normalised name; undefined when nothing is. */
  readonly versionOf: (name: string) => Pinnable | undefined;
  /** Markers that are false here leave their line as it is. */
  readonly markers: MarkerEnvironment;
  /** Pin only the entry that covers this physical line, from 0. */
  readonly line?: number;
  /** The sentence for a requirement that `versionOf` knows nothing about. */
  readonly reasonFor?: (name: string) => string | undefined;
}

export type LeftCode = "absent" | "contradiction" | "editable" | "include" | "invalid" | "marker" | "url";

/** A requirement that was not pinned, and one sentence that says why. */
export interface LeftRequirement {
  readonly entry: Entry;
  readonly code: LeftCode;
  readonly reason: string;
}

export interface PinnedRequirement {
  readonly entry: Entry;
  /** What stands there now: `==1.26.4`, or a URL with its commit. */
  readonly pin: string;
}

export interface Pins {
  readonly edits: readonly Edit[];
  readonly pinned: readonly PinnedRequirement[];
  readonly left: readonly LeftRequirement[];
}

/**
 * Fixes the version of each requirement that does not have one: only the specifier's span changes. Requirements that
 * are fixed already are in neither list, unless another version is installed. A file that a tool wrote is refused.
 */
export function pinRequirements(file: RequirementsFile, options: PinOptions): Pins | { readonly refused: string } {
  const generated = generatedBy(file);
  if (generated) return { refused: refusalFor(generated) };
  const { line } = options;
  const pinned: (PinnedRequirement & { edit: Edit })[] = [];
  const left: LeftRequirement[] = [];
  for (const entry of file.entries) {
    if (line !== undefined && (line < entry.line || line > entry.endLine)) continue;
    const outcome = pin(entry, file, options);
    if (typeof outcome === "string") pinned.push({ entry, pin: outcome.trim(), edit: editFor(entry, outcome, file) });
    else if (outcome) left.push({ entry, ...outcome });
  }
  return { edits: pinned.map(({ edit }) => edit), pinned: pinned.map(({ entry, pin }) => ({ entry, pin })), left };
}

type Left = Pick<LeftRequirement, "code" | "reason">;

/** The text of a pin, why there is none, or undefined for what needs none. */
function pin(entry: Entry, file: RequirementsFile, options: PinOptions): string | Left | undefined {
  if (entry.kind !== "requirement") return reasonOf(entry);
  const isElsewhere = entry.marker !== undefined && markerHolds(entry.marker, options.markers) === false;
  const known = entry.name === undefined ? undefined : options.versionOf(normalizedName(entry.name));
  if (isFixed(entry)) return known && !isElsewhere && entry.specifierAt ? contradiction(entry, known) : undefined;
  if (isElsewhere) {
    return { code: "marker", reason: l10n.t("Its marker `{0}` is false in this environment", entry.marker ?? "") };
  }
  if (entry.name === undefined || !entry.specifierAt) {
    return { code: "url", reason: l10n.t("It comes from a URL: name a commit or a release there") };
  }
  if (!known) return absence(entry.name, options);
  return contradiction(entry, known) ?? pinTo(known, file);
}

/** Why a line that is no requirement stays; undefined for an option, which nobody expects to be pinned. */
function reasonOf(entry: Entry): Left | undefined {
  switch (entry.kind) {
    case "include":
    case "constraint":
      return { code: "include", reason: l10n.t("`{0}` is a file of its own: pin it there", entry.path ?? "") };
    case "editable":
      return {
        code: "editable",
        reason: l10n.t("An editable installation follows its folder and has no version to fix"),
      };
    case "error":
      return { code: "invalid", reason: l10n.t("pip refuses this line: {0}", entry.error?.message ?? "") };
    default:
      return undefined;
  }
}

function absence(name: string, { reasonFor }: PinOptions): Left {
  return { code: "absent", reason: reasonFor?.(normalizedName(name)) ?? l10n.t("`{0}` is not installed", name) };
}

/** An installed version that the line excludes: whoever wrote it must decide which of both is right. */
function contradiction(entry: Entry, { version }: Pinnable): Left | undefined {
  if (satisfies(version, entry.specifier) || entry.options.some((option) => option.startsWith("--hash")))
    return undefined;
  const reason = l10n.t("{0} is installed, and `{1}` excludes it", version, entry.specifier);
  return { code: "contradiction", reason };
}

function pinTo(known: Pinnable, file: RequirementsFile): string | Left {
  const { directUrl, version } = known;
  if (directUrl?.editable) {
    return {
      code: "editable",
      reason: l10n.t("It is installed in editable mode from a folder, which no version names"),
    };
  }
  if (directUrl?.vcs && directUrl.commit) {
    return ` @ ${directUrl.vcs}+${withoutCredentials(directUrl.url)}@${directUrl.commit}`;
  }
  if (directUrl && !isBuildFolder(directUrl.url) && known.installer !== "conda") {
    return {
      code: "url",
      reason: l10n.t("It is installed from {0}, which an index need not have", withoutCredentials(directUrl.url)),
    };
  }
  if (!parseVersion(version)) {
    return { code: "invalid", reason: l10n.t("Its installed version `{0}` is none that `==` can name", version) };
  }
  return `==${known.isServed || isServedWithLabel(version, file) ? version : withoutLabel(version)}`;
}

/** Where conda builds its packages: such a place names no source, and the version is right. */
function isBuildFolder(url: string): boolean {
  return /^file:.*(?:feedstock_root|conda-bld|\/croot\/|\/b\/abs_|\/bld\/|\/work(?:\/|$))/i.test(url);
}

function withoutLabel(version: string): string {
  return version.replace(/\+.*$/s, "");
}

/** A local version (`2.3.0+cu121`) is only on the index that serves this kind of build. */
function isServedWithLabel(version: string, file: RequirementsFile): boolean {
  const label = /\+([^.]+)/.exec(version)?.[1];
  if (label === undefined) return false;
  return file.entries
    .filter((entry) => entry.kind === "option")
    .flatMap((entry) => entry.options)
    .some((option) => /^(?:-i|-f|--(?:extra-)?index-url|--find-links)\b/.test(option) && option.includes(label));
}

function editFor(entry: Entry, pin: string, { text }: RequirementsFile): Edit {
  const at = entry.specifierAt ?? { start: entry.at.end, end: entry.at.end };
  // A URL ends only at a blank, and one blank before it is enough.
  const isUrl = pin.startsWith(" @");
  const behind = isUrl && /\S/.test(text[at.end] ?? " ") ? " " : "";
  return { at, text: (isUrl && /\s/.test(text[at.start - 1] ?? "") ? pin.trimStart() : pin) + behind };
}
