import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fixAll } from "../analyze.ts";
import type { Fix } from "../core/rule.ts";
import { isNotebook } from "../languages.ts";
import { leadsOut, leadsOutReason } from "./within.ts";
import type { Workspace } from "./workspace.ts";
import { writeAsUtf8, writeNotebook, writeText } from "./write.ts";

/** Applies every bulk fix of one file, writes it back (in its own encoding, unless that is the smell). */
export async function fixFile(workspace: Workspace, path: string): Promise<void> {
  const text = workspace.textOf(path);
  const language = workspace.languageOf(path);
  if (text === undefined || !language) return;
  const fixed = fixAll({ path, text }, workspace.project, { language });
  const toUtf8 = workspace.fixes(path, workspace.check(path)).some((fixes) => fixes.some(isForEncoding));
  if (!toUtf8 && fixed === text) return;
  if (leadsOut(workspace.root, path)) {
    workspace.errors.set(path, { path, message: leadsOutReason(path) });
    return;
  }
  const full = join(workspace.root, path);
  if (toUtf8) await writeAsUtf8(full, fixed);
  else if (isNotebook(path)) await writeNotebook(full, fixed, readFileSync(full, "utf8"));
  else await writeText(full, fixed, readFileSync(full), language.grammar);
  workspace.add(path);
}

function isForEncoding(fix: Fix): boolean {
  return fix.safe && fix.refused === undefined && fix.encoding === "utf-8";
}
