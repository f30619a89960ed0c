import * as l10n from "@vscode/l10n";
import type { RuleFindings } from "../project/readiness.ts";
import { topicTitle } from "../project/readiness.ts";
import { linesIn, linesSavedBy, linesText, type ReportedClass, shareOf } from "./clone-report.ts";
import { clonesMap } from "./clones-map.ts";
import { fileTable, mappedFiles } from "./file-table.ts";
import { escaped, withCode } from "./markup.ts";
import { htmlPage } from "./page.ts";
import {
  type Checks,
  type ReadinessReport,
  type ReportedPillar,
  type ReportedPlace,
  totalOf,
} from "./readiness-report.ts";
import { reportStyle } from "./report-style.ts";
import * as words from "./report-words.ts";
import type { Trend } from "./trend.ts";

/** So many places of one rule are listed; the rest are more of the same. */
const mostPlaces = 50;

/** So many blocks are listed; all of them stand in the page of `groundwork clones`. */
const mostClasses = 10;

export interface PageOptions {
  /** See `Page.nonce`. */
  readonly nonce?: string;
  /** Where a click on a place leads; without it a place is a text. */
  linkOf?(place: { readonly path: string; readonly line: number; readonly cell?: number }): string;
}

/** The report as one page, for people who would rather look than read. */
export function reportPage(report: ReadinessReport, { nonce, linkOf }: PageOptions = {}): string {
  const map = duplication(report);
  const main = [
    pillarCards(report),
    ...report.pillars.map((pillar) => findings(pillar, report, linkOf)),
    map.markup,
    trend(report.trend),
  ];
  const summary = `${words.filesText(report)} · ${words.findingsText(totalOf(report.pillars))}`;
  return htmlPage({
    title: words.reportTitle(report),
    header: `<p><time>${escaped(report.date)}</time> · ${escaped(summary)}</p>`,
    main: main.join("\n"),
    style: reportStyle + map.style,
    ...(nonce !== undefined && { nonce }),
  });
}

function section(id: string, title: string, inside: string): string {
  return `<section aria-labelledby="${id}">\n<h2 id="${id}">${escaped(title)}</h2>\n${inside}\n</section>`;
}

function pillarCards({ pillars }: ReadinessReport): string {
  const cards = pillars.map(({ topic, title, stages, checks }) => {
    const says = words.checksText(checks);
    return `<li><h3><a href="#${topic}">${escaped(title)}</a></h3>
${bar(checks)}
<p>${escaped(says)}</p>
<p><strong>${escaped(words.findingsText(stages))}</strong></p></li>`;
  });
  const inside = `<ul class="cards">\n${cards.join("\n")}\n</ul>\n<p>${escaped(words.measureText())}</p>`;
  return section("pillars", l10n.t("At a glance"), inside);
}

/** Of the checks that looked at something, those that found nothing; the words beside it say the same. */
function bar({ clean, finding }: Checks): string {
  const all = clean + finding;
  if (all === 0)
    return '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="none" width="100" height="8"/></svg>';
  const good = (100 * clean) / all;
  return `<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="bad" width="100" height="8"/><rect class="good" width="${Math.round(good * 10) / 10}" height="8"/></svg>`;
}

function findings(
  { topic, title, rules }: ReportedPillar,
  { places }: ReadinessReport,
  linkOf: PageOptions["linkOf"],
): string {
  const lists = rules.map((rule) => ruleDetails(rule, places.get(rule.rule) ?? [], linkOf));
  return section(topic, title, lists.length > 0 ? lists.join("\n") : `<p>${escaped(l10n.t("Nothing found."))}</p>`);
}

function ruleDetails(
  { rule, summary, count }: RuleFindings,
  places: readonly ReportedPlace[],
  linkOf: PageOptions["linkOf"],
): string {
  const rows = places.slice(0, mostPlaces).map((place) => {
    const recorded = place.isRecorded ? ` <em>${escaped(l10n.t("(recorded)"))}</em>` : "";
    return `<li>${placeLink(place, linkOf)}: ${withCode(place.message)}${recorded}</li>`;
  });
  const hidden = places.length - mostPlaces;
  if (hidden > 0) rows.push(`<li>${escaped(l10n.t("and {0} more", hidden))}</li>`);
  return `<details><summary><strong>${count}</strong> ${withCode(summary)} <code>${escaped(rule)}</code></summary>
<ul class="found">${rows.join("\n")}</ul></details>`;
}

