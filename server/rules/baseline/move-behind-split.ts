import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { PythonModule } from "../../python/module.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { statementOf } from "./estimators.ts";
import { linesBelow } from "./insertion.ts";

/**
 * `Z = t.fit_transform(X)` above `a, b, … = train_test_split(Z, …)` becomes `a = t.fit_transform(a)` and
 * `b = t.transform(b)` below it. Refused where the statements are others than these.
 */
export function moveBehindSplit(
  module: PythonModule,
  flow: ValueFlow,
  { fit, split }: { readonly fit: Call; readonly split: Call },
): readonly Edit[] | { readonly refused: string } {
  const text = (node: SyntaxNode) => textOf(flow.syntax, node);
  const refused = {
    refused: l10n.t("only a plain `X = transformer.fit_transform(X)` right before the split can be moved"),
  };
  const fitted = statementOf(fit.node);
  const divided = statementOf(split.node);
  const target = targetOf(fitted, fit);
  const parts = targetsOf(divided, split);
  const receiver = fit.node.child("function")?.child("object");
  const data = fit.positional[0]?.node;
  const index = split.positional.findIndex(
    ({ node }) => target && node.type === "identifier" && text(node) === text(target),
  );
  const [train, test] = parts.slice(index * 2, index * 2 + 2);
  if (fit.method !== "fit_transform" || fitted.parent !== divided.parent || fitted.parent === undefined) return refused;
  if (!target || !receiver || data?.type !== "identifier" || index < 0 || !train || !test) return refused;
  // Nothing else may read what goes, and what it is called with must still be there below.
  if (readsBesides(flow, target, [fitted, divided]) && text(target) !== text(data)) return refused;
  if (fit.positional.length > 2 || fit.keywords.size > 0) return refused;
  const label = fit.positional[1]?.node;
  const labelled = label && split.positional.findIndex(({ node }) => text(node) === text(label));
  const trainLabel = labelled === undefined ? undefined : parts[labelled * 2];
  if (label && !trainLabel) return refused;
  const [name, ...above] = nameOfTransformer(receiver, text);
  const argument = split.positional[index]?.node;
  if (!argument) return refused;
  const start = module.lines.startOf(module.lines.lineAt(fitted.start));
  const end = module.lines.startOf(module.lines.lineAt(fitted.end) + 1);
  const more = trainLabel ? `, ${text(trainLabel)}` : "";
  return [
    { at: { start, end }, text: "" },
    { at: argument, text: text(data) },
    linesBelow(module, divided, [
      ...above,
      `${text(train)} = ${name}.fit_transform(${text(train)}${more})`,
      `${text(test)} = ${name}.transform(${text(test)})`,
    ]),
  ];
}

/** A transformer that is made on the spot needs a name; one that is a name has it. */
function nameOfTransformer(receiver: SyntaxNode, text: (node: SyntaxNode) => string): readonly [string, ...string[]] {
  if (receiver.type !== "call") return [text(receiver)];
  const callee = receiver.child("function");
  const last = callee ? text(callee.child("attribute") ?? callee) : "transformer";
  const name = /[A-Z][a-z]+$/.exec(last)?.[0].toLowerCase() ?? "transformer";
  return [name, `${name} = ${text(receiver)}`];
}

function targetOf(statement: SyntaxNode, call: Call): SyntaxNode | undefined {
  const assignment = statement.named[0];
  const isPlain = assignment?.type === "assignment" && assignment.child("right") === call.node;
  const left = isPlain ? assignment.child("left") : undefined;
  return left?.type === "identifier" ? left : undefined;
}

function targetsOf(statement: SyntaxNode, call: Call): readonly SyntaxNode[] {
  const assignment = statement.named[0];
  if (assignment?.type !== "assignment" || assignment.child("right") !== call.node) return [];
  const parts = assignment.child("left")?.named ?? [];
  return parts.every((part) => part.type === "identifier") ? parts : [];
}

/** Does anything but these statements speak of a name? */
function readsBesides(flow: ValueFlow, name: SyntaxNode, statements: readonly SyntaxNode[]): boolean {
  const word = textOf(flow.syntax, name);
  return flow.syntax
    .ofType("identifier")
    .some((each) => textOf(flow.syntax, each) === word && !statements.some((statement) => statement.holds(each)));
}
