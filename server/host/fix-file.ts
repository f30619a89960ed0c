import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { fixAll } from "../analyze.ts";
import type { Fix } from "../core/rule.ts";
import { isNotebook } from "../languages.ts";
import { bytesAt } from "./replace.ts";
import { reasonOf } from "./walk.ts";
import { leadsOut, leadsOutReason } from "./within.ts";
import type { Workspace } from "./workspace.ts";
import { writeAsUtf8, writeNotebook, writeText } from "./write.ts";

/** Applies every bulk fix of one file, writes it back (in its own encoding, unless that is the smell); why not is an error of the file. */
export async function fixFile(workspace: Workspace, path: string): Promise<void> {
  const full = join(workspace.root, path);
  // Before anything is read of it: what is written belongs to these bytes, or is not written.
  const before = bytesAt(full);
  const text = workspace.textOf(path);
  const language = workspace.languageOf(path);
  if (before === undefined || text === undefined || !language) return;
  const fixed = fixAll({ path, text }, workspace.project, { language });
  const toUtf8 = workspace.fixes(path, workspace.check(path)).some((fixes) => fixes.some(isForEncoding));
  if (!toUtf8 && fixed === text) return;
  if (leadsOut(workspace.root, path)) {
    workspace.errors.set(path, { path, message: leadsOutReason(path) });
    return;
  }
  try {
    if (toUtf8) await writeAsUtf8(full, fixed, before);
    else if (isNotebook(path)) await writeNotebook(full, fixed, before);
    else await writeText(full, fixed, before, language.grammar);
  } catch (error) {
    workspace.errors.set(path, { path, message: l10n.t("it was left as it was: {0}", reasonOf(error)) });
    return;
  }
  workspace.add(path);
}

function isForEncoding(fix: Fix): boolean {
  return fix.safe && fix.refused === undefined && fix.encoding === "utf-8";
}
