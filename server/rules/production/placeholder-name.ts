import * as l10n from "@vscode/l10n";
import { isBelowTests, isTestPath } from "../../clones/test-path.ts";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import { functionsOf, isMainGuard } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { nameOf, type Syntax, type SyntaxNode, statementsOf, syntaxOf, textOf } from "../../python/syntax.ts";
import { renamedModule } from "../../refactorings/rename-module.ts";
import { renamedVariable } from "../../refactorings/rename-placeholder.ts";
import { type LongLivedLetter, longLivedLetters } from "./long-lived-letters.ts";
import { isRetired } from "./retired.ts";
import { isShown } from "./shown.ts";

export const placeholderName: Rule<PythonModule> = {
  name: "placeholder-name",
  topic: "production",
  severity: { production: "hint" },
  summary: () => l10n.t("A name was meant to be replaced"),
  why: () =>
    l10n.t(
      "`func2`, `foo`, `tmp3`, `untitled.py`: whoever typed that was thinking of something else, and meant to come back. The name says nothing, so every reader has to read what stands behind it, every time; and nobody finds it by searching.\n\nA name is the cheapest documentation that there is. Conventions of mathematics and machine learning (`X`, `y`, `i`, `f1` for the score) are names, too, and are left alone, as is any letter that is read where it is set; `d = load()` forty lines earlier is not. To write clearly, since one works in a team, is the effort that the tutorial *Código para produção* asks for.",
    ),
  example: {
    path: "prices.py",
    bad: "def func2(prices):\n    return sum(prices) / len(prices)\n",
    good: "def mean(prices):\n    return sum(prices) / len(prices)\n",
  },
  alsoAskedAs: ["C0104", "disallowed-name"],
  concerns: (path, project) =>
    !isTestPath(path) &&
    !isBelowTests(path) &&
    !/(?:^|\/)testing\//.test(path) &&
    !path.endsWith(".pyi") &&
    !isShown(path) &&
    !isRetired(path, project),
  *check(module) {
    const file = fileProblem(module);
    if (file) yield file;
    const [letter, ...others] = longLivedLetters(module).map((each) => letterProblem(module, each));
    // Where there are several, that is a habit of the module, and told once.
    const related = others.map(({ at, message }) => ({ path: module.path, range: module.lines.rangeOf(at), message }));
    if (letter) yield related.length > 0 ? { ...letter, related } : letter;
    if (!anywhere.test(module.text)) return;
    const syntax = syntaxOf(module);
    for (const node of [...definedNames(syntax), ...assignedNames(syntax)]) {
      const at = { start: node.start, end: node.end };
      yield { at, message: l10n.t("Name `{0}` says nothing about what it stands for", nameOf(syntax, node)) };
    }
  },
  *fixes(module, problem, project) {
    if (isOfFile(module, problem)) {
      const renamed = renamedModule(module, project);
      if (renamed) yield renamed;
      return;
    }
    const syntax = syntaxOf(module);
    const name = syntax.ofType("identifier").find(({ start }) => start === problem.at.start);
    if (!name || nameOf(syntax, name).length !== problem.at.end - problem.at.start) return;
    const renamed = renamedVariable(module, name);
    if (renamed) yield renamed;
    else if (!module.path.endsWith(".ipynb")) yield renameByPerson(module, name);
  },
};

/** At the first line; a notebook may begin with prose, where no finding can stand. */
function fileProblem(module: PythonModule): Problem | undefined {
  const [name] = fileName.exec(module.path) ?? [];
  const start = name && module.path.endsWith(".ipynb") ? statementsOf(syntaxOf(module).root)[0]?.start : 0;
  if (name === undefined || start === undefined || isNamedForContents(module, name)) return undefined;
  const end = start + (/^[^\r\n]*/.exec(module.text.slice(start))?.[0].length ?? 0);
  return { at: { start, end }, message: l10n.t("File name `{0}` says nothing about its contents", name) };
}

/** A number that classes or functions have, too, behind the same word, is that of a format or the like. */
function isNamedForContents(module: PythonModule, file: string): boolean {
  const numbered = /^[a-z]+[-_ ]?\d+(?=\.)/i.exec(file)?.[0];
  if (numbered === undefined) return false;
  const syntax = syntaxOf(module);
  return [...syntax.ofType("class_definition"), ...syntax.ofType("function_definition")].some((each) => {
    const name = each.child("name");
    return name !== undefined && joined(nameOf(syntax, name)).includes(joined(numbered));
  });
}

function joined(name: string): string {
  return name.replace(/[-_ ]/g, "").toLowerCase();
}

