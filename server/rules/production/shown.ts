const shown = /(?:^|\/)(?:docs?|documentation|examples?|tutorials?|samples?)\//;

/** Is a file (POSIX path) documentation or an example: run by hand, and read alone from its first line to its last? */
export function isShown(path: string): boolean {
  return shown.test(path);
}
