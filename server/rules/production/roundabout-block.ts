import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import { docstringOf, functionsOf } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Syntax, type SyntaxNode, statementsOf, syntaxOf } from "../../python/syntax.ts";
import { booleanForm } from "../../refactorings/short-forms/boolean.ts";
import { collectForm, searchForm } from "../../refactorings/short-forms/loops.ts";
import type { ShortForm, ShortFormKind } from "../../refactorings/short-forms/short-form.ts";
import { enumerateForm, withForm } from "../../refactorings/short-forms/statements.ts";
import { isRetired } from "./retired.ts";

export const roundaboutBlock: Rule<PythonModule> = {
  name: "roundabout-block",
  topic: "production",
  severity: { production: "hint" },
  summary: () => l10n.t("A block says at length what Python says in one line"),
  why: () =>
    l10n.t(
      "An empty list, a loop, a condition, an `append`: four lines, and only the last tells that a list is made. A condition that returns `True`, else `False`. A counter that goes up at the end of a loop. Each is right; together they make a function long in which little happens, and each line is one more to get wrong.\n\nPython has a short form for each, which says what comes out rather than how: a comprehension, `any`, `sum`, the condition itself, `enumerate`, `with`. “If you thought a little more, you could bring it down from 8 lines to 2” is a sentence from the tutorial *Código para produção*. The fix writes the short form only where nothing else can notice the difference.",
    ),
  example: {
    path: "orders.py",
    bad: `def totals(orders):
    result = []
    for order in orders:
        if order.paid:
            result.append(order.total)
    return result
`,
    good: `def totals(orders):
    return [order.total for order in orders if order.paid]
`,
  },
  alsoAskedAs: [
    "SIM103",
    "SIM110",
    "SIM111",
    "SIM113",
    "SIM115",
    "PERF401",
    "PERF403",
    "R1703",
    "simplifiable-if-statement",
    "consider-using-any-or-all",
    "R1732",
    "consider-using-with",
  ],
  concerns: (path, project) => !isTestPath(path) && !path.endsWith(".pyi") && !isRetired(path, project),
  *check(module) {
    for (const { kind, at } of shortFormsIn(module)) {
      if (!isPlainOnPurpose(syntaxOf(module), at.start)) yield { at, message: messageOf(kind) };
    }
  },
  *fixes(module, problem) {
    const form = shortFormsIn(module).find(({ at }) => at.start === problem.at.start && at.end === problem.at.end);
    if (!form) return;
    const edits = [{ path: module.path, edits: [{ at: form.at, text: form.text }] }];
    yield { title: l10n.t("Write the short form"), kind: "quickfix", safe: true, edits };
  },
};

/** Words with which an author says that the long form is meant. */
const purpose =
  /\b(?:plain|explicit|manual|unrolled)\s+(?:for[- ])?loops?\b|\bloop, not an? \w+|\b(?:instead of|rather than|faster than|avoid\w*|not (?:use|using))\b[^.]*\b(?:any|all|sum|enumerate|comprehensions?|genexps?|generators?)\b/i;

/** Does the comment above a block, or the docstring of its function, say why it is not shorter? */
function isPlainOnPurpose(syntax: Syntax, start: number): boolean {
  const { text } = syntax;
  if (purpose.test(commentAbove(text, start))) return true;
  const owner = functionsOf(syntax).findLast(({ body }) => body.start <= start && start < body.end);
  const docstring = owner && docstringOf(owner.body);
  return docstring !== undefined && purpose.test(text.slice(docstring.start, docstring.end));
}

/** The lines of comment that end right above the line of an offset. */
function commentAbove(text: string, offset: number): string {
  const lines = text.slice(0, offset).split("\n").slice(0, -1);
  const code = lines.findLastIndex((line) => !line.trim().startsWith("#"));
  return lines.slice(code + 1).join("\n");
}

/** The forms that may begin with a statement, told by it and the one behind it. */
function formsAt(statement: SyntaxNode, next: SyntaxNode | undefined) {
  if (statement.type === "if_statement") return [booleanForm];
  if (statement.type === "for_statement") return [searchForm];
  if (statement.type !== "expression_statement" || !next) return [];
  return next.type === "for_statement" ? [collectForm, enumerateForm] : [withForm];
}

/** One of these words stands in whatever has a short form. */
const anywhere = /\b(?:True|False)\b|\.(?:append|add|close)\(|\+=\s*(?:\d|len\(|ord\()|\{\}/;

/** The short forms of a module's blocks, none inside another. */
function shortFormsIn(module: PythonModule): readonly ShortForm[] {
  return module.once(shortFormsIn, () => {
    if (!anywhere.test(module.text)) return [];
    const syntax = syntaxOf(module);
    if (syntax.isBroken) return [];
    const found: ShortForm[] = [];
    for (const suite of [syntax.root, ...syntax.ofType("block")]) {
      const statements = statementsOf(suite);
      const owner = ownerOf(suite);
      for (const [index, statement] of statements.entries()) {
        const neighbours = { syntax, statements, index, owner };
        const forms = formsAt(statement, statements[index + 1]);
        const form = forms.map((each) => each(neighbours)).find((each) => each !== undefined);
        if (form && !found.some(({ at }) => at.start < form.at.end && form.at.start < at.end)) found.push(form);
      }
    }
    return found.sort((a, b) => a.at.start - b.at.start);
  });
}

/** The function to which a suite belongs, unless a class stands between them. */
function ownerOf(suite: SyntaxNode): SyntaxNode | undefined {
  for (const node of suite.ancestors()) {
    if (node.type === "function_definition") return node;
    if (node.type === "class_definition") return undefined;
  }
  return undefined;
}

function messageOf(kind: ShortFormKind): string {
  switch (kind) {
    case "boolean":
      return l10n.t("Condition is turned into `True` and `False` by hand");
    case "collect":
      return l10n.t("Loop only collects what a comprehension says in one line");
    case "count":
      return l10n.t("Loop only counts what `sum` counts in one line");
    case "sum":
      return l10n.t("Loop only adds up whole numbers, as `sum` does in one line");
    case "search":
      return l10n.t("Loop only looks for one case, as `any` and `all` do");
    case "enumerate":
      return l10n.t("Counter goes up beside the loop, as `enumerate` does by itself");
    case "with":
      return l10n.t("File is opened and closed by hand instead of by `with`");
  }
}
