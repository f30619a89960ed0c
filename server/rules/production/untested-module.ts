import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import type { Project, TestFacts } from "../../project/project.ts";
import { functionsOf } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { nameOf, type Syntax, statementsOf, syntaxOf } from "../../python/syntax.ts";
import { testStub } from "../../refactorings/test-stub.ts";
import { isShown } from "./shown.ts";

/** A module with fewer public functions is a script, or a place for constants. */
const fewestFunctions = 2;

export const untestedModule: Rule<PythonModule> = {
  name: "untested-module",
  topic: "production",
  severity: { production: "information" },
  summary: () => l10n.t("No test uses the functions of a module"),
  why: () =>
    l10n.t(
      "An experiment is looked at once, by the person who ran it. Production code is changed by others, later, and what they break they do not see: the program goes on and answers wrongly. Tests are what looks every time.\n\nNo test of the project names this module or one of its functions. A test of the function that would hurt most is a good beginning; the fix writes a file that names them all. Where there are no tests yet, only one module is told so. Tests are part of what the tutorial *Código para produção* asks of whoever wants to build something solid.",
    ),
  example: {
    path: "src/prices.py",
    bad: "def mean(prices):\n    return sum(prices) / len(prices)\n\n\ndef total(prices):\n    return sum(prices)\n",
    good: "def _mean(prices):\n    return sum(prices) / len(prices)\n\n\ndef total(prices):\n    return sum(prices)\n",
  },
  concerns: (path) =>
    path.endsWith(".py") &&
    !isTestPath(path) &&
    !isShown(path) &&
    !/\.pyi$|(?:^|\/)(?:__init__|__main__|_version|version|setup|conf|manage|noxfile|tasks|fabfile|wsgi|asgi)\.py$|(?:^|\/)(?:scripts|tools|bin|migrations|contrib|testing|alembic)\//.test(
      path,
    ),
  *check(module, project) {
    const tests = /^(?:async )?def [^_]/m.test(module.text) ? project.tests() : undefined;
    if (!tests) return;
    const syntax = syntaxOf(module);
    const isAsked = clients.some((word) => tests.words.has(word));
    const names = publicFunctions(syntax, isAsked);
    if (names.length < fewestFunctions || isTested(module.path, syntax, tests)) return;
    const message =
      tests.words.size === 0
        ? l10n.t("No test is in the project; `{0}` is one of the functions to begin with", names[0] ?? "")
        : l10n.t("No test names this module or one of its {0} functions", names.length);
    const [first] = statementsOf(syntax.root);
    const end = first
      ? (/^[^\r\n]*/.exec(module.text.slice(first.start, first.end))?.[0].length ?? 0) + first.start
      : 0;
    yield { at: { start: first?.start ?? 0, end }, message };
  },
  *fixes(module, _problem, project) {
    const stub = stubFor(module, project);
    if (!stub) return;
    const edits = [{ path: stub.path, creates: true, edits: [{ at: { start: 0, end: 0 }, text: stub.text }] }];
    yield { title: l10n.t("Create a test in {0}", stub.path), kind: "quickfix", safe: false, edits };
  },
};

/** With these, tests send requests, and name the paths of functions in place of their names; mostly in `conftest.py`, as `client`. */
const clients = ["client", "TestClient", "test_client", "AsyncClient", "APIClient"];
const route = /^\w+(?:\.\w+)*\.(?:get|post|put|patch|delete|head|options|route|api_route|websocket)\(/;

/** The functions that a test would call: public ones of the module itself; those that answer requests may be asked by a client. */
function publicFunctions(syntax: Syntax, isAsked: boolean): string[] {
  return functionsOf(syntax)
    .filter(({ name, owner, isNested }) => !owner && !isNested && !name.startsWith("_") && name !== "main")
    .filter(({ decorators }) => !isAsked || !decorators.some((each) => route.test(each)))
    .map(({ name }) => name);
}

/** Silence where a test names the module, or anything that the module defines. */
function isTested(path: string, syntax: Syntax, { words, firstUntested }: TestFacts): boolean {
  if (words.size === 0) return path !== firstUntested;
  const [stem = ""] = path.split("/").slice(-1);
  const classes = syntax.ofType("class_definition").flatMap((node) => node.child("name") ?? []);
  const defined = [...functionsOf(syntax).map(({ nameNode }) => nameNode), ...classes].map((node) =>
    nameOf(syntax, node),
  );
  return [stem.replace(/\.py$/, ""), ...defined].some((name) => words.has(name));
}

function stubFor(module: PythonModule, project: Project): { readonly path: string; readonly text: string } | undefined {
  const tests = project.tests();
  const [stem = ""] = module.path.split("/").slice(-1);
  if (!tests || !/^[A-Za-z]\w*\.py$/.test(stem)) return undefined;
  const path = `${tests.folder === "" ? "" : `${tests.folder}/`}test_${stem}`;
  if (project.isFile(path)) return undefined;
  return {
    path,
    text: testStub(module.path, publicFunctions(syntaxOf(module), false), (each) => project.isFile(each)),
  };
}
