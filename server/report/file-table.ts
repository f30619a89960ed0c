import * as l10n from "@vscode/l10n";
import type { CloneReport } from "./clone-report.ts";
import type { MappedFile } from "./clones-map.ts";
import { escaped } from "./markup.ts";

/** The files of a report as the map draws them. */
export function mappedFiles(report: CloneReport, linesIn: (file: string) => number): MappedFile[] {
  const covered = new Map(report.files.map((file) => [file, new Set<number>()]));
  for (const { file, range } of report.classes.flatMap(({ copies }) => copies)) {
    for (let line = range.start.line; line <= range.end.line; line++) covered.get(file)?.add(line);
  }
  return report.files.map((file, index) => ({
    file,
    id: `f${index}`,
    lines: linesIn(file),
    duplicated: covered.get(file)?.size ?? 0,
  }));
}

/** The files with copies, the worst first; `links` are HTML that leads from a file to its copies. */
export function fileTable(
  files: readonly MappedFile[],
  heading: "h2" | "h3",
  links?: ReadonlyMap<string, readonly string[]>,
): string {
  const worst = files.filter((each) => each.duplicated > 0).sort((a, b) => b.duplicated - a.duplicated);
  if (worst.length === 0) return "";
  const head = [l10n.t("File"), l10n.t("Lines"), l10n.t("Duplicated"), l10n.t("Share")];
  if (links) head.push(l10n.t("Copies"));
  const rows = worst.map(({ file, id, lines, duplicated }) => {
    const share = lines === 0 ? 0 : Math.round((100 * duplicated) / lines);
    const copies = links ? `<td class="links">${links.get(file)?.join(" ") ?? ""}</td>` : "";
    return `<tr id="${id}"><th scope="row">${escaped(file)}</th><td>${lines}</td><td>${duplicated}</td><td>${share} %</td>${copies}</tr>`;
  });
  return `<section aria-labelledby="files">
<${heading} id="files">${escaped(l10n.t("Files with copies"))}</${heading}>
<div class="wide" role="region" aria-labelledby="files" tabindex="0"><table class="files">
<thead><tr>${head.map((each) => `<th scope="col">${escaped(each)}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>
</section>`;
}
