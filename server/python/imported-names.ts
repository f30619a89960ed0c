const statements =
  /(?:^|[;:])[ \t]*(?:from[ \t]*([.\w]+)[ \t]*import[ \t\\\r\n]*(\((?:[^)#]|#[^\n]*\n)*\)|(?:[^\r\n#;\\]|\\\r?\n)+)|import[ \t]+((?:[^\r\n#;\\]|\\\r?\n)+))/gm;

/**
 * The dotted names that the import statements of a Python text may load, found without a tree: those in functions and
 * conditions too, and for `from ..a import b` both `..a` and `..a.b`.
 */
export function importedNames(text: string): readonly string[] {
  return [...text.matchAll(statements)].flatMap(([, from, members = "", plain = ""]) => {
    if (from === undefined) return namesIn(plain);
    const separator = from.endsWith(".") ? "" : ".";
    return [from, ...namesIn(members).map((name) => `${from}${separator}${name}`)];
  });
}

/** Importing `a.b.c` runs `a`, `a.b` and `a.b.c`. */
export function withPackages(name: string): readonly string[] {
  const [dots = ""] = /^\.*/.exec(name) ?? [];
  const parts = name
    .slice(dots.length)
    .split(".")
    .filter((part) => part !== "");
  const names = parts.map((_, index) => dots + parts.slice(0, index + 1).join("."));
  return names.length > 0 ? names : [dots];
}

/** `a.b as c, d` without the aliases. */
function namesIn(list: string): readonly string[] {
  return list
    .replace(/#[^\r\n]*/g, " ")
    .replace(/[()\\]/g, " ")
    .split(",")
    .flatMap((item) => item.trim().split(/\s/, 1))
    .filter((name) => /^[\w.]+$/.test(name));
}
