import { linesIn, linesSavedBy, percentOf, rounded } from "./clone-report.ts";
import type { ReadinessReport } from "./readiness-report.ts";

/** The report for programs: everything, nothing shortened. */
export function reportJson({ name, date, files, pillars, places, clones, trend }: ReadinessReport): string {
  const document = {
    version: 1,
    name,
    date,
    files,
    pillars: pillars.map(({ topic, stages, checks, rules }) => ({
      topic,
      checks,
      findings: stages,
      rules: rules.map(({ rule, severity, count }) => ({ rule, severity, count, places: places.get(rule) ?? [] })),
    })),
    duplication: {
      lines: clones.lines,
      duplicatedLines: clones.duplicated,
      percent: rounded(percentOf(clones)),
      classes: clones.classes.map((found) => ({
        kind: found.kind,
        lines: Math.max(...found.copies.map(linesIn)),
        saves: linesSavedBy(found),
        copies: found.copies.map(({ file, cell, startLine, endLine }) => ({ file, cell, startLine, endLine })),
      })),
    },
    baseline: trend ?? null,
  };
  return `${JSON.stringify(document)}\n`;
}
