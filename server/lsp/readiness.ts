import type { CancellationToken } from "vscode-languageserver";
import type { Severity, Stage } from "../core/rule.ts";
import { stageOf } from "../core/stages.ts";
import { Lines } from "../core/text.ts";
import { rules } from "../languages.ts";
import { type ByStage, type FileFindings, type Pillar, pillarsOf } from "../project/readiness.ts";
import { type CopyPlace, toPlace } from "./copies.ts";
import type { Overview } from "./overview.ts";
import type { Session } from "./session.ts";

/** The answer to the request `groundwork/readiness`; the files of the pillars are URIs. */
export interface ReadinessAnswer {
  readonly pillars: readonly Pillar[];
  /** How many files of each stage were looked at. */
  readonly files: ByStage;
  /** Findings that the baseline file holds, and that are not told. */
  readonly recorded: number;
}

/** One finding of a file, for a client that shows it as a row of a tree. */
export interface PlacedFinding extends CopyPlace {
  readonly message: string;
  readonly severity: Severity;
}

/** What was found in all folders, counted. Nothing is computed anew that the diagnostics know. */
export async function readiness(
  { diagnostics, folders }: Pick<Session, "diagnostics" | "folders">,
  overview: Overview,
  token: CancellationToken,
): Promise<ReadinessAnswer> {
  const found: FileFindings[] = [];
  const files: Record<Stage, number> = { production: 0, undecided: 0, experimental: 0 };
  let recorded = 0;
  await overview.visit(token, ({ workspace, path }) => {
    const { findings, known } = diagnostics.resultOf({ workspace, path });
    const stage = stageOf(path, workspace.settings);
    files[stage]++;
    recorded += known.length;
    if (findings.length > 0) found.push({ file: folders.uriOf(workspace, path), stage, findings });
  });
  return { pillars: pillarsOf(found, rules), files, recorded };
}

/** The findings of one rule in a file, in the order of its text. */
export function findingsIn(
  { diagnostics, folders }: Pick<Session, "diagnostics" | "folders">,
  { uri, rule }: { readonly uri: string; readonly rule: string },
): PlacedFinding[] {
  const place = folders.placeOf(uri);
  if (!place) return [];
  const { workspace, path } = place;
  const findings = diagnostics.resultOf(place).findings.filter((each) => each.rule === rule);
  const lines = new Lines(findings.length > 0 ? (workspace.textOf(path) ?? "") : "");
  return findings.map(({ at, message, severity }) => ({
    ...toPlace(folders, workspace, { path, range: lines.rangeOf(at) }),
    message,
    severity,
  }));
}
