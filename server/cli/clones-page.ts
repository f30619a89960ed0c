import * as l10n from "@vscode/l10n";
import { sideBySide } from "../clones/alignment.ts";
import {
  type CloneReport,
  kindName,
  linesIn,
  linesSavedBy,
  linesText,
  type ReportedClass,
  shareOf,
} from "../report/clone-report.ts";
import { clonesMap } from "../report/clones-map.ts";
import { fileTable, mappedFiles } from "../report/file-table.ts";
import { escaped } from "../report/markup.ts";
import { htmlPage } from "../report/page.ts";

/** Of so many classes the sources are shown; of the others only the places, so that a browser can hold the page. */
const shownClasses = 200;

/** So many copies of one class stand side by side. */
const shownCopies = 4;

/** Everything about the copies, on one page. */
export function clonesPage(report: CloneReport): string {
  const lines = new Map(report.files.map((file) => [file, linesOf(report.textOf(file) ?? "")]));
  const files = mappedFiles(report, (file) => lines.get(file)?.length ?? 0);
  const classes = [...report.classes].sort((a, b) => linesSavedBy(b) - linesSavedBy(a));
  const map = clonesMap(files, classes);
  const counts = `${l10n.t("Clone classes: {0}.", classes.length)} ${shareOf(report)}`;
  return htmlPage({
    title: l10n.t("Duplicated code"),
    header: `<p>${escaped(counts)}</p>`,
    main: `<section aria-labelledby="map">
<h2 id="map">${escaped(l10n.t("Map"))}</h2>
${map.markup}
</section>
${fileTable(files, "h2", linksByFile(classes))}
<section aria-labelledby="copies">
<h2 id="copies">${escaped(l10n.t("Copies"))}</h2>
<p>${escaped(l10n.t("What extracting them into one function would save comes first."))}${omission(classes.length)}</p>
${classes.map((found, index) => classSection(found, index, lines)).join("\n")}
</section>`,
    style: map.style,
  });
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function omission(count: number): string {
  if (count <= shownClasses) return "";
  return ` ${escaped(l10n.t("The sources of the first {0} are shown.", shownClasses))}`;
}

/** Links to the classes of each file, by their numbers. */
function linksByFile(classes: readonly ReportedClass[]): Map<string, string[]> {
  const links = new Map<string, string[]>();
  classes.forEach(({ copies }, index) => {
    for (const file of new Set(copies.map((copy) => copy.file))) {
      const known = links.get(file) ?? [];
      links.set(file, [...known, `<a href="#c${index}">${index + 1}</a>`]);
    }
  });
  return links;
}

function classSection(found: ReportedClass, index: number, lines: ReadonlyMap<string, readonly string[]>): string {
  const places = found.copies.map((copy) => {
    const mark = copy.isNew ? ` <strong>${escaped(l10n.t("(new)"))}</strong>` : "";
    return `<li>${escaped(linesText(copy))}${mark}</li>`;
  });
  const longest = Math.max(...found.copies.map(linesIn));
  const what = l10n.t("{0} lines, {1} places: {2}", longest, found.copies.length, kindName(found.kind));
  const saves = l10n.t("saves {0} lines", linesSavedBy(found));
  return `<details id="c${index}"${index < 3 ? " open" : ""}>
<summary><span>${index + 1}. ${escaped(what)}</span> <em>${escaped(saves)}</em> <code>${escaped(firstLine(found, lines))}</code></summary>
<ul class="places">${places.join("")}</ul>
${index < shownClasses ? sources(found, lines) : ""}
</details>`;
}

function firstLine({ copies: [first] }: ReportedClass, lines: ReadonlyMap<string, readonly string[]>): string {
  const text = (first && lines.get(first.file)?.[first.range.start.line])?.trim() ?? "";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** The copies beside each other; what differs from the first one, and in the first one from any other, is marked. */
function sources({ copies }: ReportedClass, lines: ReadonlyMap<string, readonly string[]>): string {
  const shown = copies.slice(0, shownCopies);
  const texts = shown.map(({ file, range }) =>
    (lines.get(file) ?? []).slice(range.start.line, range.end.line + 1).join("\n"),
  );
  const rows = sideBySide(texts).map((row) => {
    const cells = row.map((cell, index) => {
      if (!cell) return '<td class="number"></td><td class="none"></td>';
      const number = (shown[index]?.startLine ?? 0) + cell.line;
      const code = cell.parts.map(({ text, differs }) => (differs ? `<mark>${escaped(text)}</mark>` : escaped(text)));
      return `<td class="number">${number}</td><td><code>${code.join("")}</code></td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const head = shown.map((copy) => `<th scope="col" colspan="2">${escaped(linesText(copy))}</th>`);
  return `<div class="wide"><table class="sources">
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}
