import * as l10n from "@vscode/l10n";
import { type CloneReport, kindName, linesText, shareOf } from "../report/clone-report.ts";

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
