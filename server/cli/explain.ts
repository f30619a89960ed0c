import * as l10n from "@vscode/l10n";
import { closest, distance } from "fastest-levenshtein";
import type { Rule, Severity, Stage } from "../core/rule.ts";
import { rules } from "../languages.ts";
import type { ExitCode } from "./main.ts";
import { complain } from "./requirements.ts";
import { paragraphs } from "./terminal.ts";

/** `groundwork explain`: what a rule says, why, and how it is done better; 2 when there is no such rule. */
export function explain(name: string): ExitCode {
  const rule = rules.find((each) => each.name === name);
  if (!rule) {
    const close = closest(
      name,
      rules.map((each) => each.name),
    );
    const isAlike = distance(name, close) <= close.length / 2;
    complain(
      name,
      isAlike ? l10n.t("there is no such rule; did you mean `{0}`?", close) : l10n.t("there is no such rule"),
    );
    return 2;
  }
  process.stdout.write(pageOf(rule));
  return 0;
}

function pageOf(rule: (typeof rules)[number]): string {
  const { path, bad, good, beside = {} } = rule.example;
  const others = Object.entries(beside).flatMap(([other, text]) => [`${other}:`, indented(text)]);
  const parts = [
    `${rule.name}: ${rule.summary()}`,
    paragraphs(rule.why().trim()),
    l10n.t("Example:"),
    ...others,
    `${path}:`,
    indented(bad),
    l10n.t("Better:"),
    indented(good),
    severities(rule),
    l10n.t("One place is silenced by `# groundwork: ignore[{0}]` at the end of its line.", rule.name),
  ];
  return `${parts.join("\n\n")}\n`;
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^(?=.)/gm, "    ");
}

function severities({ severity }: Pick<Rule, "severity">): string {
  const stages: readonly Stage[] = ["production", "undecided", "experimental"];
  const told = stages.map((stage) => `${stageWords(stage)}: ${severityWords(severity[stage])}`);
  const isOff = Object.keys(severity).length === 0;
  return [...(isOff ? [l10n.t("Off until a project gives it a severity.")] : []), ...told].join("\n");
}

function stageWords(stage: Stage): string {
  if (stage === "production") return l10n.t("In production folders");
  return stage === "experimental" ? l10n.t("In experimental folders") : l10n.t("In undecided folders");
}

function severityWords(severity: Severity | undefined): string {
  switch (severity) {
    case "error":
      return l10n.t("error");
    case "warning":
      return l10n.t("warning");
    case "information":
      return l10n.t("information");
    case "hint":
      return l10n.t("hint");
    default:
      return l10n.t("silent");
  }
}
