import type { Edit } from "../core/edit.ts";
import type { Entry, RequirementsFile } from "./model.ts";

/** Takes an entry out with its lines, continuations and the comment behind it included; comments above it stay. */
export function removalOf(entry: Entry, { physicalLines, text }: RequirementsFile): Edit {
  const start = physicalLines[entry.line]?.start ?? entry.at.start;
  const end = physicalLines[entry.endLine + 1]?.start ?? text.length;
  return { at: { start, end }, text: "" };
}