function placeLink(place: ReportedPlace, linkOf: PageOptions["linkOf"]): string {
  const text = escaped(placeText(place));
  return linkOf ? `<a href="${escaped(linkOf(place))}">${text}</a>` : `<span>${text}</span>`;
}

/** `train.py:3`, `explore.ipynb:cell 2:3`. */
export function placeText({ file, cell, line }: Pick<ReportedPlace, "file" | "cell" | "line">): string {
  return [file, ...(cell === undefined ? [] : [l10n.t("cell {0}", cell)]), line].join(":");
}

function duplication({ clones }: ReadinessReport): { readonly markup: string; readonly style: string } {
  const count = (file: string) => (clones.textOf(file) ?? "").split(/\r\n|\r|\n/).length - 1;
  const files = mappedFiles(clones, count);
  const share = `<p>${escaped(shareOf(clones))}</p>`;
  const title = l10n.t("Duplication");
  if (clones.classes.length === 0) return { markup: section("duplication", title, share), style: "" };
  const map = clonesMap(files, clones.classes);
  const inside = [
    share,
    `<h3 id="map">${escaped(l10n.t("Map"))}</h3>`,
    map.markup,
    `<h3>${escaped(l10n.t("What extraction would save most"))}</h3>`,
    `<ol class="places">${largest(clones.classes).map(classItem).join("\n")}</ol>`,
    fileTable(files, "h3"),
  ];
  return { markup: section("duplication", title, inside.join("\n")), style: map.style };
}

/** The classes that one function in place of all copies would save most on. */
export function largest(classes: readonly ReportedClass[]): readonly ReportedClass[] {
  return [...classes].sort((a, b) => linesSavedBy(b) - linesSavedBy(a)).slice(0, mostClasses);
}

export function classText(found: ReportedClass): string {
  const lines = Math.max(...found.copies.map(linesIn));
  return l10n.t("{0} lines × {1}, saves {2}", lines, found.copies.length, linesSavedBy(found));
}

function classItem(found: ReportedClass): string {
  return `<li>${escaped(`${classText(found)}: ${found.copies.map(linesText).join(", ")}`)}</li>`;
}

function trend(found: Trend | undefined): string {
  const title = l10n.t("Since the findings were recorded");
  if (!found) return section("trend", title, `<p>${withCode(words.noTrendText())}</p>`);
  const head = ["", ...words.trendHead()].map((each) => (each ? `<th scope="col">${escaped(each)}</th>` : "<td></td>"));
  const row = (name: string, change: Trend | Trend["pillars"][number]) =>
    `<tr><th scope="row">${escaped(name)}</th>${words
      .trendCells(change)
      .map((each) => `<td>${each}</td>`)
      .join("")}</tr>`;
  const rows = [...found.pillars.map((each) => row(topicTitle(each.topic), each)), row(l10n.t("All"), found)];
  const table = `<div class="wide" role="region" aria-labelledby="trend" tabindex="0"><table class="files">
<thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
  return section("trend", title, `<p>${escaped(words.trendText(found))}</p>\n${trendChart(found)}\n${table}`);
}

/** Two bars of the same scale: what was recorded, and what is there today; the table below says the same. */
function trendChart({ recorded, left, fresh }: Trend): string {
  const scale = 100 / Math.max(1, recorded, left + fresh);
  const width = (count: number) => Math.round(count * scale * 10) / 10;
  const rows: [string, [string, number][]][] = [
    [
      l10n.t("Recorded"),
      [
        ["left", left],
        ["gone", recorded - left],
      ],
    ],
    [
      l10n.t("Today"),
      [
        ["left", left],
        ["fresh", fresh],
      ],
    ],
  ];
  const bars = rows.map(([name, parts]) => {
    let x = 0;
    const rects = parts.map(([kind, count]) => {
      const rect = `<rect class="${kind}" x="${Math.round(x * 10) / 10}" width="${width(count)}" height="8"/>`;
      x += width(count);
      return rect;
    });
    return `<div class="row"><span>${escaped(name)}</span><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none">${rects.join("")}</svg></div>`;
  });
  const legend = [
    ["left", l10n.t("Still there")],
    ["gone", l10n.t("Gone")],
    ["fresh", l10n.t("New")],
  ].map(
    ([kind, name]) =>
      `<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${kind}" width="10" height="10"/></svg> ${escaped(name ?? "")}</li>`,
  );
  return `<div class="chart" aria-hidden="true">${bars.join("\n")}<ul class="legend">${legend.join("")}</ul></div>`;
}
