const retired = /(?:^|\/)(?:_*legacy\w*(?=[/.])|\w*deprecated\w*(?=[/.])|_*(?:archived?|attic|obsolete|old)(?=\/))/i;

/** Is a file (POSIX path) code that waits to be deleted, or is kept to be looked up? Nobody should rework it. */
export function isRetired(path: string): boolean {
  return retired.test(path);
}
