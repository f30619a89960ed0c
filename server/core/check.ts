import type { Project } from "../project/project.ts";
import { isForeign } from "./foreign.ts";
import { isFormerVersion } from "./former-version.ts";
import { GrammarsMissing } from "./grammar.ts";
import { OtherLinters, speaksToOtherLinters } from "./other-linters.ts";
import type { Finding, Offer, Problem, Rule, Severity, SourceFile } from "./rule.ts";
import { ignoredRules, stageOf } from "./stages.ts";
import { Suppressions } from "./suppressions.ts";
import { Lines } from "./text.ts";

export interface CheckResult {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** Rules that threw: a defect of ours; the other rules' findings are complete. */
  readonly failures: readonly { readonly rule: string; readonly error: unknown }[];
  /** What could be done about each finding, where it was asked for. */
  readonly offers?: ReadonlyMap<Finding, readonly Offer[]>;
}

/**
 * Runs rules over one file: asks settings and stage for the severity, leaves out what is suppressed, and keeps one
 * rule's failure from the others. The only place that catches; that nothing can be parsed yet is no rule's failure.
 */
export function checkFile<File extends SourceFile>(
  rules: readonly Rule<File>[],
  file: File,
  project: Project,
): CheckResult {
  const { path } = file;
  const isOwn =
    !/\.pyi?$/.test(path) ||
    !(
      isForeign(path, file.text) ||
      project.isClaimed(path, "taken over") ||
      project.isSynchronousTwin(path) ||
      isFormerVersion(path, project)
    );
  const speaking = speakingRules(rules, path, project).filter(
    ({ rule }) => (isOwn || rule.topic !== "production") && mayConcern(rule, path, project),
  );
  const { failures, findings } = findingsOf(speaking, (rule) => rule.check(file, project));
  const found = unanswered(findings, rules, file.text);
  const kept = file.text.includes("groundwork:") ? unsuppressed(found, new Lines(file.text)) : found;
  const silenced = found.filter((finding) => !kept.includes(finding));
  const reviewing = speaking.filter(({ rule }) => rule.review);
  const reviewed = findingsOf(reviewing, (rule) => rule.review?.(file, project, silenced) ?? []);
  return {
    findings: [...kept, ...reviewed.findings].sort(
      (a, b) => a.at.start - b.at.start || a.at.end - b.at.end || (a.rule < b.rule ? -1 : 1),
    ),
    failures: [...failures, ...reviewed.failures],
  };
}

function findingsOf<File extends SourceFile>(
  rules: readonly SpeakingRule<Rule<File>>[],
  problemsOf: (rule: Rule<File>) => Iterable<Problem>,
): { readonly findings: Finding[]; readonly failures: { readonly rule: string; readonly error: unknown }[] } {
  const findings: Finding[] = [];
  const failures: { rule: string; error: unknown }[] = [];
  for (const { rule, severity, chosen } of rules) {
    try {
      for (const problem of problemsOf(rule)) {
        const weight = chosen ? severity : (problem.severity ?? severity);
        findings.push({ ...problem, rule: rule.name, topic: rule.topic, severity: weight });
      }
    } catch (error) {
      if (error instanceof GrammarsMissing) throw error;
      failures.push({ rule: rule.name, error });
    }
  }
  return { findings, failures };
}

interface SpeakingRule<Named> {
  readonly rule: Named;
  readonly severity: Severity;
  /** Whether the severity is the person's choice. */
  readonly chosen: boolean;
}

/** The rules that are not silent in a file's stage. */
export function speakingRules<Named extends Pick<Rule, "name" | "severity">>(
  rules: readonly Named[],
  path: string,
  { settings }: Pick<Project, "settings">,
): SpeakingRule<Named>[] {
  const stage = stageOf(path, settings);
  const ignored = ignoredRules(path, settings);
  if (ignored.has("*")) return [];
  const speaking: SpeakingRule<Named>[] = [];
  for (const rule of rules) {
    const chosen = settings.rules[rule.name];
    const severity = chosen ?? rule.severity[stage];
    if (severity === undefined || severity === "off" || ignored.has(rule.name)) continue;
    speaking.push({ rule, severity, chosen: chosen !== undefined });
  }
  return speaking;
}

/** Whether a rule may find something in a file, as far as can be told without reading it. */
export function mayConcern(rule: Pick<Rule, "needles" | "concerns">, path: string, project: Project): boolean {
  if (rule.needles && !rule.needles.some((needle) => project.mentions(path, needle))) return false;
  return rule.concerns?.(path, project) ?? true;
}

/** Without what the author has answered to another linter. */
function unanswered(
  findings: readonly Finding[],
  rules: readonly Pick<Rule, "name" | "alsoAskedAs">[],
  text: string,
): readonly Finding[] {
  if (findings.length === 0 || !speaksToOtherLinters(text)) return findings;
  const lines = new Lines(text);
  const answers = new OtherLinters(lines);
  return findings.filter(({ rule, at }) => {
    const names = rules.find(({ name }) => name === rule)?.alsoAskedAs ?? [];
    return !answers.silence(names, { first: lines.lineAt(at.start), last: lines.lineAt(at.end) });
  });
}

function unsuppressed(findings: readonly Finding[], lines: Lines): readonly Finding[] {
  const suppressions = new Suppressions(lines);
  return findings.filter((finding) => !suppressions.covers(finding.rule, lines.lineAt(finding.at.start)));
}
