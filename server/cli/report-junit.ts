import * as l10n from "@vscode/l10n";
import { Lines } from "../core/text.ts";
import { escaped } from "../report/markup.ts";
import type { FileReport, Report } from "./check.ts";
import { placeOf, placeText } from "./place.ts";

/**
 * JUnit's XML as Jenkins, GitLab and Azure read it (the schema of the Jenkins xunit plugin): a suite for each file with
 * findings, a failed case for each finding, and a passed one where nothing was found.
 */
export function reportJunit(report: Report): string {
  const suites = [...report.files.map(suiteOf), ...report.errors.map(unreadable)];
  if (suites.length === 0) {
    const name = l10n.t("Nothing found in {0} files.", report.checked);
    suites.push(suite("groundwork", [`<testcase classname="groundwork" name="${printable(name)}"/>`], {}));
  }
  const failures = report.files.reduce((sum, file) => sum + file.findings.length, 0);
  const errors = report.errors.length;
  const tests = Math.max(1, failures + errors);
  const head = `<testsuites name="groundwork" tests="${tests}" failures="${failures}" errors="${errors}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${suites.join("")}</testsuites>\n`;
}

function suiteOf(file: FileReport): string {
  const lines = new Lines(file.text);
  const cells = file.cellsOf(file.path);
  const cases = file.findings.map((finding) => {
    const { start } = lines.rangeOf(finding.at);
    const place = placeText(file.file, placeOf(start, lines.lineText(start.line), cells));
    const kind = `type="${finding.severity}" message="${printable(finding.message)}"`;
    const failure = `<failure ${kind}>${printable(`${place}: ${finding.message}`)}</failure>`;
    return `<testcase classname="${printable(file.file)}" name="${finding.rule} ${printable(place)}">${failure}</testcase>`;
  });
  return suite(file.file, cases, { failures: cases.length });
}

function unreadable({ file, message }: Report["errors"][number]): string {
  const error = `<error message="${printable(message)}">${printable(message)}</error>`;
  return suite(file, [`<testcase classname="${printable(file)}" name="${printable(file)}">${error}</testcase>`], {
    errors: 1,
  });
}

function suite(name: string, cases: readonly string[], { failures = 0, errors = 0 }): string {
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}"`;
  return `<testsuite name="${printable(name)}" ${counts}>\n${cases.map((each) => `${each}\n`).join("")}</testsuite>\n`;
}

/** XML 1.0 has no place for most control characters, whatever escapes them. */
function printable(text: string): string {
  return escaped(text.replace(/(?![\t\n\r])\p{Cc}|\p{Surrogate}|[\ufffe\uffff]/gu, "\ufffd"));
}
