import * as l10n from "@vscode/l10n";
import { masked } from "../core/credentials.ts";
import { applyEdits } from "../core/edit.ts";
import { normalizedName, type PythonEnvironment } from "../project/project.ts";
import type { RequirementsFile } from "../requirements/model.ts";
import { type LeftCode, type PinOptions, type Pins, pinRequirements } from "../requirements/pin.ts";
import { readRequirements } from "../requirements/reader.ts";
import { sortRequirements } from "../requirements/sort.ts";
import { markersOf } from "./marker-environment.ts";
import { resolveVersions } from "./resolve.ts";

export interface PinRequest {
  /** POSIX path relative to the project's root. */
  readonly path: string;
  readonly text: string;
  /** Absolute path of the folder that holds the file: what its options name is looked for there. */
  readonly folder: string;
  readonly environment: PythonEnvironment | undefined;
  /** Whether the person agreed to ask the package index about what is not installed. */
  readonly network: boolean;
  /** The project has a uv.lock or a `[tool.uv]`. */
  readonly usesUv?: boolean;
  /** Pin only the requirement that covers this line, from 0. */
  readonly line?: number;
  readonly signal?: AbortSignal;
  /** The variables that the programs get; default: those of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  onProgress?(message: string): void;
}

export interface PinnedFile {
  /** The whole new text; the old one when `refused` is there. */
  readonly text: string;
  readonly pinned: readonly { readonly line: number; readonly name: string; readonly pin: string }[];
  /** What was left as it was, line from 0, and one sentence that says why. */
  readonly left: readonly {
    readonly line: number;
    /** The requirement as it is spelt, credentials masked. */
    readonly name: string;
    readonly code: LeftCode;
    readonly reason: string;
  }[];
  /** What the person should know although it worked. */
  readonly warnings: readonly string[];
  /** Why nothing was changed. */
  readonly refused?: string;
}

/**
 * Fixes the versions of a requirements file: by what is installed in the environment, and for what is absent, if the
 * network is allowed, by what its own pip (or uv) would install. Never rejects for what the programs or an index do.
 */
export async function pinFile(request: PinRequest): Promise<PinnedFile> {
  using file = readRequirements(request.path, request.text);
  const { environment, network } = request;
  const options: PinOptions = {
    versionOf: (name) => environment?.distributions.get(name),
    markers: markersOf(environment),
    reasonFor: (name) => reasonForAbsence(name, environment, network),
    ...(request.line === undefined ? {} : { line: request.line }),
  };
  const first = pinRequirements(file, options);
  if ("refused" in first) return refusal(request, first.refused);
  const absent = first.left.filter(({ code }) => code === "absent").map(({ entry }) => entry);
  if (absent.length === 0 || !network || !environment) return outcome(file, first, []);
  const found = await resolveVersions({ ...request, file, environment, absent });
  if (found.cancelled) return refusal(request, l10n.t("Cancelled; the file was left as it is"));
  const second = pinRequirements(file, {
    ...options,
    versionOf: (name) => environment.distributions.get(name) ?? found.versions.get(name),
    reasonFor: (name) => found.reasons.get(name) ?? options.reasonFor?.(name),
  });
  return "refused" in second ? refusal(request, second.refused) : outcome(file, second, found.warnings);
}

/** The same, and then the requirements in order. */
export async function pinAndSortFile(request: PinRequest): Promise<PinnedFile> {
  const result = await pinFile(request);
  if (result.refused !== undefined) return result;
  using file = readRequirements(request.path, result.text);
  const sorted = sortRequirements(file);
  return "text" in sorted ? { ...result, text: sorted.text } : result;
}

function refusal({ text }: PinRequest, refused: string): PinnedFile {
  return { text, pinned: [], left: [], warnings: [], refused };
}

function outcome(file: RequirementsFile, pins: Pins, warnings: readonly string[]): PinnedFile {
  const spelt = ({ at }: { at: { start: number; end: number } }) => file.text.slice(at.start, at.end);
  return {
    text: applyEdits(file.text, pins.edits),
    pinned: pins.pinned.map(({ entry, pin }) => ({ line: entry.line, name: entry.name ?? spelt(entry), pin })),
    left: pins.left.map(({ entry, code, reason }) => ({
      line: entry.line,
      name: entry.name ?? masked(spelt(entry)),
      code,
      reason: masked(reason),
    })),
    warnings: warnings.map(masked),
  };
}

function reasonForAbsence(name: string, environment: PythonEnvironment | undefined, network: boolean): string {
  if (!environment) {
    return l10n.t("No Python environment is chosen, so nothing tells the version of `{0}`", normalizedName(name));
  }
  return network
    ? l10n.t("`{0}` is not installed in `{1}`", name, environment.name)
    : l10n.t("`{0}` is not installed in `{1}`, and the package index was not asked", name, environment.name);
}
