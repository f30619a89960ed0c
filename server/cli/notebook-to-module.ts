import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { applyEdits } from "../core/edit.ts";
import { moduleOfNotebook, writeModuleOfNotebook } from "../host/notebook-to-module.ts";
import { configurationOf, projectRootOf } from "../host/project-root.ts";
import { posixPath, reasonOf } from "../host/walk.ts";
import { Workspace } from "../host/workspace.ts";
import { isNotebook } from "../languages.ts";
import type { ExitCode } from "./main.ts";
import { complain } from "./requirements.ts";

/** `groundwork promote NOTEBOOK --to-module`: 0 printed or written, 1 refused with the reason, 2 unreadable. */
export async function promoteToModule(path: string, { write }: { readonly write?: boolean }): Promise<ExitCode> {
  const root = projectRootOf(path, process.cwd());
  const workspace = new Workspace(root, configurationOf(root).settings);
  const below = posixPath(root, resolve(path));
  workspace.add(below);
  const joined = isNotebook(below) ? workspace.textOf(below) : undefined;
  if (joined === undefined) {
    complain(path, workspace.errors.get(below)?.message ?? l10n.t("there is no such notebook"));
    return 2;
  }
  const result = moduleOfNotebook(workspace, below, joined);
  if (!result.applied) {
    complain(path, l10n.t("it was left as it is: {0}", result.reason));
    return 1;
  }
  if (!write) {
    process.stdout.write(applyEdits("", result.edits[0]?.edits ?? []));
    return 0;
  }
  try {
    await writeModuleOfNotebook(workspace, joined, result);
    return 0;
  } catch (error) {
    complain(path, l10n.t("it was left as it is: {0}", reasonOf(error)));
    return 2;
  }
}
