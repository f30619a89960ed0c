import { isTestPath } from "../../clones/test-path.ts";
import { isGenerated } from "../../core/generated.ts";
import { type FunctionFacts, functionsOf } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { isStringStatement } from "../../python/strings.ts";
import { type Syntax, statementsOf, syntaxOf, textOf } from "../../python/syntax.ts";

/** A module with fewer public functions is a script, or a place for constants. */
const fewestFunctions = 2;

/** Files that begin, set up or describe a program, or that hold what others need to stay as it was. */
const name =
  /(?:^|\/)(?:__init__|__main__|_?_?version_?_?|setup|conf|manage|noxfile|tasks|fabfile|wsgi|asgi|gunicorn\w*|settings\w*|\w*_settings|config|constants?|types|typing|_?typing_extensions|six|py3k|\w*compat\w*|\w*deprecated|legacy|versioneer|_?_?about_?_?|exceptions?|errors?|hubconf)\.py$/i;
/** Helpers for tests, also for those of others. */
const forTests =
  /(?:^|\/)[^/]*(?:test(?:s|ing|er|utils?|helpers?|case)?|mocks?|fakes?|fixtures?|pytest\w*)\.py$|(?:^|[/_])(?:testing|pytest|unittest|mock)[^/]*(?:\/|\.py$)|(?:^|\/)tests?\w*\//i;
/** Code that is run by hand, comes from elsewhere, describes, or waits to be deleted. */
const folder =
  /(?:^|\/)(?:_?docs?|documentation|_?examples?|samples?|demos?|tutorials?|notebooks?|recipes?|scripts?|tools?|bin|utils?\/dev|dev|maint|misc|ci|hack|contrib|extras?|migrations|versions|alembic|templatetags|benchmarks?|benches|bench|asv_bench|perf\w*|profiling|fuzz\w*|_?vendor(?:ed|ing|s)?|_?externals?|_?extern|third[_-]?party|_?bundled|packages\/_\w+|legacy|deprecated|attic|archive|old|build|packaging|install|\.[^/]+|\w*templates?|skeletons?|cookiecutter\w*)\//i;

/** Is a file (POSIX path) of the kind that tests are written for? */
export function mayNeedTests(path: string): boolean {
  return path.endsWith(".py") && !isTestPath(path) && !name.test(path) && !forTests.test(path) && !folder.test(path);
}

/**
 * The functions of a module that a test would call; none where they are too few, or where the module tries itself, was
 * copied from elsewhere, or is written by a program.
 */
export function functionsToTest(module: PythonModule): readonly FunctionFacts[] {
  const { text } = module;
  if ((text.match(/^(?:async )?def [^_]/gm) ?? []).length < fewestFunctions) return [];
  if (triesItself.test(text) || copied.test(text.slice(0, farthest)) || isGenerated(text)) return [];
  const syntax = syntaxOf(module);
  const found = functionsOf(syntax).filter((each) => isToBeTested(syntax, each));
  return found.length < fewestFunctions ? [] : found;
}

const triesItself = /^[ \t]*>>> |^[ \t]*(?:async )?def test|\bTestCase\b/m;
/** As far as a file says where it comes from, in UTF-16 units. */
const farthest = 3000;
const copied =
  /\b(?:vendored|copied|borrowed|taken|ported|adapted|backport(?:ed)?|extracted|stolen|derived)\b(?:\s+\S+){0,3}?\s+(?:from|of)\b|\bbackports?\b/i;

function isToBeTested(syntax: Syntax, { name, owner, isNested, decorators, body, node }: FunctionFacts): boolean {
  if (owner || isNested || name.startsWith("_") || name === "main") return false;
  if (decorators.some((each) => /overload|fixture|deprecat|abstract/i.test(each))) return false;
  if (/Deprecat/.test(textOf(syntax, body)) || /^def \w+\(\s*\*args/.test(textOf(syntax, node))) return false;
  return statementsOf(body).some(
    (each) => !isStringStatement(each) && !/^(?:pass|\.\.\.|raise NotImplemented\w*.*)$/s.test(textOf(syntax, each)),
  );
}
