import * as l10n from "@vscode/l10n";
import type { Stage } from "../core/rule.ts";
import { baselineName } from "../project/baseline.ts";
import type { ByStage } from "../project/readiness.ts";
import type { Checks, ReadinessReport } from "./readiness-report.ts";
import type { Change } from "./trend.ts";

/** The sentences that a report says in every format. */

export const stages: readonly Stage[] = ["production", "undecided", "experimental"];

export function reportTitle({ name }: Pick<ReadinessReport, "name">): string {
  return l10n.t("Production readiness: {0}", name);
}

export function stageTitle(stage: Stage): string {
  if (stage === "production") return l10n.t("Production");
  return stage === "experimental" ? l10n.t("Experimental") : l10n.t("Undecided");
}

/** `7 files: 3 in production, 4 undecided`. */
export function filesText({ files }: Pick<ReadinessReport, "files">): string {
  const count = sumOf(files);
  const all = count === 1 ? l10n.t("1 file") : l10n.t("{0} files", count);
  return count === 0 ? all : `${all}: ${byStageText(files)}`;
}

export function findingsText(stages: ByStage): string {
  const count = sumOf(stages);
  if (count === 0) return l10n.t("nothing found");
  const all = count === 1 ? l10n.t("1 finding") : l10n.t("{0} findings", count);
  return `${all}: ${byStageText(stages)}`;
}

/** Stages with nothing are left out. */
export function byStageText(counts: ByStage): string {
  const texts = [
    counts.production > 0 && l10n.t("{0} in production", counts.production),
    counts.undecided > 0 && l10n.t("{0} undecided", counts.undecided),
    counts.experimental > 0 && l10n.t("{0} experimental", counts.experimental),
  ];
  return texts.filter((text) => text !== false).join(", ");
}

export function sumOf(counts: ByStage): number {
  return counts.production + counts.undecided + counts.experimental;
}

/** `13 of 18 checks found nothing`, and what became of the others. */
export function checksText({ clean, finding, idle, silent, off }: Checks): string {
  const looked = clean + finding;
  const done = looked === 0 ? l10n.t("Nothing to look at") : l10n.t("{0} of {1} checks found nothing", clean, looked);
  const rest = [
    looked > 0 && idle > 0 && l10n.t("nothing to look at: {0}", idle),
    silent > 0 && l10n.t("silent in these stages: {0}", silent),
    off > 0 && l10n.t("switched off: {0}", off),
  ].filter((text) => text !== false);
  return rest.length === 0 ? done : `${done} (${rest.join(", ")})`;
}

export function measureText(): string {
  return l10n.t(
    "A check is a rule; it counts as good when it looked at some file and found nothing in any of them. Rules that have nothing to look at here, or are silent in the stages of these files, are not counted. Nothing is weighted, and there is no score.",
  );
}

export function trendText(change: Change): string {
  const { recorded, left, fresh } = change;
  return l10n.t(
    "Recorded in {0}: {1}. Still there: {2}. Gone, since they were mended or their code was deleted: {3}. New: {4}. Today: {5}.",
    baselineName,
    recorded,
    left,
    recorded - left,
    fresh,
    left + fresh,
  );
}

export function noTrendText(): string {
  return l10n.t(
    "Nothing is recorded to compare with. Record today's findings (`groundwork check --record-baseline`), and later reports tell what changed since.",
  );
}

export function trendHead(): readonly string[] {
  return [l10n.t("Recorded"), l10n.t("Still there"), l10n.t("Gone"), l10n.t("New"), l10n.t("Today")];
}

export function trendCells({ recorded, left, fresh }: Change): readonly number[] {
  return [recorded, left, recorded - left, fresh, left + fresh];
}
