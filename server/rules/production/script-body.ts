import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Fix, Rule } from "../../core/rule.ts";
import type { Span } from "../../core/text.ts";
import type { Project } from "../../project/project.ts";
import { isMainGuard } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { isStringStatement } from "../../python/strings.ts";
import {
  nameOf,
  type Syntax,
  type SyntaxNode,
  statementsOf,
  syntaxOf,
  textOf,
  undecorated,
} from "../../python/syntax.ts";
import { wrapInMain } from "../../refactorings/wrap-main.ts";
import { isRetired } from "./retired.ts";
import { isShown } from "./shown.ts";

/** Fewer effects than this at the top are the set-up of a module. */
const fewestEffects = 5;

export const scriptBody: Rule<PythonModule> = {
  name: "script-body",
  topic: "production",
  severity: { production: "warning" },
  summary: () => l10n.t("A module with functions does its work while it is imported"),
  why: () =>
    l10n.t(
      'The file defines functions that others could use, and below them, or between them, it does its work: reads files, trains, prints. Whoever imports one of the functions, a test to begin with, sets all of that going. So nobody tests them.\n\nThe work belongs in a function, `main()`, that runs when the file is started and not when it is imported: `if __name__ == "__main__": main()`. Production code has no date of expiry: others will want its parts, says the tutorial *Código para produção*.',
    ),
  example: {
    path: "train.py",
    bad: `import json


def read(path):
    with open(path) as file:
        return json.load(file)


rows = read("rows.json")
print(len(rows))
for row in rows:
    print(row)
rows.sort()
print(rows[0])
print(rows[-1])
`,
    good: `import json


def read(path):
    with open(path) as file:
        return json.load(file)


def main():
    rows = read("rows.json")
    print(len(rows))
    for row in rows:
        print(row)


if __name__ == "__main__":
    main()
`,
  },
  concerns: (path, project) =>
    path.endsWith(".py") &&
    !isTestPath(path) &&
    !isShown(path) &&
    !isRetired(path, project) &&
    !/(?:^|\/)(?:__main__|__init__|setup|noxfile|tasks|fabfile|conf|manage|[^/]*settings|[^/]*config|wsgi|asgi|gunicorn[^/]*|streamlit[^/]*)\.pyi?$/.test(
      path,
    ),
  *check(module) {
    if (/__main__|\bimport streamlit\b|^#\s*%%/m.test(module.text)) return;
    const syntax = syntaxOf(module);
    const statements = statementsOf(syntax.root);
    if (!statements.some(isDefinition) || statements.some((each) => isMainGuard(syntax, each))) return;
    const effects = statements.filter((each) => isEffect(syntax, each));
    const [first] = effects;
    if (!first || effects.length < fewestEffects) return;
    if (!statements.some((each) => isWork(syntax, each))) return;
    yield {
      at: { start: first.start, end: firstLineEnd(syntax, first) },
      message: l10n.t("Importing this module runs {0} statements of a script", effects.length),
    };
  },
  *fixes(module, { at }, project) {
    yield mainFix(module, at, project);
  },
};

/** What `main()` would take away from whoever imports the module is told by the title; a person decides. */
function mainFix(module: PythonModule, at: Span, project: Project): Fix {
  const common = { title: l10n.t("Wrap in `main()`, not run on import"), kind: "quickfix", safe: false } as const;
  const result = wrapInMain(module, at, project);
  return result.applied ? { ...common, edits: result.edits } : { ...common, edits: [], refused: result.reason };
}

function isDefinition(statement: SyntaxNode): boolean {
  return /^(?:function|class)_definition$/.test(undecorated(statement).type);
}

/** Whether a statement at the top reads, trains, shows or writes: filling tables by calls is what modules do. */
function isWork(syntax: Syntax, statement: SyntaxNode): boolean {
  return !isDefinition(statement) && isOutput(syntax, statement);
}

/** Calls for their effect, loops and `with`: what registers, configures or extends belongs to a module. */
function isEffect(syntax: Syntax, statement: SyntaxNode): boolean {
  if (/^(?:for|while|with|print)_statement$/.test(statement.type)) return !isSetUp(syntax, statement);
  if (statement.type !== "expression_statement" || isStringStatement(statement)) return false;
  const [expression] = statement.named;
  if (expression?.type === "assignment") return isReading(syntax, expression);
  return expression?.type === "call" && !isSetUp(syntax, statement);
}

/** `rows = read(...)` through a function or a library of files: the work has begun. */
function isReading(syntax: Syntax, assignment: SyntaxNode): boolean {
  const right = assignment.child("right");
  const called = right?.type === "call" ? right.child("function") : undefined;
  return (
    called !== undefined &&
    /(?:^|\.)(?:open|read_\w+|load|loads|fit|fit_transform|predict|train_test_split)$/.test(textOf(syntax, called))
  );
}

const settingUp =
  /(?:^|[._])(?:add|append|connect|extend|insert|install|update|register|setdefault|config(?:ure)?|basicConfig|filterwarnings|simplefilter|set|seed|use|enable|disable|init|declare|define|include|mount|route|bind|subscribe|on|Index|event|listen|export|alias|deprecated?|patch|populate|setattr|delattr|exec)(?:$|[_A-Z])/;

function isSetUp(syntax: Syntax, statement: SyntaxNode): boolean {
  if (/^(?:for|while|with)_statement$/.test(statement.type)) {
    const body = statement.child("body");
    return body !== undefined && statementsOf(body).every((each) => !isOutput(syntax, each));
  }
  const called = statement.named[0]?.child("function");
  return called !== undefined && settingUp.test(textOf(syntax, called));
}

/** Whether a statement in a loop prints, writes or calls for an effect: making tables of names is a module's work. */
function isOutput(syntax: Syntax, statement: SyntaxNode): boolean {
  return [...statement.descendants()].some((node) => {
    const called = node.type === "call" ? node.child("function") : undefined;
    return (
      called !== undefined &&
      /(?:^|\.)(?:print|open|read_\w+|load|write|fit|train|predict|save\w*|plot|show|to_\w+|backward|step)$/.test(
        nameOf(syntax, called),
      )
    );
  });
}

function firstLineEnd(syntax: Syntax, statement: SyntaxNode): number {
  const line = /^[^\r\n]*/.exec(syntax.text.slice(statement.start, statement.end))?.[0] ?? "";
  return statement.start + line.length;
}
