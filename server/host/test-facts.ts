import { isTestPath } from "../clones/test-path.ts";
import { isForeign } from "../core/foreign.ts";
import type { Settings } from "../core/settings.ts";
import { stageOf } from "../core/stages.ts";
import type { TestFacts } from "../project/project.ts";

/** Whether two readings say the same, so that nothing that follows from them need be asked again. */
export function saySame(one: TestFacts, other: TestFacts): boolean {
  const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
    a.size === b.size && [...a].every((each) => b.has(each));
  return (
    one.folder === other.folder &&
    one.firstUntested === other.firstUntested &&
    isSame(one.words, other.words) &&
    isSame(one.replaced, other.replaced)
  );
}

/** What the tests of a project speak of, from the texts of its Python files (POSIX paths, in order). */
export function testFactsOf(
  paths: readonly string[],
  settings: Settings,
  textOf: (path: string) => string | undefined,
): TestFacts {
  const python = paths.filter((path) => path.endsWith(".py"));
  const called = python.filter((path) => isTestPath(path) && !path.endsWith("conftest.py"));
  // Helpers for the tests of others (`test_utils.py`) are no tests.
  const tests = called.some((path) => isTest(path, textOf(path) ?? "")) ? called : [];
  const words = new Set<string>();
  const replaced = new Set(python.filter(isTestPath).flatMap((path) => replacedIn(textOf(path) ?? "")));
  for (const path of tests) {
    // Behind `# groundwork` and in prose a name is no test of it, yet silence is the better mistake.
    for (const [word] of (textOf(path) ?? "").matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) words.add(word);
  }
  const isCandidate = (path: string) => {
    if (isTestPath(path) || stageOf(path, settings) !== "production") return false;
    const text = textOf(path) ?? "";
    return /^(?:async )?def [^_]/m.test(text) && !isForeign(path, text);
  };
  const first = tests.length === 0 ? python.find(isCandidate) : undefined;
  return { folder: folderOf(tests), words, replaced, firstUntested: first };
}

const testing = /^\s*(?:async\s+)?def test|^\s*class (?:Test\w*|\w*Test(?:s|Case)?)\s*[(:]|^assert\b|>>> /m;

/** A client for the tests of others (`test/client.py`) asserts, too: that alone makes a test of a file with the name of one. */
function isTest(path: string, text: string): boolean {
  return testing.test(text) || (/(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(path) && /\bassert\b/.test(text));
}

/**
 * The names that a test file may replace: ends of dotted strings (`patch("shop.fetch")`), names behind an object
 * (`setattr(shop, "fetch", …)`), keywords of `patch.multiple`, and attributes that are assigned. Rather one too many.
 */
function replacedIn(text: string): readonly string[] {
  const assigned = [...text.matchAll(/\.(\w+)\s*=(?!=)/g)].map(([, name = ""]) => name);
  if (!/\b(?:patch|setattr|delattr|setitem)/.test(text)) return assigned;
  const dotted = [...text.matchAll(/\.(\w+)["']/g)].map(([, name = ""]) => name);
  const named = [...text.matchAll(/attr\(\s*[^,()"']+,\s*["'](\w+)["']|\.object\(\s*[^,"']+,\s*["'](\w+)["']/g)].map(
    ([, first, second]) => first ?? second ?? "",
  );
  const keywords = [...text.matchAll(/\.multiple\(([^)]*)\)/g)].flatMap(
    ([, list = ""]) => list.match(/\w+(?=\s*=)/g) ?? [],
  );
  return [...assigned, ...dotted, ...named, ...keywords];
}

/** Where further tests belong: the folder with most of the tests. */
function folderOf(tests: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of tests) {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length);
  return most?.[0] ?? "tests";
}
