import * as l10n from "@vscode/l10n";
import { similarity } from "../clones/alignment.ts";
import type { CloneClass, Copy } from "../clones/clone-class.ts";
import { escapedMarkdown } from "../core/markdown.ts";
import { isNotebook } from "../languages.ts";
import { type CopyPlace, classAt, toPlace } from "./copies.ts";
import type { Folders, Place } from "./folders.ts";

/** More copies than this are counted, not listed. */
const mostListed = 8;

/** How many copies a block has, where, and how alike they are: Markdown, or undefined where no copy stands. */
export function copiesTold(folders: Folders, place: Place, line: number): string | undefined {
  const at = classAt(place, line);
  if (!at) return undefined;
  const { workspace } = place;
  const { copies } = at.found;
  const here = textOf(place, at.copy);
  const listed = copies.slice(0, mostListed).map((copy) => {
    const name = placeName(copy, toPlace(folders, workspace, copy));
    if (copy === at.copy) return `- ${name} ${l10n.t("(here)")}`;
    const { uri, range } = toPlace(folders, workspace, copy);
    const link = isNotebook(copy.path) ? name : `[${name}](${uri}#L${range.start.line + 1})`;
    if (at.found.kind === "exact") return `- ${link}`;
    const share = Math.floor(100 * similarity(here, textOf({ workspace, path: copy.path }, copy)));
    return `- ${link}: ${l10n.t("{0} % the same", share)}`;
  });
  const more = copies.length > mostListed ? [`- ${l10n.t("and {0} more", copies.length - mostListed)}`] : [];
  return [headline(at.found, at.copy), "", ...listed, ...more].join("\n");
}

function headline({ kind, copies }: CloneClass, { range }: Copy): string {
  const lines = range.end.line - range.start.line + 1;
  if (kind === "exact") return l10n.t("**{0} lines at {1} places**, the same everywhere:", lines, copies.length);
  if (kind === "renamed") {
    return l10n.t("**{0} lines at {1} places**, the same but for names and values:", lines, copies.length);
  }
  return l10n.t("**{0} lines at {1} places**, some statements differ:", lines, copies.length);
}

function placeName({ path }: Copy, { range, cell }: CopyPlace): string {
  const lines = `${range.start.line + 1}–${range.end.line + 1}`;
  const parts = [path, ...(cell === undefined ? [] : [l10n.t("cell {0}", cell + 1)]), lines];
  return escapedMarkdown(parts.join(":"));
}

function textOf({ workspace, path }: Place, { range }: Copy): string {
  const lines = (workspace.textOf(path) ?? "").split(/\r\n|\r|\n/);
  return lines.slice(range.start.line, range.end.line + 1).join("\n");
}
