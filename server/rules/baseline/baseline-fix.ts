import * as l10n from "@vscode/l10n";
import type { Fix } from "../../core/rule.ts";
import type { Project } from "../../project/project.ts";
import type { PythonModule } from "../../python/module.ts";
import { addBaseline } from "./add-baseline.ts";

/** The command that makes a cell: edits of a notebook change cells that are there. */
const command = "groundwork.server.addBaseline";

/** The whole comparison as the fix of a finding; never safe, since the script then prints more. */
export function baselineFix(module: PythonModule, project: Project): Fix {
  const common = { title: l10n.t("Add a baseline"), kind: "quickfix", safe: false } as const;
  const added = addBaseline(module, project);
  if ("refused" in added) return { ...common, edits: [], refused: added.refused };
  if ("cell" in added) return { ...common, edits: [], command: { name: command, arguments: [module.path] } };
  return { ...common, edits: [{ path: module.path, edits: added.edits }] };
}
