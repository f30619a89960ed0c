import * as l10n from "@vscode/l10n";
import type { RunResult } from "../host/process.ts";

// In place of `host/process.ts`.

export const keptOutput = 0;

/** A browser has no programs. */
export async function run(): Promise<RunResult> {
  const stderr = l10n.t("No program can be run here: open the folder on a computer.");
  return { exitCode: undefined, stdout: "", stderr, failure: "not-found" };
}
