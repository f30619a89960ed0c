import { nameOf, type Syntax, type SyntaxNode, textOf } from "./syntax.ts";

/** One module that an import statement names, with the files that it may be. */
export interface ImportTarget {
  readonly node: SyntaxNode;
  /** As it is written: `..lab.model`. */
  readonly name: string;
  /** POSIX paths relative to the project's root, the likeliest first; some may not exist. */
  readonly paths: readonly string[];
}

/**
 * What a file at `path` imports, as files of the project: relative imports from the file's package, absolute ones from
 * the file's folder, the folders above it and their `src/` (as scripts, packages and src-layouts find them).
 */
export function importTargets(syntax: Syntax, path: string): ImportTarget[] {
  const targets: ImportTarget[] = [];
  for (const node of syntax.ofType("import_statement")) {
    for (const each of node.all("name")) {
      const named = each.type === "aliased_import" ? each.child("name") : each;
      if (named) targets.push(targetOf(named, textOf(syntax, named), path));
    }
  }
  for (const node of syntax.ofType("import_from_statement")) {
    const from = node.child("module_name");
    if (!from) continue;
    const module = textOf(syntax, from).replace(/\s+/g, "");
    targets.push(targetOf(from, module, path));
    for (const each of node.all("name")) {
      const named = each.type === "aliased_import" ? each.child("name") : each;
      if (!named) continue;
      const separator = module.endsWith(".") ? "" : ".";
      targets.push(targetOf(from, `${module}${separator}${nameOf(syntax, named)}`, path));
    }
  }
  return targets;
}

function targetOf(node: SyntaxNode, name: string, path: string): ImportTarget {
  return { node, name, paths: filesNamed(name, path) };
}

/** The files that a dotted name, with the dots of a relative import in front, may be for the file at `path`. */
export function filesNamed(name: string, path: string): string[] {
  const folder = path.split("/").slice(0, -1);
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const parts = name
    .slice(dots)
    .split(".")
    .filter((part) => part !== "");
  if (dots > 0)
    return dots - 1 > folder.length ? [] : filesOf([...folder.slice(0, folder.length - dots + 1), ...parts]);
  const paths: string[] = [];
  for (let depth = folder.length; depth >= 0; depth--) {
    const above = folder.slice(0, depth);
    paths.push(...filesOf([...above, ...parts]), ...filesOf([...above, "src", ...parts]));
  }
  return paths;
}

function filesOf(parts: readonly string[]): string[] {
  if (parts.length === 0) return [];
  const path = parts.join("/");
  return [`${path}.py`, `${path}/__init__.py`];
}
