const folder = /(?:^|\/)(?:(?:unit|functional|integration|e2e|\w+_)?tests?|tests?_\w+|testsuite)\//i;
const file = /(?:^|\/)(?:test_[^/]*|test[A-Z][^/]*|[^/]*_test|tests|conftest)\.pyi?$/;

/** Whether a path (POSIX) is that of test code: `test_*.py`, `*_test.py`, `tests.py`, `conftest.py`, or in `test/`, `Tests/`, `unit_tests/`, `test_shop/`. */
export function isTestPath(path: string): boolean {
  return /\.pyi?$/.test(path) && (folder.test(path) || file.test(path));
}

/** Whether a path (POSIX) is that of any file, a notebook too, in a folder of tests. */
export function isBelowTests(path: string): boolean {
  return folder.test(path);
}
