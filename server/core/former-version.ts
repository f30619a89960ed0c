/**
 * Is a Python file (POSIX path) what another one was in its first version, as `shop/v1/prices.py` is beside
 * `shop/prices.py`? It stays as it was for those who use it. Where there is a `v2`, too, both are interfaces of today.
 */
export function isFormerVersion(path: string, isFile: (path: string) => boolean): boolean {
  const [, above, rest] = /^(.+\/)v1\/(.+)$/.exec(path) ?? [];
  if (above === undefined || rest === undefined || rest.endsWith("__init__.py")) return false;
  return isFile(above + rest) && !isFile(`${above}v2/${rest}`);
}
