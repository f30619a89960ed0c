import * as l10n from "@vscode/l10n";
import { type CloneReport, kindName, linesText, shareOf } from "../report/clone-report.ts";
import { visible } from "./terminal.ts";

/** For people, line by line: each class with its places, then how much of the code is duplicated. */
export function* clonesText(report: CloneReport): Generator<string> {
  for (const { kind, tokens, copies } of report.classes) {
    yield `${kindName(kind)}, ${l10n.t("{0} tokens", tokens)}\n`;
    for (const copy of copies) {
      const place = `  ${visible(linesText(copy))}`;
      yield copy.isNew ? `${place} ${l10n.t("(new)")}\n` : `${place}\n`;
    }
  }
  yield `${l10n.t("Clone classes: {0}.", report.classes.length)} ${shareOf(report)}\n`;
}
