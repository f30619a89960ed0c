import * as l10n from "@vscode/l10n";
import { escapedMarkdown, linkTarget, messageMarkdown } from "../core/markdown.ts";
import { topicTitle } from "../project/readiness.ts";
import { linesText, shareOf } from "./clone-report.ts";
import { type ReadinessReport, type ReportedPlace, totalOf } from "./readiness-report.ts";
import { classText, largest, placeText } from "./report-page.ts";
import * as words from "./report-words.ts";

/** So many places of one rule are listed. */
const mostPlaces = 20;

/** The report for a pull request, a wiki or a terminal. */
export function reportMarkdown(report: ReadinessReport): string {
  const { pillars, places, clones, trend } = report;
  const lines = [`# ${escapedMarkdown(words.reportTitle(report))}`, ""];
  lines.push(`${report.date} · ${words.filesText(report)} · ${words.findingsText(totalOf(pillars))}`, "");
  const head = ["", l10n.t("Checks"), ...words.stages.map(words.stageTitle)];
  const rows = pillars.map(({ title, checks, stages }) => [
    title,
    words.checksText(checks),
    ...words.stages.map((stage) => String(stages[stage])),
  ]);
  lines.push(...table(head, rows), "", words.measureText(), "");
  for (const { title, rules } of pillars) {
    lines.push(`## ${title}`, "");
    if (rules.length === 0) lines.push(l10n.t("Nothing found."), "");
    for (const { rule, summary, count } of rules) {
      lines.push(`- **${count}** ${summary} (\`${rule}\`)`, ...placeLines(places.get(rule) ?? []));
    }
    if (rules.length > 0) lines.push("");
  }
  lines.push(`## ${l10n.t("Duplication")}`, "", shareOf(clones), "");
  for (const found of largest(clones.classes)) {
    lines.push(`- ${classText(found)}: ${escapedMarkdown(found.copies.map(linesText).join(", "))}`);
  }
  if (clones.classes.length > 0) lines.push("");
  lines.push(`## ${l10n.t("Since the findings were recorded")}`, "");
  if (!trend) return `${[...lines, words.noTrendText()].join("\n")}\n`;
  const changes = [
    ...trend.pillars.map((each) => [topicTitle(each.topic), each] as const),
    [l10n.t("All"), trend] as const,
  ];
  const cells = changes.map(([name, change]) => [name, ...words.trendCells(change).map(String)]);
  lines.push(words.trendText(trend), "", ...table(["", ...words.trendHead()], cells));
  return `${lines.join("\n")}\n`;
}

function placeLines(places: readonly ReportedPlace[]): string[] {
  const shown = places.slice(0, mostPlaces).map((place) => {
    const link = `${linkTarget(place.path)}${place.cell === undefined ? `#L${place.line}` : ""}`;
    const recorded = place.isRecorded ? ` ${l10n.t("(recorded)")}` : "";
    return `  - [${escapedMarkdown(placeText(place))}](${link}): ${messageMarkdown(place.message)}${recorded}`;
  });
  const hidden = places.length - mostPlaces;
  return hidden > 0 ? [...shown, `  - ${l10n.t("and {0} more", hidden)}`] : shown;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
