/** What one file of tests, or of what they need, tells. */
export interface TestReading {
  /** Whether it holds a test; helpers for the tests of others (`test_utils.py`) hold none. */
  readonly isTest: boolean;
  /** Other files of tests, as dotted names, that it cannot do without. */
  readonly needed: readonly string[];
  /** Every identifier, each once. */
  readonly words: ReadonlySet<string>;
  /** See {@link replacedIn}. */
  readonly replaced: ReadonlySet<string>;
  /** Whether it asks a program for pages, so that functions behind addresses are tried without being named. */
  readonly sendsRequests: boolean;
  /** Whether it runs programs, which begin with the commands that the project declares. */
  readonly runsPrograms: boolean;
}

const named =
  /(?:^|[/_.-])(?:unit|doc|func|integration|all|run)?_?(?:tests?|testing|testsuites?|testcases?)(?=[/_.-])|(?:^|\/)tests?[A-Z][^/]*\.py$|[a-z]Tests?\.py$|(?:^|[/_])specs?(?=[/_.])|(?:^|\/)features\//;

/** Whether a file (POSIX path) may be a test, or be there for tests: in all the ways that people name them, not only pytest's. */
export function isTestLike(path: string): boolean {
  return path.endsWith(".py") && (named.test(path) || path === "conftest.py" || path.endsWith("/conftest.py"));
}

const testing =
  /^\s*(?:async\s+)?def (?:test(?!_client\b|_request)|it_|should_)|^assert\b|^\s*def runTest\b|^@(?:given|when|then|step)\(/m;
/** `def test(model)` in a script that tries a model checks nothing. */
const checking =
  /\bassert|\bunittest\b|\bpytest\b|TestCase\b|\bnose\b|\bhypothesis\b|\braises\b|^@(?:given|when|then|step)\(/m;
const requests =
  /\b(?:TestClient|AsyncClient|APIClient|APIRequestFactory|RequestFactory|TestApp|AsyncHTTPTestCase|LiveServerTestCase)\s*\(|\btest_client\s*\(|\b\w*(?:client|browser)\.(?:get|post|put|patch|delete|head|options|open|request|websocket_connect)\(\s*(?:[rf]?["'](?:[A-Z]+["'],\s*f?["'])?(?:\/|https?:)|reverse\(|url_for\()/;
const programs =
  /\b(?:subprocess|Popen|check_output|check_call|runpy|run_module|pexpect|script_runner|CliRunner|pytester|testdir|os\.system|create_subprocess_\w+)\b/;

const needing =
  /^[ \t]*from[ \t]+(\.+[A-Za-z_]\w*|tests?\.\w+)[\w.]*[ \t]+import\b()|^[ \t]*from[ \t]+(?=tests?[ \t])(\w+)[ \t]+import[ \t]+(\w+)/gm;

export function testReadingOf(path: string, text: string): TestReading {
  const isDoctest = text.includes(">>> ") && /\bdoctest\b/.test(text);
  return {
    isTest:
      !path.endsWith("conftest.py") &&
      (isDoctest || (testing.test(text) && checking.test(text)) || isPlainTest(path, text)),
    // Behind `# groundwork` and in prose a name is no test of it, yet silence is the better mistake.
    words: new Set([...text.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)].map(([word]) => word)),
    replaced: new Set(replacedIn(text)),
    needed: [...text.matchAll(needing)].map(([, from, , folder, member]) => from ?? `${folder}.${member}`),
    sendsRequests: requests.test(text),
    runsPrograms: programs.test(text),
  };
}

/** A client for the tests of others (`test/client.py`) asserts, too: that alone makes a test of a file with the name of one. */
function isPlainTest(path: string, text: string): boolean {
  return /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(path) && /\bassert\b/.test(text);
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
