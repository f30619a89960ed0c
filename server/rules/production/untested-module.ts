import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import type { Span } from "../../core/text.ts";
import type { Project, TestFacts } from "../../project/project.ts";
import { type FunctionFacts, functionsOf, isMainGuard } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { nameOf, type Syntax, statementsOf, syntaxOf } from "../../python/syntax.ts";
import { testStub } from "../../refactorings/test-stub.ts";
import { functionsToTest, mayNeedTests } from "./needs-tests.ts";
import { isRetired } from "./retired.ts";

export const untestedModule: Rule<PythonModule> = {
  name: "untested-module",
  topic: "production",
  severity: { production: "information" },
  summary: () => l10n.t("No test uses the functions of a module"),
  why: () =>
    l10n.t(
      "An experiment is looked at once, by the person who ran it. Production code is changed by others, later, and what they break they do not see: the program goes on and answers wrongly. Tests are what looks every time.\n\nNo test of the project loads this module, directly or through another one, or names one of its functions. A test of the function that would hurt most is a good beginning; the fix writes a file that names them all. Where there are no tests yet, only one module is told so. Tests are part of what the tutorial *Código para produção* asks of whoever wants to build something solid.",
    ),
  example: {
    path: "src/prices.py",
    bad: "def mean(prices):\n    return sum(prices) / len(prices)\n\n\ndef total(prices):\n    return sum(prices)\n",
    good: "def _mean(prices):\n    return sum(prices) / len(prices)\n\n\ndef total(prices):\n    return sum(prices)\n",
  },
  concerns: (path, project) => mayNeedTests(path) && !isRetired(path, project),
  *check(module, project) {
    const tests = /^(?:async )?def [^_]/m.test(module.text) ? project.tests() : undefined;
    if (!tests || (!tests.hasTests && tests.firstUntested !== module.path)) return;
    const functions = functionsToTest(module);
    if (functions.length === 0) return;
    if (tests.hasTests && isTested(module, functions, tests, project)) return;
    const message = tests.hasTests
      ? l10n.t("No test reaches the {0} functions of this module, not even through another one", functions.length)
      : l10n.t("No test is in the project; `{0}` is one of the functions to begin with", largest(functions));
    yield { at: firstLineOf(module), message };
  },
  *fixes(module, _problem, project) {
    const stub = stubFor(module, project);
    if (!stub) return;
    const edits = [{ path: stub.path, creates: true, edits: [{ at: { start: 0, end: 0 }, text: stub.text }] }];
    yield { title: l10n.t("Create a test in {0}", stub.path), kind: "quickfix", safe: false, edits };
  },
};

/** The one with the longest body: what is one line long is seldom wrong. */
function largest(functions: readonly FunctionFacts[]): string {
  const [most] = [...functions].sort((a, b) => b.body.end - b.body.start - (a.body.end - a.body.start));
  return most?.name ?? "";
}

function firstLineOf(module: PythonModule): Span {
  const [first] = statementsOf(syntaxOf(module).root);
  if (!first) return { start: 0, end: 0 };
  const [line = ""] = /^[^\r\n]*/.exec(module.text.slice(first.start, first.end)) ?? [];
  return { start: first.start, end: first.start + line.length };
}

const route = /^\w+(?:\.\w+)*\.(?:get|post|put|patch|delete|head|options|route|api_route|websocket)\(/;

/** Silence where the tests may load the module, name it or anything that it defines, or ask for what it answers. */
function isTested(
  module: PythonModule,
  functions: readonly FunctionFacts[],
  tests: TestFacts,
  { isFile }: Project,
): boolean {
  const { path } = module;
  const syntax = syntaxOf(module);
  const called = functions.filter(({ decorators }) => !decorators.some((each) => route.test(each)));
  if (tests.sendsRequests && called.length < functions.length) return true;
  const [stem = ""] = path.split("/").slice(-1);
  if (isScript(syntax, path, isFile) || tests.speaksOf(stem.replace(/\.py$/, ""))) return true;
  const classes = syntax.ofType("class_definition").flatMap((node) => node.child("name") ?? []);
  const defined = [...functionsOf(syntax).map(({ nameNode }) => nameNode), ...classes];
  return defined.some((node) => tests.speaksOf(nameOf(syntax, node))) || tests.isReached(path);
}

/** A program of its own beside the packages, run by hand. */
function isScript(syntax: Syntax, path: string, isFile: (path: string) => boolean): boolean {
  const isInPackage = isFile(`${path.slice(0, path.lastIndexOf("/") + 1)}__init__.py`);
  return !isInPackage && statementsOf(syntax.root).some((each) => isMainGuard(syntax, each));
}

function stubFor(module: PythonModule, project: Project): { readonly path: string; readonly text: string } | undefined {
  const tests = project.tests();
  const [stem = ""] = module.path.split("/").slice(-1);
  if (!tests || !/^[A-Za-z]\w*\.py$/.test(stem)) return undefined;
  const path = `${tests.folder === "" ? "" : `${tests.folder}/`}test_${stem}`;
  if (project.isFile(path)) return undefined;
  return {
    path,
    text: testStub(
      module.path,
      functionsToTest(module).map(({ name }) => name),
      (each) => project.isFile(each),
    ),
  };
}
