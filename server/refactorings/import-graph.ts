import type { Project } from "../project/project.ts";
import { filesNamed } from "../python/import-targets.ts";

const statements =
  /(?:^|;)[ \t]*(?:from[ \t]*([.\w]+)[ \t]*import[ \t]*(\([^)]*\)|[^\r\n#;]+)|import[ \t]+([^\r\n#;]+))/gm;

/**
 * Does importing a file run one of others, however far down? Imports inside functions and conditions count too, and
 * every file that a name may mean: rather a cycle too many.
 */
export function importsAnyOf(path: string, goals: ReadonlySet<string>, project: Project): boolean {
  // The packages around the file are being imported already when it is.
  const running = new Set(packagesAround(path));
  const seen = new Set([path]);
  for (const file of seen) {
    for (const next of filesImportedBy(file, project)) {
      if (goals.has(next)) return true;
      if (!running.has(next) && project.isFile(next)) seen.add(next);
    }
  }
  return false;
}

function filesImportedBy(path: string, project: Project): readonly string[] {
  const text = project.sourceOf(path) ?? "";
  return [...text.matchAll(statements)].flatMap(([, from, members = "", plain = ""]) => {
    if (from === undefined) return namesIn(plain).flatMap((name) => withPackages(name, path));
    const separator = from.endsWith(".") ? "" : ".";
    return [from, ...namesIn(members).map((name) => `${from}${separator}${name}`)].flatMap((name) =>
      withPackages(name, path),
    );
  });
}

/** `a.b as c, d` without the aliases. */
function namesIn(list: string): readonly string[] {
  return list
    .replace(/[()\\]/g, " ")
    .replace(/#[^\r\n]*/g, " ")
    .split(",")
    .flatMap((item) => item.trim().split(/\s/, 1))
    .filter((name) => /^[\w.]+$/.test(name));
}

/** `a.b.c` runs `a`, `a.b` and `a.b.c`. */
function withPackages(name: string, path: string): readonly string[] {
  const [dots = ""] = /^\.*/.exec(name) ?? [];
  const parts = name
    .slice(dots.length)
    .split(".")
    .filter((part) => part !== "");
  const names = parts.map((_, index) => dots + parts.slice(0, index + 1).join("."));
  return (names.length > 0 ? names : [dots]).flatMap((each) => filesNamed(each, path));
}

function packagesAround(path: string): readonly string[] {
  const folders = path.split("/").slice(0, -1);
  return folders.map((_, depth) => `${folders.slice(0, depth + 1).join("/")}/__init__.py`);
}
