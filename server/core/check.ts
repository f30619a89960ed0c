import type { Project } from "../project/project.ts";
import type { Finding, Rule, SourceFile } from "./rule.ts";
import { ignoredRules, stageOf } from "./stages.ts";
import { Suppressions } from "./suppressions.ts";
import { Lines } from "./text.ts";

export interface CheckResult {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** Rules that threw: a defect of ours; the other rules' findings are complete. */
  readonly failures: readonly { readonly rule: string; readonly error: unknown }[];
}

/**
 * Runs rules over one file: asks settings and stage for the severity, leaves out what is suppressed, and keeps one
 * rule's failure from the others. The only place that catches.
 */
export function checkFile<File extends SourceFile>(
  rules: readonly Rule<File>[],
  file: File,
  project: Project,
): CheckResult {
  const stage = stageOf(file.path, project.settings);
  const ignored = ignoredRules(file.path, project.settings);
  const findings: Finding[] = [];
  const failures: { rule: string; error: unknown }[] = [];
  if (ignored.has("*")) return { findings, failures };
  for (const rule of rules) {
    const chosen = project.settings.rules[rule.name];
    const severity = chosen ?? rule.severity[stage];
    if (severity === undefined || severity === "off" || ignored.has(rule.name)) continue;
    if (rule.concerns && !rule.concerns(file.path, project)) continue;
    try {
      for (const problem of rule.check(file, project)) {
        findings.push({
          ...problem,
          rule: rule.name,
          topic: rule.topic,
          severity: chosen ? severity : (problem.severity ?? severity),
        });
      }
    } catch (error) {
      failures.push({ rule: rule.name, error });
    }
  }
  return { findings: unsuppressed(findings, file), failures };
}

function unsuppressed(findings: readonly Finding[], file: SourceFile): readonly Finding[] {
  const lines = file.text.includes("groundwork:") ? new Lines(file.text) : undefined;
  const suppressions = lines && new Suppressions(lines);
  return findings
    .filter((finding) => !suppressions?.covers(finding.rule, lines?.lineAt(finding.at.start) ?? 0))
    .sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end || (a.rule < b.rule ? -1 : 1));
}
