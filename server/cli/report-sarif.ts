import { pathToFileURL } from "node:url";
import manifest from "../../package.json" with { type: "json" };
import type { Finding, Rule, Severity } from "../core/rule.ts";
import { ruleMarkdown } from "../core/rule-markdown.ts";
import { Lines, type Range } from "../core/text.ts";
import { rules } from "../languages.ts";
import { marksOf } from "../project/baseline.ts";
import type { FileReport, Report } from "./check.ts";
import { placeOf } from "./place.ts";

const levels: Record<Severity, string> = { error: "error", warning: "warning", information: "note", hint: "note" };

/**
 * SARIF 2.1.0 (OASIS): one run; columns are UTF-16 code units, as `columnKind` says. What GitHub's code scanning asks
 * for beyond the standard ("SARIF support for code scanning") is there, too: a fingerprint that outlives moved lines, a
 * help text, tags and a region for every place.
 */
export function reportSarif(report: Report): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Groundwork",
            version: manifest.version,
            semanticVersion: manifest.version,
            rules: rules.map(descriptor),
          },
        },
        columnKind: "utf16CodeUnits",
        results: report.files.flatMap(resultsOf),
        invocations: [
          {
            executionSuccessful: report.errors.length === 0,
            toolExecutionNotifications: report.errors.map((error) => ({
              level: "error",
              message: { text: error.message },
              locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(error.file) } } }],
            })),
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor(rule: (typeof rules)[number]): unknown {
  return {
    id: rule.name,
    name: rule.name,
    shortDescription: { text: rule.summary() },
    fullDescription: { text: rule.why() },
    help: { text: rule.why(), markdown: ruleMarkdown(rule) },
    defaultConfiguration: { level: levels[loudest(rule)] },
    properties: { tags: [rule.topic, "maintainability"], precision: "high" },
  };
}

function loudest({ severity }: Pick<Rule, "severity">): Severity {
  return severity.production ?? severity.undecided ?? severity.experimental ?? "information";
}

function resultsOf(file: FileReport): unknown[] {
  const lines = new Lines(file.text);
  const marks = marksOf(file.text, file.findings);
  return file.findings.map((finding, index) => result(file, finding, lines.rangeOf(finding.at), marks[index] ?? ""));
}

function result(file: FileReport, finding: Finding, range: Range, mark: string): unknown {
  const related = finding.related ?? [];
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ name }) => name === finding.rule),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [location(file, file.path, range)],
    partialFingerprints: { "groundwork/v1": `${finding.rule}:${mark}` },
    ...(related.length > 0 && {
      relatedLocations: related.map((each, index) => ({
        id: index + 1,
        ...location(file, each.path, each.range),
        message: { text: each.message },
      })),
    }),
  };
}

/** The lines of a notebook's cell are no lines of its file: the region is that of the file, the place in it a logical one. */
function location(file: FileReport, path: string, range: Range): object {
  const artifactLocation = { uri: uriOf(file.display(path)) };
  const cells = file.cellsOf(path);
  if (cells.length > 0) {
    const { cell, line, column } = placeOf(range.start, undefined, cells);
    const fullyQualifiedName = `cell ${cell}:${line}:${column}`;
    const [startLine, endLine] = file.linesInNotebook(path, range);
    return {
      physicalLocation: { artifactLocation, region: { startLine, endLine } },
      logicalLocations: [{ fullyQualifiedName, kind: "member" }],
    };
  }
  const region = {
    startLine: range.start.line + 1,
    startColumn: range.start.column + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.column + 1,
  };
  return { physicalLocation: { artifactLocation, region } };
}

/** Relative where the path is: a reader resolves it against the folder that was checked. */
function uriOf(file: string): string {
  if (file.startsWith("/") || /^[A-Za-z]:\//.test(file)) return pathToFileURL(file).href;
  return file.split("/").map(encodeURIComponent).join("/");
}
