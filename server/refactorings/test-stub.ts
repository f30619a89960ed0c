/**
 * A pytest file that imports a module and holds one test for each of its public functions, skipped until it is written.
 * `isFile` tells which packages the module (POSIX path, relative to the root) is in.
 */
export function testStub(path: string, functions: readonly string[], isFile: (path: string) => boolean): string {
  const parts = path.replace(/\.py$/, "").split("/");
  const module = parts.at(-1) ?? "";
  const folders = parts.slice(0, -1);
  // The outermost folder that is a package is where imports start; without packages it is the folder itself.
  const top = folders.findIndex((_, index) => isFile(`${folders.slice(0, index + 1).join("/")}/__init__.py`));
  const packages = top < 0 ? folders.filter((each) => each !== "src") : folders.slice(top);
  const from = packages.join(".");
  const tests = functions.map(
    (name) =>
      `\n\n@pytest.mark.skip(reason="not written yet")\ndef test_${name}():\n    assert ${module}.${name}(...) == ...\n`,
  );
  return `import pytest\n\n${from === "" ? `import ${module}` : `from ${from} import ${module}`}\n${tests.join("")}`;
}
