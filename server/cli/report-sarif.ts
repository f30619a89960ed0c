import manifest from "../../package.json" with { type: "json" };
import type { Finding, Severity } from "../core/rule.ts";
import { Lines, type Range } from "../core/text.ts";
import { rules } from "../languages.ts";
import type { FileReport, Report } from "./check.ts";
import { placeOf } from "./place.ts";

const levels: Record<Severity, string> = { error: "error", warning: "warning", information: "note", hint: "note" };

/** SARIF 2.1.0 (OASIS): one run; columns are UTF-16 code units, as `columnKind` says. */
export function reportSarif(report: Report): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Groundwork", version: manifest.version, rules: rules.map(descriptor) } },
        columnKind: "utf16CodeUnits",
        results: report.files.flatMap((file) => file.findings.map((finding) => result(file, finding))),
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
  return { id: rule.name, shortDescription: { text: rule.summary() }, fullDescription: { text: rule.why() } };
}

function result(file: FileReport, finding: Finding): unknown {
  const related = finding.related ?? [];
  return {
    ruleId: finding.rule,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [location(file, file.path, new Lines(file.text).rangeOf(finding.at))],
    ...(related.length > 0 && {
      relatedLocations: related.map((each, index) => ({
        id: index + 1,
        ...location(file, each.path, each.range),
        message: { text: each.message },
      })),
    }),
  };
}

/** The lines of a notebook's cell are no lines of its file: there the place is a logical one. */
function location(file: FileReport, path: string, range: Range): object {
  const artifactLocation = { uri: uriOf(file.display(path)) };
  const cells = file.cellsOf(path);
  if (cells.length > 0) {
    const { cell, line, column } = placeOf(range.start, undefined, cells);
    const fullyQualifiedName = `cell ${cell}:${line}:${column}`;
    return { physicalLocation: { artifactLocation }, logicalLocations: [{ fullyQualifiedName, kind: "member" }] };
  }
  const region = {
    startLine: range.start.line + 1,
    startColumn: range.start.column + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.column + 1,
  };
  return { physicalLocation: { artifactLocation, region } };
}

function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
