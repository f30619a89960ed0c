import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fixAll } from "../analyze.ts";
import type { Finding } from "../core/rule.ts";
import type { Workspace } from "./workspace.ts";
import { writeText } from "./write.ts";

/** Applies every bulk fix of one file, writes it back in its own encoding, and answers with what is left. */
export async function fixFile(workspace: Workspace, path: string): Promise<readonly Finding[]> {
  const text = workspace.textOf(path);
  const language = workspace.languageOf(path);
  if (text === undefined || !language) return [];
  const fixed = fixAll({ path, text }, workspace.project, { language });
  if (fixed !== text) {
    const full = join(workspace.root, path);
    await writeText(full, fixed, readFileSync(full), language.grammar);
    workspace.add(path);
  }
  return workspace.check(path);
}
