import { isTestPath } from "../../clones/test-path.ts";
import { isForeign } from "../../core/foreign.ts";
import { type FunctionFacts, functionsOf } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { isStringStatement } from "../../python/strings.ts";
import { type Syntax, statementsOf, syntaxOf, textOf } from "../../python/syntax.ts";
import { isNamedRetired } from "./retired.ts";
import { isShown } from "./shown.ts";

/** A module with fewer public functions is a script, or a place for constants. */
const fewestFunctions = 2;

/** Files that begin, set up or describe a program, or that hold what others need to stay as it was. */
const name =
  /(?:^|\/)(?:__init__|__main__|_?_?version_?_?|setup|conf|manage|noxfile|tasks|fabfile|wsgi|asgi|gunicorn\w*|settings\w*|\w*_settings|config|constants?|types|typing|_?typing_extensions|six|py3k|\w*compat\w*|versioneer|_?_?about_?_?|exceptions?|errors?|hubconf)\.py$/i;
/** Helpers for tests, also for those of others. */
const forTests =
  /(?:^|\/)[^/]*(?:test(?:s|ing|er|utils?|helpers?|case)?|mocks?|fakes?|fixtures?|pytest\w*)\.py$|(?:^|[/_])(?:testing|pytest|unittest|mock)[^/]*(?:\/|\.py$)|(?:^|\/)tests?\w*\//i;
/** Code that is run by hand, or describes. */
const folder =
  /(?:^|\/)(?:_docs?|_examples?|notebooks?|scripts?|tools?|bin|dev|maint|misc|ci|hack|contrib|extras?|migrations|versions|alembic|templatetags|bench(?:es)?|perf\w*|profiling|fuzz\w*|build|packaging|install|\.[^/]+|\w*templates?|skeletons?|cookiecutter\w*)\//i;

/** Is a file (POSIX path) of the kind that tests are written for? */
export function mayNeedTests(path: string): boolean {
  if (!path.endsWith(".py") || isTestPath(path) || isShown(path) || isNamedRetired(path)) return false;
  return !name.test(path) && !forTests.test(path) && !folder.test(path);
}

/**
 * The functions of a module that a test would call; none where they are too few, or where the module tries itself, was
 * copied from elsewhere, or is written by a program.
 */
export function functionsToTest(module: PythonModule): readonly FunctionFacts[] {
  const { text } = module;
  if ((text.match(/^(?:async )?def [^_]/gm) ?? []).length < fewestFunctions) return [];
  if (triesItself.test(text) || isForeign(module.path, text)) return [];
  const syntax = syntaxOf(module);
  const found = functionsOf(syntax).filter((each) => isToBeTested(syntax, each));
  return found.length < fewestFunctions ? [] : found;
}

const triesItself = /^[ \t]*>>> |^[ \t]*(?:async )?def test|\bTestCase\b/m;

function isToBeTested(syntax: Syntax, { name, owner, isNested, decorators, body, node }: FunctionFacts): boolean {
  if (owner || isNested || name.startsWith("_") || name === "main") return false;
  if (decorators.some((each) => /overload|fixture|deprecat|abstract/i.test(each))) return false;
  if (/Deprecat/.test(textOf(syntax, body)) || /^def \w+\(\s*\*args/.test(textOf(syntax, node))) return false;
  return statementsOf(body).some(
    (each) => !isStringStatement(each) && !/^(?:pass|\.\.\.|raise NotImplemented\w*.*)$/s.test(textOf(syntax, each)),
  );
}
