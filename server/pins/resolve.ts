import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { normalizedName, type PythonEnvironment } from "../project/project.ts";
import { markerHolds } from "../requirements/marker.ts";
import type { Entry, RequirementsFile } from "../requirements/model.ts";
import type { Pinnable } from "../requirements/pin.ts";
import { pinnedVersion } from "../requirements/specifier.ts";
import { explainFailure } from "./explain.ts";
import { indexSettings } from "./index-settings.ts";
import { markersOf } from "./marker-environment.ts";
import { pipReport } from "./pip-report.ts";
import { uvCompile, uvSettings, uvWarnings } from "./uv.ts";

export interface ResolveRequest {
  readonly file: RequirementsFile;
  readonly folder: string;
  readonly environment: PythonEnvironment;
  /** The requirements whose versions are looked for. */
  readonly absent: readonly Entry[];
  readonly usesUv?: boolean;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string | undefined>>;
  onProgress?(message: string): void;
}

export interface Resolution {
  /** By PEP 503 normalised name. */
  readonly versions: ReadonlyMap<string, Pinnable>;
  /** Why there is none, one sentence each. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
  readonly cancelled: boolean;
}

/** What pip or uv answered for some requirements: versions by normalised name, or its own words. */
export type Answer =
  | { readonly versions: ReadonlyMap<string, string> }
  /** `unusable`: asking again for fewer requirements cannot help. */
  | { readonly failure: "cancelled" | "timeout" | "unusable" | "refused"; readonly message: string };

/** Asks about requirements that lie in a file of their own, beside a file of constraints. */
export type Ask = (requirements: string, constraints: string) => Promise<Answer>;

/**
 * The versions that the environment's own pip (or uv, in a project of uv) would install for requirements, together
 * with what the file fixes already. One bad requirement does not keep the others from an answer.
 */
export async function resolveVersions(request: ResolveRequest): Promise<Resolution> {
  const scratch = await mkdtemp(join(tmpdir(), "groundwork-pins-"));
  try {
    return await resolveIn(scratch, request);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function resolveIn(scratch: string, request: ResolveRequest): Promise<Resolution> {
  const versions = new Map<string, Pinnable>();
  const uv = request.usesUv === true ? await uvCompile(request) : undefined;
  const warnings = uv ? uvWarnings(await indexSettings(request), request) : [];
  const attempt = (entries: readonly Entry[]) =>
    askFor(entries, { scratch, request, versions, ask: uv ?? pipReport(request) });
  request.onProgress?.(l10n.t("Asking the package index for {0} versions", request.absent.length));
  const answer = await attempt(request.absent);
  const reasons = await reasonsFor(answer, { request, attempt, usesUv: uv !== undefined });
  return { versions, reasons: reasons ?? new Map(), warnings, cancelled: reasons === undefined };
}

interface Fallback {
  readonly request: ResolveRequest;
  readonly attempt: (entries: readonly Entry[]) => Promise<Answer>;
  readonly usesUv: boolean;
}

/**
 * Why requirements have no version, by normalised name; those that were only refused together with others are asked
 * about again. Undefined when it was cancelled.
 */
async function reasonsFor(answer: Answer, fallback: Fallback): Promise<Map<string, string> | undefined> {
  const { request, attempt, usesUv } = fallback;
  const { absent } = request;
  if (!("failure" in answer)) return new Map();
  if (answer.failure === "cancelled") return undefined;
  if (answer.failure !== "refused") return new Map(absent.map((entry) => [nameOf(entry), answer.message]));
  const found = await indexSettings(request);
  const settings = usesUv ? uvSettings(found, request) : found;
  const explained = await Promise.all(absent.map((entry) => explainFailure(entry, settings, request)));
  if (request.signal?.aborted) return undefined;
  const reasons = new Map<string, string>();
  for (const [at, entry] of absent.entries()) if (explained[at]) reasons.set(nameOf(entry), explained[at]);
  const open = absent.filter((entry) => !reasons.has(nameOf(entry)));
  const isFewer = open.length > 0 && open.length < absent.length;
  if (isFewer && !("failure" in (await attempt(open)))) return reasons;
  for (const entry of open) {
    const single = absent.length === 1 ? answer : await attempt([entry]);
    if (!("failure" in single)) continue;
    if (single.failure === "cancelled") return undefined;
    reasons.set(nameOf(entry), l10n.t("No version of `{0}` was found: {1}", entry.name ?? "", single.message));
  }
  return reasons;
}

interface Attempt {
  readonly scratch: string;
  readonly request: ResolveRequest;
  /** Takes the versions that are found. */
  readonly versions: Map<string, Pinnable>;
  readonly ask: Ask;
}

async function askFor(entries: readonly Entry[], { scratch, request, versions, ask }: Attempt): Promise<Answer> {
  const { file } = request;
  const lines = [...optionLines(request), ...entries.map((entry) => file.text.slice(entry.at.start, entry.at.end))];
  const requirements = join(scratch, "requirements.txt");
  const constraints = join(scratch, "constraints.txt");
  await writeFile(requirements, `${lines.join("\n")}\n`);
  await writeFile(constraints, `${constraintLines(request, versions).join("\n")}\n`);
  const answer = await ask(requirements, constraints);
  if ("failure" in answer) return answer;
  for (const entry of entries) {
    const version = answer.versions.get(nameOf(entry));
    if (version !== undefined) versions.set(nameOf(entry), { version, isServed: true });
  }
  return answer;
}

function nameOf(entry: Entry): string {
  return normalizedName(entry.name ?? "");
}

/** The options of the file, with what they name relative to it made absolute. */
function optionLines({ file, folder }: ResolveRequest): string[] {
  return file.entries.flatMap((entry) => {
    if (entry.kind === "constraint" && entry.path !== undefined) {
      return [
        `-c ${/^[a-z]+:\/\//i.test(entry.path) || isAbsolute(entry.path) ? entry.path : resolve(folder, entry.path)}`,
      ];
    }
    if (entry.kind !== "option") return [];
    return entry.options.map((option) =>
      option.replace(
        /^(-f|--find-links)([ =]+)(\.{1,2}[\\/].*|\.{1,2})$/,
        (_, name, between, path) => name + between + resolve(folder, path),
      ),
    );
  });
}

/** What the file or the environment fixes already, so that all versions go together. */
function constraintLines({ file, environment }: ResolveRequest, found: ReadonlyMap<string, Pinnable>): string[] {
  const markers = markersOf(environment);
  return file.entries.flatMap((entry) => {
    if (entry.kind !== "requirement" || entry.name === undefined || !entry.specifierAt) return [];
    if (entry.marker !== undefined && markerHolds(entry.marker, markers) === false) return [];
    const name = nameOf(entry);
    const version =
      pinnedVersion(entry.specifier) ?? environment.distributions.get(name)?.version ?? found.get(name)?.version;
    return version === undefined ? [] : [`${name}==${version.replace(/\+.*$/, "")}`];
  });
}
