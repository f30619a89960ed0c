/** The `__init__.py` files that run when a file (POSIX path) is imported, the outermost first, whether they are there or not. */
export function packagesAround(path: string): readonly string[] {
  const folders = path.split("/").slice(0, -1);
  return folders.map((_, depth) => `${folders.slice(0, depth + 1).join("/")}/__init__.py`);
}
