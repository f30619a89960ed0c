import type { Hover, HoverParams } from "vscode-languageserver";
import { rules } from "../languages.ts";
import { toRange } from "./convert.ts";
import type { Session } from "./session.ts";

/** Why a finding matters, in the words of its rule. */
export function hover(session: Session, params: HoverParams): Hover | null {
  const document = session.documents.get(params.textDocument.uri);
  if (!document) return null;
  const { line, character } = params.position;
  const offset = document.lines.offsetAt({ line, column: character });
  const findings = session.diagnostics
    .resultOf(document)
    .findings.filter(({ at }) => at.start <= offset && offset <= at.end);
  const [first] = findings;
  if (!first) return null;
  const names = new Set(findings.map((finding) => finding.rule));
  const parts = rules.filter((rule) => names.has(rule.name)).map((rule) => `**${rule.summary()}**\n\n${rule.why()}`);
  return {
    contents: { kind: "markdown", value: parts.join("\n\n---\n\n") },
    range: toRange(document.lines.rangeOf(first.at)),
  };
}
