import picomatch from "picomatch";

const wildcard = /[*?[{]/;

/** Without slashes that say nothing, and backslashes at its end: picomatch looks for the end of several for ever. */
export function plainGlob(glob: string): string {
  return glob.replace(/\\+$/, "").replace(/^\.\//, "").replace(/\/$/, "");
}

/** Does a name of a glob stand for one name only? */
export function isPlainName(name: string): boolean {
  return name !== "" && !wildcard.test(name);
}

/**
 * Does a POSIX path match? A glob knows `*`, `**`, `?`, `[…]`, `{…,…}`, a `!` in front and `\\` before a sign that means itself;
 * parentheses are those of a name. One without a wildcard names a file or a whole folder, as people write it; one that is
 * too wild matches nothing.
 */
export function matchesGlob(glob: string, path: string): boolean {
  const known = matchers.get(glob);
  if (known) return known(path);
  const matcher = matcherOf(plainGlob(glob));
  matchers.set(glob, matcher);
  return matcher(path);
}

function matcherOf(plain: string): (path: string) => boolean {
  if (plain === "" || isTooWild(plain)) return () => false;
  const literal = plain.replace(/\\.|\[[!^]|[()|+^$]/g, (found) => {
    if (found.startsWith("\\")) return found;
    // picomatch takes the others for parts of a regular expression.
    return found.startsWith("[") ? "[^" : `\\${found}`;
  });
  const patterns = wildcard.test(plain) ? literal : [literal, `${literal}/**`];
  return picomatch(patterns, { dot: true, windows: false, noextglob: true });
}

/** Compiling a glob takes longer than asking it, and each is asked for every file. A memory, no state. */
const matchers = new Map<string, (path: string) => boolean>();

/**
 * Would somebody have to wait for the answer? A matcher tries every way in which the wildcards could share a name among
 * them; three in one name, or three that stand for folders, are tried in a moment whatever the path is.
 */
export function isTooWild(glob: string): boolean {
  const names = glob.replace(/\\./g, "").split(/\/+/);
  const folders = names.slice(0, -1).filter((name) => name === "**").length;
  const starsIn = (name: string) => (name === "**" ? 0 : (name.match(/\*+/g)?.length ?? 0));
  // A brace may hold slashes: its names are in one another's way.
  const stars = glob.includes("{") ? Math.max(0, sum(names.map(starsIn))) : Math.max(...names.map(starsIn));
  return folders > 3 || stars > 3 || (glob.match(/\{/g)?.length ?? 0) > 3 || glob.length > 1000;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
