import * as l10n from "@vscode/l10n";
import type { Finding, Rule, Severity, Stage, Topic } from "../core/rule.ts";

/** How many of something there are in each stage. */
export type ByStage = Readonly<Record<Stage, number>>;

/** The findings on what one of the four tutorials teaches. */
export interface Pillar {
  readonly topic: Topic;
  readonly title: string;
  /** Findings by the stage of their files. */
  readonly stages: ByStage;
  /** Those first whose findings weigh most, then those with the most findings. */
  readonly rules: readonly RuleFindings[];
}

export interface RuleFindings {
  readonly rule: string;
  readonly summary: string;
  /** Of its gravest finding. */
  readonly severity: Severity;
  readonly count: number;
  /** In the order in which they were given. */
  readonly files: readonly FileCount[];
}

export interface FileCount {
  /** As it was given: a path or a URI. */
  readonly file: string;
  readonly stage: Stage;
  readonly count: number;
}

/** What was found in one file. */
export interface FileFindings {
  readonly file: string;
  readonly stage: Stage;
  readonly findings: readonly Pick<Finding, "rule" | "topic" | "severity">[];
}

/** In the order of the tutorials. */
export const topics: readonly Topic[] = ["environment", "production", "baseline", "serving"];

const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

/** All four pillars, those without findings too. */
export function pillarsOf(files: readonly FileFindings[], rules: readonly Pick<Rule, "name" | "summary">[]): Pillar[] {
  const summaries = new Map(rules.map((rule) => [rule.name, rule.summary]));
  return topics.map((topic) => {
    const stages = { production: 0, undecided: 0, experimental: 0 };
    const byRule = new Map<string, Counted>();
    for (const { file, stage, findings } of files) {
      for (const { rule, severity } of findings.filter((each) => each.topic === topic)) {
        stages[stage]++;
        const counted = byRule.get(rule) ?? { severity, files: new Map() };
        byRule.set(rule, counted);
        if (severities.indexOf(severity) < severities.indexOf(counted.severity)) counted.severity = severity;
        counted.files.set(file, { file, stage, count: (counted.files.get(file)?.count ?? 0) + 1 });
      }
    }
    const found = [...byRule].map(([rule, { severity, files }]) => {
      const counts = [...files.values()];
      const count = counts.reduce((sum, each) => sum + each.count, 0);
      return { rule, summary: summaries.get(rule)?.() ?? rule, severity, count, files: counts };
    });
    return { topic, title: topicTitle(topic), stages, rules: found.sort(byWeight) };
  });
}

interface Counted {
  severity: Severity;
  readonly files: Map<string, FileCount>;
}

function byWeight(a: RuleFindings, b: RuleFindings): number {
  const weight = severities.indexOf(a.severity) - severities.indexOf(b.severity);
  return weight || b.count - a.count || (a.rule < b.rule ? -1 : 1);
}

export function topicTitle(topic: Topic): string {
  const titles: Readonly<Record<Topic, () => string>> = {
    environment: () => l10n.t("Environments"),
    production: () => l10n.t("Production code"),
    baseline: () => l10n.t("Baselines"),
    serving: () => l10n.t("Serving"),
  };
  return titles[topic]();
}
