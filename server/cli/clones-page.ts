import { createHash } from "node:crypto";
import * as l10n from "@vscode/l10n";
import { sideBySide } from "../clones/alignment.ts";
import { type CloneReport, linesIn, linesSavedBy, linesText, type ReportedClass } from "./clone-report.ts";
import { clonesMap, type MappedFile } from "./clones-map.ts";
import { clonesStyle } from "./clones-style.ts";
import { kindName, shareOf } from "./clones-text.ts";
import { escaped } from "./markup.ts";

/** Of so many classes the sources are shown; of the others only the places, so that a browser can hold the page. */
const shownClasses = 200;

/** So many copies of one class stand side by side. */
const shownCopies = 4;

/**
 * One page that needs nothing but itself: no script, nothing from elsewhere (its content security policy allows only its
 * own style), light and dark.
 */
export function clonesPage(report: CloneReport): string {
  const lines = new Map(report.files.map((file) => [file, linesOf(report.textOf(file) ?? "")]));
  const files = mappedFiles(report, lines);
  const classes = [...report.classes].sort((a, b) => linesSavedBy(b) - linesSavedBy(a));
  const map = clonesMap(files, classes);
  const style = clonesStyle + map.style;
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  const title = l10n.t("Duplicated code");
  return `<!DOCTYPE html>
<html lang="${l10n.t({ message: "en", comment: ["The language tag (BCP 47) of the translation."] })}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>${escaped(`${l10n.t("Clone classes: {0}.", classes.length)} ${shareOf(report)}`)}</p>
</header>
<main>
${map.markup}
${fileTable(files, classes)}
<section aria-labelledby="copies">
<h2 id="copies">${escaped(l10n.t("Copies"))}</h2>
<p>${escaped(l10n.t("What extracting them into one function would save comes first."))}${omission(classes.length)}</p>
${classes.map((found, index) => classSection(found, index, lines)).join("\n")}
</section>
</main>
<footer>Groundwork</footer>
</body>
</html>
`;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function mappedFiles(report: CloneReport, lines: ReadonlyMap<string, readonly string[]>): MappedFile[] {
  const covered = new Map(report.files.map((file) => [file, new Set<number>()]));
  for (const { file, range } of report.classes.flatMap(({ copies }) => copies)) {
    for (let line = range.start.line; line <= range.end.line; line++) covered.get(file)?.add(line);
  }
  return report.files.map((file, index) => ({
    file,
    id: `f${index}`,
    lines: lines.get(file)?.length ?? 0,
    duplicated: covered.get(file)?.size ?? 0,
  }));
}

function omission(count: number): string {
  if (count <= shownClasses) return "";
  return ` ${escaped(l10n.t("The sources of the first {0} are shown.", shownClasses))}`;
}

function fileTable(files: readonly MappedFile[], classes: readonly ReportedClass[]): string {
  const worst = files.filter((each) => each.duplicated > 0).sort((a, b) => b.duplicated - a.duplicated);
  if (worst.length === 0) return "";
  const head = [l10n.t("File"), l10n.t("Lines"), l10n.t("Duplicated"), l10n.t("Share"), l10n.t("Copies")];
  const links = linksByFile(classes);
  const rows = worst.map(({ file, id, lines, duplicated }) => {
    const share = lines === 0 ? 0 : Math.round((100 * duplicated) / lines);
    return `<tr id="${id}"><th scope="row">${escaped(file)}</th><td>${lines}</td><td>${duplicated}</td><td>${share} %</td><td>${links.get(file)?.join(" ") ?? ""}</td></tr>`;
  });
  return `<section aria-labelledby="files">
<h2 id="files">${escaped(l10n.t("Files with copies"))}</h2>
<div class="wide"><table class="files">
<thead><tr>${head.map((each) => `<th scope="col">${escaped(each)}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>
</section>`;
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
