import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import { isMainGuard } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Syntax, type SyntaxNode, syntaxOf, textOf } from "../../python/syntax.ts";
import { asPackage } from "../../refactorings/package-project.ts";
import { hasAttributeOutside } from "./before-parsing.ts";
import { isRetired } from "./retired.ts";
import { isShown } from "./shown.ts";

export const pathHack: Rule<PythonModule> = {
  name: "path-hack",
  topic: "production",
  severity: { production: "hint", undecided: "hint", experimental: "hint" },
  summary: () => l10n.t("A module changes where Python looks for modules"),
  why: () =>
    l10n.t(
      '`sys.path.append("..")` makes an import work from one folder, for whoever starts Python there. The next person starts it elsewhere; another module of the same name wins; and editors, type checkers and tests do not find what the program finds, since only running it tells where its modules are.\n\nCode that others import is a package: a `pyproject.toml` and `pip install -e .` make its imports work from everywhere, in tests and on the server too. Caring for where the program runs is part of building something solid, says the tutorial *Código para produção*.',
    ),
  example: {
    path: "report.py",
    bad: 'import sys\n\nsys.path.append("../lib")\n',
    good: "import sys\n\nprint(sys.path)\n",
  },
  needles: ["sys.path"],
  concerns: (path, project) =>
    !isTestPath(path) &&
    !isShown(path) &&
    !isRetired(path, project) &&
    !/(?:^|\/)(?:__main__|cli|setup|noxfile|conf|manage|sitecustomize)\.py$|(?:^|\/)(?:scripts|tools|bin)\//.test(path),
  *check(module) {
    if (!/\bsys\.path\b\s*(?:\.|\[|\+?=)/.test(module.text) || module.text.startsWith("#!")) return;
    if (!hasAttributeOutside(module.text, "sys", "path")) return;
    const syntax = syntaxOf(module);
    for (const statement of syntax.ofType("expression_statement")) {
      if (!isImportTime(syntax, statement) || !changesPath(textOf(syntax, statement))) continue;
      const at = { start: statement.start, end: statement.end };
      yield { at, message: l10n.t("Import changes `sys.path` for the whole program") };
    }
  },
  *fixes(module, problem, project) {
    const { start, end } = problem.at;
    const statement = syntaxOf(module)
      .ofType("expression_statement")
      .find((each) => each.start === start && each.end === end);
    if (!statement) return;
    const { edits, creates } = asPackage(module.path, module.text, statement, (path) => project.isFile(path));
    const title = creates ? l10n.t("Make the project a package") : l10n.t("Delete the change of `sys.path`");
    yield { title, kind: "quickfix", safe: false, edits };
  },
};

/** A path that is handed over as a whole, from another process or from before, is nothing that a package could replace. */
function changesPath(statement: string): boolean {
  return (
    !/^sys\.path(?:\[:\])?\s*=\s*[A-Za-z_]\w*$/.test(statement) &&
    /^sys\.path(?:\.(?:append|insert|extend)\(|\s*\+?=|\[[^\]]*\]\s*=)/.test(statement)
  );
}

/** Whether a statement runs when the module is imported. */
function isImportTime(syntax: Syntax, statement: SyntaxNode): boolean {
  return ![...statement.ancestors()].some(
    (node) => /^(?:function_definition|class_definition|lambda)$/.test(node.type) || isMainGuard(syntax, node),
  );
}

/** Does a run of lines at import do nothing but change `sys.path`, and import? That is told of each module. */
export function isPathHack(code: readonly string[]): boolean {
  const others = code.join("\n").replace(imports, "").split("\n").filter(isCode);
  return (
    !/^\s/.test(code[0] ?? "") && others.some((line) => atPath.test(line)) && others.every((line) => ofPaths.test(line))
  );
}

function isCode(line: string): boolean {
  return /^\s*[^\s#]/.test(line);
}

const imports = /^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import\b[^\n(]*(?:\([^)]*\))?.*$/gm;
const atPath = /^\s*sys\.path\b/;
const ofPaths = /\bsys\.path\b|\b__file__\b|\bos\.path\b|\bPath\(|\.parents?\b/;
