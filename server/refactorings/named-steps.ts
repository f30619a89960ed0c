import * as l10n from "@vscode/l10n";
import type { Edit } from "../core/edit.ts";
import type { Fix } from "../core/rule.ts";
import type { Project } from "../project/project.ts";
import type { PythonModule } from "../python/module.ts";
import { isComprehension } from "../python/scopes.ts";
import { type SyntaxNode, syntaxOf, textOf } from "../python/syntax.ts";
import { extractFunction } from "./extract-function.ts";
import { extractVariable } from "./extract-variable.ts";
import { ownsItsLines } from "./selection.ts";
import { SourceLines } from "./source-lines.ts";

/** A chain of choices that is returned or assigned, as `if` statements; undefined for other expressions. */
export function asStatements(module: PythonModule, chain: SyntaxNode): Fix | undefined {
  const syntax = syntaxOf(module);
  const value = outermost(chain);
  const { parent } = value;
  const target = parent?.type === "assignment" && parent.child("right") === value ? parent.child("left") : undefined;
  const statement = target ? parent?.parent : parent;
  const isReturn = statement?.type === "return_statement";
  const isPlain = statement?.type === "expression_statement" && target?.type === "identifier" && !parent?.child("type");
  if (!statement || !(isReturn || isPlain) || !ownsItsLines(syntax, statement, statement)) return undefined;
  if (syntax.comments.some((comment) => statement.holds(comment))) return undefined;
  const source = module.once(SourceLines, () => new SourceLines(syntax));
  const indentation = source.indentationAt(statement.start);
  const prefix = isReturn ? "return " : `${target ? textOf(syntax, target) : ""} = `;
  const text = (node: SyntaxNode) =>
    /[\r\n]/.test(textOf(syntax, node)) ? `(${textOf(syntax, node)})` : textOf(syntax, node);
  const lines: string[] = [];
  let rest = chain;
  for (let word = "if"; rest.type === "conditional_expression"; word = isReturn ? "if" : "elif") {
    const [body, test, otherwise] = rest.named;
    if (!body || !test || !otherwise) return undefined;
    lines.push(`${word} ${text(test)}:`, `${source.unit}${prefix}${text(body)}`);
    rest = unwrapped(otherwise);
  }
  lines.push(...(isReturn ? [prefix + text(rest)] : ["else:", `${source.unit}${prefix}${text(rest)}`]));
  const edit: Edit = { at: statement, text: lines.join(`${source.lineEnd}${indentation}`) };
  const title = l10n.t("Write it as `if` statements");
  return { title, kind: "quickfix", safe: true, edits: [{ path: module.path, edits: [edit] }] };
}

/** The inner part of an expression that can have a name: a variable, or a function where it must stay lazy. */
export function asNamedStep(module: PythonModule, expression: SyntaxNode, project: Project): Fix {
  const title = l10n.t("Split it into named steps");
  let refused = l10n.t("no part of it can be evaluated by itself");
  for (const part of partsOf(expression)) {
    for (const refactoring of [extractVariable, extractFunction]) {
      const result = refactoring.apply([{ file: module, at: part }], {}, project);
      if (result.applied) return { title, kind: refactoring.kind, safe: true, edits: result.edits };
      refused = result.reason;
    }
  }
  return { title, kind: extractFunction.kind, safe: true, edits: [], refused };
}

/**
 * The parts that a reader would name: what is inside of the same kind, and the groups of a condition; longest first. Of a
 * lambda that chooses it is what the lambda answers.
 */
function partsOf(expression: SyntaxNode): readonly SyntaxNode[] {
  const isSame = (node: SyntaxNode) =>
    (node.isNamed && node.type === expression.type) || (isComprehension(node) && isComprehension(expression));
  const inner = [...expression.descendants()].filter((node) => node !== expression && isSame(node));
  const answer = expression.type === "lambda" ? expression.child("body") : undefined;
  if (inner.length === 0 && answer) return [answer];
  return inner.sort((left, right) => right.end - right.start - (left.end - left.start));
}

function outermost(node: SyntaxNode): SyntaxNode {
  return node.parent?.type === "parenthesized_expression" ? outermost(node.parent) : node;
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  const [inner] = node.named;
  const isChoice = node.type === "parenthesized_expression" && inner?.type === "conditional_expression";
  return isChoice ? inner : node;
}
