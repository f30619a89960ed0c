import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import type { Lines } from "../../core/text.ts";
import type { Project } from "../../project/project.ts";
import { areArchitectures } from "./architectures.ts";
import { areOfTwoBackEnds } from "./back-ends.ts";
import { areOfTwoPlatforms } from "./branches.ts";
import { type Header, headersAround } from "./headers.ts";
import { areLoopAndRecursion, areReverse } from "./reverse.ts";
import { areOfOneExample, isShown } from "./shown.ts";
import { areOfSeries, areSideBySide } from "./side-by-side.ts";

/**
 * Are all other copies parallel to one of a file on purpose: the `async` twin of a function, an older interface that is
 * kept beside the new one, an algorithm with and without recursion, implementations of one interface, comparisons that a
 * class needs each of, templates, examples, lessons and locales of which each must be whole, what is defined once for
 * each platform, or layers of the many architectures that a library keeps?
 */
export function isParallel(copy: Copy, found: CloneClass, lines: Lines, project: Project): boolean {
  const { copies, kind } = found;
  const { isFile, dependencies, isArticle } = project;
  if (areArchitectures(copy, found, lines, project)) return true;
  const isApart = ({ path }: Copy) =>
    ((isShown(copy.path) || isShown(path)) && !areOfOneExample(copy.path, path, isFile)) ||
    (path !== copy.path && (isArticle(copy.path) || isArticle(path))) ||
    areOfSeries(copy.path, path, isFile);
  const areParallelTests = ({ path }: Copy) => areOfTwoBackEnds(copy.path, path, dependencies);
  return copies.every(
    (other) => other === copy || isApart(other) || areParallel(copy, other, kind, lines) || areParallelTests(other),
  );
}

/** Is a whole function the step of a visitor or a rule of a grammar? Others of the same structure have the same steps, each its own. */
export function isVisit(name: string, copy: Copy, { copies }: CloneClass): boolean {
  const isStep = /^(?:visit|leave|depart|p)_\w/.test(name);
  return isStep && copies.every((other) => other === copy || other.path !== copy.path);
}

function areParallel(copy: Copy, other: Copy, kind: CloneClass["kind"], lines: Lines): boolean {
  if (template.test(copy.path)) return true;
  if (locale.test(copy.path) && locale.test(other.path)) return true;
  if (copy.path !== other.path) {
    const isOtherKind = asynchronous.test(copy.path) !== asynchronous.test(other.path);
    if (isOtherKind || kept.test(copy.path) !== kept.test(other.path)) return true;
    return areImplementations(copy.path, other.path) || areSideBySide(copy.path, other.path, kind === "exact");
  }
  if (areOfTwoPlatforms(copy.range.start.line, other.range.start.line, lines)) return true;
  const [own, theirs] = [copy, other].map((each) => headersAround(lines, each.range.start.line));
  const isAsync = (headers: readonly Header[] = []) =>
    headers.some(({ code }) => /^async\b|^class \w*Async/.test(code));
  const isComparison = (headers: readonly Header[] = []) =>
    /^def __(?:eq|ne|lt|le|gt|ge)__/.test(headers[0]?.code ?? "");
  if (isAsync(own) !== isAsync(theirs) || (isComparison(own) && isComparison(theirs))) return true;
  // What both do first can still be one function, but not what each does its own way.
  const names = [nameIn(own), nameIn(theirs)] as const;
  return kind !== "exact" && (areReverse(...names) || areLoopAndRecursion(...names));
}

/** The function that a line with a header stands in. */
function nameIn(headers: readonly Header[] = []): string {
  return /^(?:async\s+)?def\s+(\w+)/.exec(headers[0]?.code ?? "")?.[1] ?? "";
}

const asynchronous = /async|(?:^|[/_])(?:aio|asgi)(?:[/_.]|$)/i;
/** An interface that is kept beside the new one for those who use it. Other versions are copies. */
const kept = /(?:^|\/)(?:api\/v\d+|_?compat)(?=[/.])/;
/** Files that a program writes into the projects of others. */
const template = /(?:^|\/)(?:\w+_)?(?:templates?|skeletons?|scaffolds?)\//;

/** What one country or language needs of the same. */
const locale = /(?:^|\/)(?:[a-z]{2,3}_[A-Z]{2}|locales?|i18n)(?=[/.])/;

/** Folders whose children do the same in different ways, by design. */
const implementations =
  /^(.*(?:^|\/)_?(?:adapters?|backends?|connectors?|dialects?|drivers?|implementations?|platforms?|providers?))\/([^/]+)/;

/** `h11_impl.py` beside `httptools_impl.py`. */
const implementation = /^(.*\/)?\w+?(_impl(?:ementation)?)\.py$/;

/** Are they in two implementations of one interface, of which each must be read alone? */
function areImplementations(one: string, other: string): boolean {
  const [named, otherNamed] = [one, other].map((path) => implementation.exec(path)?.slice(1).join(""));
  if (named !== undefined && named === otherNamed) return true;
  const [, around, own] = implementations.exec(one) ?? [];
  const [, otherAround, theirs] = implementations.exec(other) ?? [];
  return around !== undefined && around === otherAround && own !== theirs;
}