function isOfFile(module: PythonModule, { message }: Problem): boolean {
  return fileProblem(module)?.message === message;
}

function letterProblem({ text }: PythonModule, { node: { start, end }, lines }: LongLivedLetter): Problem {
  const name = text.slice(start, end);
  return {
    at: { start, end },
    message: l10n.t("Name `{0}` of one letter is to be remembered over {1} lines", name, lines),
  };
}

/** Others may use the name of a function or class: the editor's rename finds them, and asks for the new one. */
function renameByPerson(module: PythonModule, name: SyntaxNode): Fix {
  const { line, column } = module.lines.positionAt(name.start);
  const command = { name: "groundwork.renameInPlace", arguments: [module.path, line, column] };
  return { title: l10n.t("Rename it"), kind: "quickfix", safe: false, edits: [], command };
}

/** A code of two digits is one that a standard numbers. */
const fileName =
  /(?<=^|\/)(?:untitled[-_ ]?\d*|asdf\w*|foo\d*|code_?\d|(?:temp|tmp|new|script|file|main|teste?)_?\d+)\.(?:py|ipynb)$/i;
/** Definitions get more than these; a variable may be a number of something. */
const definition =
  /^(?:foo|qux|foobar|asdf\w*|f\d+|(?:fn|fun|func|function|proc|funcao|tmp|temp|aux|my_?func(?:tion)?)_?\d*|My(?:Class|Func)\d*|Foo|Class\d+)$/;
const variable = /^(?:(?:foo|qux|quux|bar|baz)\d*|asdf\w*|(?:tmp|temp|aux|foo|coisa)_?\d+)$/;
/** These are things, too, as bars of a chart and a base are: placeholders only beside those that are nothing else. */
const thing = /^ba[rz]\d*$/;
const nothingElse = ["foo", "qux", "quux"];
const anywhere =
  /\b(?:foo|qux|quux|asdf|f\d|fn|fun|func|function|proc|funcao|tmp|temp|aux|my_?func|My(?:Class|Func)|Foo|Class\d|coisa)/;
/** Where two things are compared or swapped, 1 and 2 say which. */
const functionLike = /^(?:fn|fun|func|function|proc|tmp|temp|aux)$/;

/** Names of functions and classes; a function inside another one is known by what surrounds it. */
function* definedNames(syntax: Syntax): Iterable<SyntaxNode> {
  for (const { name, nameNode, isNested, owner } of functionsOf(syntax)) {
    if (isNested || !definition.test(name) || isDemonstration(syntax, nameNode)) continue;
    // `f1` beside other metrics, and methods that wrap a function.
    if (/^f\d+$/.test(name) && (owner || /precision|recall|score|metric/i.test(syntax.text))) continue;
    if (functionLike.test(name) && owner) continue;
    yield nameNode;
  }
  for (const node of syntax.ofType("class_definition")) {
    const name = node.child("name");
    if (name && definition.test(nameOf(syntax, name)) && !isDemonstration(syntax, node)) yield name;
  }
}

/** The first assignment to each such variable in a function, or in the module. */
function* assignedNames(syntax: Syntax): Iterable<SyntaxNode> {
  const seen = new Set<string>();
  for (const node of syntax.ofType("assignment")) {
    const left = node.child("left");
    if (left?.type !== "identifier" || !variable.test(nameOf(syntax, left))) continue;
    const right = node.child("right");
    // A field; or what an attribute of that name holds, which was named there.
    if (!right || textOf(syntax, right).includes(`.${nameOf(syntax, left)}`)) continue;
    if (isDemonstration(syntax, node) || isThing(syntax, nameOf(syntax, left))) continue;
    const holder = [...node.ancestors()].find(({ type }) => type === "function_definition");
    const key = `${holder?.start ?? -1} ${nameOf(syntax, left)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield left;
  }
}

function isThing(syntax: Syntax, name: string): boolean {
  return thing.test(name) && !nothingElse.some((each) => syntax.variablesNamed(each).length > 0);
}

/** What a module does when it is started shows how it is used, and a test beside the code tries it with any name. */
function isDemonstration(syntax: Syntax, node: SyntaxNode): boolean {
  return [...node.ancestors()].some((each) => isMainGuard(syntax, each) || isTest(syntax, each));
}

function isTest(syntax: Syntax, node: SyntaxNode): boolean {
  const name = /^(?:function|class)_definition$/.test(node.type) ? node.child("name") : undefined;
  return name !== undefined && /^_?[Tt]est|^(?:_?demo|_?example)(?:_|$)|Tests?$|TestCase$/.test(nameOf(syntax, name));
}
