import * as l10n from "@vscode/l10n";
import type { Rule } from "./rule.ts";

/** What a rule finds, why, and how it is done better, as Markdown for whoever cannot open its page. */
export function ruleMarkdown(rule: Pick<Rule, "why" | "example">): string {
  const { bad, good } = rule.example;
  return [rule.why().trim(), l10n.t("Example:"), fenced(bad), l10n.t("Better:"), fenced(good)].join("\n\n");
}

function fenced(code: string): string {
  return `\`\`\`\n${code.trimEnd()}\n\`\`\``;
}
