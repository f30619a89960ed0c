import * as l10n from "@vscode/l10n";
import type { CloneClass } from "../clones/clone-class.ts";
import { type CloneReport, linesText, percentOf, rounded } from "./clone-report.ts";

/** For people: each class with its places, then how much of the code is duplicated. */
export function clonesText(report: CloneReport): string {
  const parts: string[] = [];
  for (const { kind, tokens, copies } of report.classes) {
    parts.push(`${kindName(kind)}, ${l10n.t("{0} tokens", tokens)}\n`);
    for (const copy of copies) {
      const place = `  ${linesText(copy)}`;
      parts.push(copy.isNew ? `${place} ${l10n.t("(new)")}\n` : `${place}\n`);
    }
  }
  parts.push(`${l10n.t("Clone classes: {0}.", report.classes.length)} ${shareOf(report)}\n`);
  return parts.join("");
}

/** How much is duplicated, and what of. */
export function shareOf(report: CloneReport): string {
  const { duplicated, counted, base } = report;
  const percent = rounded(percentOf(report));
  if (!base) return l10n.t("Duplicated lines: {0} of {1} ({2} %).", duplicated, counted, percent);
  return l10n.t(
    "Duplicated lines: {0} of {1} that were added since {2} ({3} %).",
    duplicated,
    counted,
    base.revision,
    percent,
  );
}

export function kindName(kind: CloneClass["kind"]): string {
  if (kind === "exact") return l10n.t("exact copies");
  return kind === "renamed" ? l10n.t("renamed copies") : l10n.t("copies with gaps");
}
