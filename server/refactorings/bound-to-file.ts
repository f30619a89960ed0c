import { isTestPath } from "../clones/test-path.ts";
import type { Project } from "../project/project.ts";
import { importTargets } from "../python/import-targets.ts";
import type { Syntax, SyntaxNode } from "../python/syntax.ts";
import type { Source } from "./global-origins.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { calledName } from "./selection.ts";
import { futuresOf } from "./top-imports.ts";

/** Refuses files that share no module: tests, notebooks, stubs, and those in which code means something else. */
export function unfitFiles(sources: readonly Source[]): Refusal | undefined {
  if (sources.some(({ syntax: { path } }) => isTestPath(path) || !path.endsWith(".py"))) return refuse("CLONE_TESTS");
  const futures = new Set(sources.map(({ syntax }) => futuresOf(syntax).join(", ")));
  return futures.size > 1 ? refuse("CLONE_GLOBALS", ["__future__"]) : undefined;
}

/** Refuses code that looks at the module it stands in, or whose imports count from its place. */
export function boundToFile(nodes: Iterable<SyntaxNode>, syntax: Syntax, project: Project): Refusal | undefined {
  for (const node of nodes) {
    const called = node.type === "call" ? calledName(syntax, node) : "";
    if (/^(globals|warn|warn_explicit|__import__)$/.test(called)) return refuse("FRAME", [called]);
    if (!/^import_(from_)?statement$/.test(node.type)) continue;
    const own = importTargets({ ...syntax, ofType: (type) => (type === node.type ? [node] : []) }, syntax.path);
    const found = own.find(({ name, paths }) => name.startsWith(".") || paths.some((path) => project.isFile(path)));
    if (found) return refuse("CLONE_GLOBALS", [found.name]);
  }
  return undefined;
}
