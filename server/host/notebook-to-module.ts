import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { applyEdits } from "../core/edit.ts";
import { NotebookModule } from "../notebook/module.ts";
import { type NotebookToModule, notebookToModule } from "../refactorings/notebook-to-module/notebook-to-module.ts";
import type { Refusal } from "../refactorings/refusals.ts";
import { replaceFile } from "./replace.ts";
import { decodeNotebook } from "./source.ts";
import { assertWithin } from "./within.ts";
import type { Workspace } from "./workspace.ts";
import { writeNotebook } from "./write.ts";

/** What a notebook of a workspace, as its joined text stands now, becomes; or why it cannot. */
export function moduleOfNotebook(workspace: Workspace, path: string, joined: string): NotebookToModule | Refusal {
  using notebook = new NotebookModule(path, joined);
  return notebookToModule(notebook, (other) => existsSync(join(workspace.root, other)));
}

/** Writes the module and the notebook, both or none of them; throws an Error that says why not. */
export async function writeModuleOfNotebook(
  workspace: Workspace,
  joined: string,
  { edits: [created, edited], module }: NotebookToModule,
): Promise<void> {
  const notebook = join(workspace.root, edited?.path ?? "");
  const target = join(workspace.root, module);
  for (const path of [module, edited?.path ?? ""]) assertWithin(workspace.root, path);
  const before = readFileSync(notebook);
  const now = decodeNotebook(before);
  if ("error" in now || now.text !== joined) throw new Error(l10n.t("its cells changed meanwhile"));
  await replaceFile(target, applyEdits("", created?.edits ?? []));
  try {
    await writeNotebook(notebook, applyEdits(joined, edited?.edits ?? []), before);
  } catch (error) {
    await rm(target);
    throw error;
  }
  workspace.add(module);
  workspace.add(edited?.path ?? "");
}
