import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { applyEdits } from "../core/edit.ts";
import { configurationOf, projectRootOf } from "../host/project-root.ts";
import { replaceFile } from "../host/replace.ts";
import { posixPath, reasonOf, statsOf } from "../host/walk.ts";
import { Workspace } from "../host/workspace.ts";
import { writeText } from "../host/write.ts";
import { isNotebook } from "../languages.ts";
import { NotebookModule } from "../notebook/module.ts";
import { withCell } from "../notebook/write.ts";
import { PythonModule } from "../python/module.ts";
import { addBaseline as baselineFor } from "../rules/baseline/add-baseline.ts";
import type { ExitCode } from "./main.ts";
import { complain } from "./requirements.ts";

/** `groundwork add-baseline`: 0 added, 1 refused with the reason, 2 no script or notebook, or not writable. */
export async function addBaseline(path: string, { write }: { readonly write?: boolean }): Promise<ExitCode> {
  if (!/\.(?:py|ipynb)$/.test(path) || !statsOf(path)?.isFile()) {
    complain(path, l10n.t("there is no such script or notebook"));
    return 2;
  }
  const root = projectRootOf(path, process.cwd());
  const below = posixPath(root, resolve(path));
  const workspace = new Workspace(root, configurationOf(root).settings);
  workspace.survey("imports");
  workspace.add(below);
  const full = join(root, below);
  const before = readFileSync(full);
  const text = workspace.textOf(below);
  if (text === undefined) {
    complain(path, workspace.errors.get(below)?.message ?? l10n.t("there is no such script or notebook"));
    return 2;
  }
  using module = isNotebook(path) ? new NotebookModule(below, text) : new PythonModule(below, text);
  const added = baselineFor(module, workspace.project);
  if ("refused" in added) {
    complain(path, l10n.t("no baseline was added: {0}", added.refused));
    return 1;
  }
  const after = "cell" in added ? withCell(before.toString("utf8"), added.cell) : applyEdits(text, added.edits);
  if (after === undefined) {
    complain(path, l10n.t("no baseline was added: {0}", l10n.t("the notebook's format is older than nbformat 4")));
    return 1;
  }
  if (!write) {
    process.stdout.write(after);
    return 0;
  }
  try {
    await ("cell" in added ? replaceFile(full, after, before) : writeText(full, after, before, "python"));
    return 0;
  } catch (error) {
    complain(path, l10n.t("it was left as it was: {0}", reasonOf(error)));
    return 2;
  }
}
