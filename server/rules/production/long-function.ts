import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Fix, Rule } from "../../core/rule.ts";
import type { Lines } from "../../core/text.ts";
import type { Project } from "../../project/project.ts";
import { docstringOf, type FunctionFacts, functionsOf } from "../../python/definitions.ts";
import { type FunctionSize, fullSize, functionSize } from "../../python/function-size.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Syntax, type SyntaxNode, syntaxOf, textOf } from "../../python/syntax.ts";
import { cohesiveBlock } from "../../refactorings/cohesive-block.ts";
import { extractFunction } from "../../refactorings/extract-function.ts";
import { isRetired } from "./retired.ts";

const mostStatements = 50;
const mostLines = 60;

export const longFunction: Rule<PythonModule> = {
  name: "long-function",
  topic: "production",
  severity: { production: "warning" },
  summary: () => l10n.t("A function is too long to be read at once"),
  why: () =>
    l10n.t(
      "A function of a hundred lines does several things. Who wants to change one of them must first find out which lines belong to it and which variables it shares with the others; and a test can only try all of them at once.\n\nThe steps of a long function usually have names already: they stand in its comments. A function for each step, called one after the other, reads like the comments did, and each can be tested alone. Docstrings and comments do not count; a large literal, a list of arguments, a table of cases and a row of statements of one kind count as one. “How would you feel if you knew nothing about this part and had to maintain it?” is one of the questions in the tutorial *Código para produção*.",
    ),
  example: {
    path: "pipeline.py",
    bad: longExample(),
    good: `def run(rows):
    cleaned = clean(rows)
    return report(cleaned)


def clean(rows):
    return [row for row in rows if row]


def report(rows):
    return len(rows)
`,
  },
  // Who has answered that a function may be complex has looked at it as a whole.
  alsoAskedAs: [
    ..."PLR0915 CFQ001 WPS213 R0915 too-many-statements".split(" "),
    ..."C901 PLR0912 R0912 R1260 too-many-branches too-complex PY-R1000".split(" "),
  ],
  concerns: (path, project) => !isTestPath(path) && !path.endsWith(".pyi") && !isRetired(path, project),
  *check(module) {
    if (!mayHoldLongFunction(module.lines)) return;
    const syntax = syntaxOf(module);
    for (const found of functionsOf(syntax)) {
      // A test that stands beside the code tells one story from above to below.
      if (isTest(syntax, found)) continue;
      // Every statement and line that counts is on a line of its own, or nearly so.
      if (module.lines.lineAt(found.body.end) - module.lines.lineAt(found.node.start) < mostStatements / 2) continue;
      if (!isLong(fullSize(syntax, found))) continue;
      const { statements, lines } = functionSize(syntax, found);
      if (!isLong({ statements, lines }) || isKeptWhole(syntax, found)) continue;
      yield {
        at: { start: found.nameNode.start, end: found.nameNode.end },
        message: l10n.t("`{0}` has {1} statements on {2} lines of code", found.name, statements, lines),
      };
    }
  },
  *fixes(module, problem, project) {
    const found = functionsOf(syntaxOf(module)).find(({ nameNode }) => nameNode.start === problem.at.start);
    if (found) yield extractionFrom(module, found.body, project);
  },
  *offers() {
    yield { title: fixTitle(), kind: "refactor.extract.function", safe: false };
  },
};

function isLong({ statements, lines }: FunctionSize): boolean {
  return statements > mostStatements || lines > mostLines;
}

/** Words with which an author says that calls cost too much there. */
const hot =
  /\bcall overhead\b|\bperformance[- ]critical\b|\bhot (?:path|loop)\b|\binlined? (?:for|to avoid|because|since)\b|\bcosts? (?:an? |the )?(?:\w+[- ]){0,3}calls?\b/i;

/** The address of what a function is kept alike to. */
const mirrored = /\bgithub\.com\/python\/cpython\/(?:blob|tree)\b/;

/** Does a comment in a function say that it is not divided for the sake of speed, or its docstring that it follows Python's own? */
function isKeptWhole(syntax: Syntax, { node, body }: FunctionFacts): boolean {
  const comments = syntax.comments.filter(({ start, end }) => node.start < start && end <= node.end);
  const docstring = docstringOf(body);
  return (
    hot.test(comments.map((each) => textOf(syntax, each).replace(/^#+\s*/, "")).join(" ")) ||
    (docstring !== undefined && mirrored.test(textOf(syntax, docstring)))
  );
}

function isTest(syntax: Syntax, { name, owner }: FunctionFacts): boolean {
  return name.startsWith("test_") && (!owner || /^class\b.*Test/.test(textOf(syntax, owner)));
}

function fixTitle(): string {
  return l10n.t("Extract its most cohesive block");
}

/** What was read as one function is two, which behave as one did. */
function extractionFrom(module: PythonModule, body: SyntaxNode, project: Project): Fix {
  const fix = { title: fixTitle(), kind: "refactor.extract.function", safe: true, edits: [] } as const;
  const block = cohesiveBlock(module, body);
  if (!block) return { ...fix, refused: l10n.t("no block of it can move with few values in and out") };
  const result = extractFunction.apply([{ file: module, at: block }], {}, project);
  return result.applied ? { ...fix, edits: result.edits } : { ...fix, refused: result.reason };
}

/** Whether so many lines follow a `def` before the next one, told without a tree. */
function mayHoldLongFunction(lines: Lines): boolean {
  return lines.count > mostStatements / 2 && /^[ \t]*(?:async[ \t]+)?def\b/m.test(lines.text);
}

function longExample(): string {
  const columns = Array.from({ length: 26 }, (_, index) => `column_${index}`);
  const steps = columns.map((name, index) => `    ${name} = rows[${index}]\n    print(${name})\n`);
  return `def run(rows):\n    """Prints every column."""\n${steps.join("")}`;
}
