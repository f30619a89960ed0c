import * as l10n from "@vscode/l10n";
import type { Edit } from "../core/edit.ts";
import { normalizedName } from "../project/project.ts";
import { generatedBy, refusalFor } from "./generated.ts";
import type { RequirementsFile } from "./model.ts";
import { type Block, sectionsOf } from "./sections.ts";

/**
 * The edit that adds one requirement (`numpy==1.26.4`) as a line of its own, where it belongs in the order of the
 * names: in the section without a heading if there is one, else in the last. Undefined when the file names it already.
 */
export function additionEdit(
  file: RequirementsFile,
  requirement: string,
): Edit | undefined | { readonly refused: string } {
  const generated = generatedBy(file);
  if (generated) return { refused: refusalFor(generated) };
  if (file.entries.some(({ options }) => options.some((option) => option.startsWith("--hash")))) {
    return {
      refused: l10n.t("pip wants a hash on every requirement of this file: add it with the tool that wrote them"),
    };
  }
  const name = nameIn(requirement);
  if (file.entries.some((entry) => entry.name !== undefined && normalizedName(entry.name) === name)) return undefined;
  const sections = sectionsOf(file);
  const section = sections.findLast(({ heading }) => heading.length === 0) ?? sections.at(-1);
  const next = section?.blocks.find(({ entry }) => entry.name !== undefined && normalizedName(entry.name) > name);
  const lineEnd = /\r\n|\n|\r/.exec(file.text)?.[0] ?? "\n";
  if (next) return insertion(startOf(next, file), requirement + lineEnd);
  const last = section?.blocks.at(-1);
  const line = file.physicalLines[last ? (last.below.at(-1) ?? last.own.at(-1) ?? 0) : file.physicalLines.length - 1];
  const end = line?.end ?? 0;
  const isLastLine = /^(?:\r\n|\n|\r)?$/.test(file.text.slice(end));
  if (!isLastLine) return insertion(end, lineEnd + requirement);
  const ending = file.text.length > end ? "" : lineEnd;
  return insertion(file.text.length, `${file.text === "" ? "" : ending}${requirement}${lineEnd}`);
}

function insertion(at: number, text: string): Edit {
  return { at: { start: at, end: at }, text };
}

/** The comments directly above belong to the requirement. */
function startOf({ above, own }: Block, { physicalLines }: RequirementsFile): number {
  return physicalLines[above[0] ?? own[0] ?? 0]?.start ?? 0;
}

function nameIn(requirement: string): string {
  return normalizedName(/^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?/.exec(requirement)?.[0] ?? "");
}
