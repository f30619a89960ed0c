/** Whether a path (POSIX) is that of test code: `test_*.py`, `*_test.py`, `conftest.py`, or in `test/` or `tests/`. */
export function isTestPath(path: string): boolean {
  return /(?:^|\/)(?:tests?\/.*|test_[^/]*|[^/]*_test|conftest)\.pyi?$/.test(path);
}
