import * as l10n from "@vscode/l10n";
import type { Fix, Offer } from "../core/rule.ts";
import type { Project } from "../project/project.ts";
import { functionsOf } from "../python/definitions.ts";
import type { PythonModule } from "../python/module.ts";
import { syntaxOf } from "../python/syntax.ts";
import { movedPath, moveModule } from "./move-module.ts";

/**
 * A module under the name of the function that most of it is; undefined where it has none. The name is a proposal, and
 * whoever starts the file by its name outside of Python has to hear of it: a person looks at it.
 */
export function renamedModule(module: PythonModule, project: Project): Fix | undefined {
  const offer = offeredName(module);
  // Until the whole folder was read, nobody knows who imports it.
  if (!offer || project.dependencies === undefined) return undefined;
  const { title, kind, safe, target } = offer;
  const result = moveModule(module.path, target, project);
  if (!result.applied) return { title, kind, safe, edits: [], refused: result.reason };
  return { title, kind, safe, edits: result.edits, preview: true };
}

export function offeredName(module: PythonModule): (Offer & { readonly target: string }) | undefined {
  if (!module.path.endsWith(".py")) return undefined;
  const [largest] = functionsOf(syntaxOf(module))
    .filter(({ name, owner, isNested }) => !owner && !isNested && /^(?!main$)[a-z]\w{2,}$/.test(name))
    .sort((a, b) => b.body.end - b.body.start - (a.body.end - a.body.start));
  if (!largest) return undefined;
  const folder = module.path.slice(0, Math.max(0, module.path.lastIndexOf("/")));
  const target = movedPath(`${largest.name}.py`, folder);
  const title = l10n.t("Rename the file to {0} (review)", movedPath(target, ""));
  return { title, kind: "quickfix", safe: false, target };
}
