import * as l10n from "@vscode/l10n";
import type { Span } from "../../core/text.ts";
import { type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";

const plain = new Set(
  "identifier attribute subscript string string_start string_content string_end integer slice list tuple unary_operator argument_list keyword_argument true false none float binary_operator parenthesized_expression".split(
    " ",
  ),
);
/** Methods that may be called once more: they answer the same, and change nothing. */
const harmless = new Set(
  "transform values to_numpy numpy ravel flatten astype drop copy reshape squeeze toarray argmax".split(" "),
);

/** Can an expression stand a second time, and be the same: names, their parts, and calls that only look? */
export function isPlain(node: SyntaxNode, syntax: Syntax): boolean {
  if (node.type === "call") {
    const called = node.child("function");
    const method = called?.child("attribute");
    if (!method || !harmless.has(textOf(syntax, method))) return false;
  } else if (!plain.has(node.type)) return false;
  return node.named.every((each) => isPlain(each, syntax));
}

/** Do the names in some expressions mean the same all through a stretch of the text, and in each turn of its loops? */
export function isSettled(nodes: readonly SyntaxNode[], stretch: Span, { node: at }: Call, flow: ValueFlow): boolean {
  const loops = [...at.ancestors()].filter(({ type }) => /^(?:for|while)_statement$/.test(type));
  const stretches = [stretch, ...loops];
  return nodes
    .flatMap((node) => [node, ...node.descendants()])
    .filter(({ type, field }) => type === "identifier" && field !== "attribute" && field !== "name")
    .every((node) => {
      const bindings = flow.names
        .scopeOf(node)
        .ownerOf(textOf(flow.syntax, node))
        .bindings.get(textOf(flow.syntax, node));
      return !(bindings ?? []).some(({ start }) => stretches.some((each) => each.start <= start && start < each.end));
    });
}

/** Why data that a fit was given cannot be used again behind a score; undefined where it can. */
export function unplainReason(
  learnt: readonly SyntaxNode[],
  judged: readonly SyntaxNode[],
  fit: Call,
  call: Call,
  flow: ValueFlow,
): string | undefined {
  if (![...learnt, ...judged].every((node) => isPlain(node, flow.syntax))) return unnamed();
  const isSame =
    isSettled(learnt, { start: fit.node.start, end: call.node.end }, call, flow) &&
    isSettled(judged, call.node, call, flow);
  if (isSame) return undefined;
  return l10n.t("the data changes between the fit and the score, or with each turn of a loop: cross-validate");
}

export function unnamed(): string {
  return l10n.t("the data is not plain names here: name it before the model is fitted");
}

/** The text of a node on one line. */
export function lineOf(syntax: Syntax, node: SyntaxNode): string {
  return textOf(syntax, node)
    .replace(/([([{])\s*\n\s*/g, "$1")
    .replace(/,?\s*\n\s*([)\]}])/g, "$1")
    .replace(/\s*\n\s*/g, " ");
}
