import { readFileSync } from "node:fs";
import * as l10n from "@vscode/l10n";
import { reasonOf } from "../host/walk.ts";
import { writeText } from "../host/write.ts";
import { decodeRequirements } from "../requirements/decode.ts";
import { readRequirements } from "../requirements/reader.ts";
import { requirementsReport } from "../requirements/report.ts";
import { sortRequirements } from "../requirements/sort.ts";
import type { ExitCode } from "./main.ts";
import { visible } from "./terminal.ts";

/** `groundwork requirements`: the file as pip reads it; 0, or 2 when it cannot be read. */
export function requirements(path: string): ExitCode {
  const source = read(path);
  if (!source) return 2;
  using file = readRequirements(path, source.text);
  process.stdout.write(`${JSON.stringify(requirementsReport(file, source.encoding))}\n`);
  return 0;
}

/** `groundwork sort`: 0 sorted, 1 refused with the reason, 2 unreadable. */
export async function sort(path: string, options: { readonly write?: boolean }): Promise<ExitCode> {
  const source = read(path);
  if (!source) return 2;
  using file = readRequirements(path, source.text);
  const sorted = sortRequirements(file);
  if ("refused" in sorted) {
    complain(path, sorted.refused);
    if (!options.write) process.stdout.write(source.text);
    return 1;
  }
  return (await deliver(path, source, sorted.text, options.write === true)) ? 0 : 2;
}

export interface RequirementsSource {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly encoding: string;
}

/** The file's text, or undefined after saying on stderr why it cannot be had. */
export function read(path: string): RequirementsSource | undefined {
  try {
    const bytes = readFileSync(path);
    const decoded = decodeRequirements(bytes);
    if (!("error" in decoded)) return { bytes, ...decoded };
    complain(path, decoded.error);
  } catch (error) {
    complain(path, reasonOf(error));
  }
  return undefined;
}

/** Prints the new text or replaces the file by it; false when it could not be written and was left as it was. */
export async function deliver(
  path: string,
  source: RequirementsSource,
  text: string,
  write: boolean,
): Promise<boolean> {
  if (!write) process.stdout.write(text);
  else if (text !== source.text) {
    try {
      await writeText(path, text, source.bytes, "requirements");
    } catch (error) {
      complain(path, l10n.t("it was left as it was: {0}", reasonOf(error)));
      return false;
    }
  }
  return true;
}

export function complain(path: string, reason: string): void {
  console.error(`${visible(path)}: ${reason.split("\n").map(visible).join("\n")}`);
}
