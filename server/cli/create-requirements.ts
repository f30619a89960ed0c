import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { createRequirements } from "../host/create-requirements.ts";
import { configurationOf, projectRootOf } from "../host/project-root.ts";
import { replaceFile } from "../host/replace.ts";
import { reasonOf, statsOf } from "../host/walk.ts";
import { Workspace } from "../host/workspace.ts";
import { chosenEnvironment, type EnvironmentOptions, objectionTo } from "./chosen-environment.ts";
import type { ExitCode } from "./main.ts";
import { complain } from "./requirements.ts";

interface CreateOptions extends EnvironmentOptions {
  readonly write?: boolean;
  readonly network?: boolean;
}

/**
 * `groundwork create-requirements`: 0 all pinned, 1 something without version or unknown, 2 no folder or a
 * requirements.txt that exists, 3 no environment of the project's own.
 */
export async function createRequirementsFile(path: string, options: CreateOptions): Promise<ExitCode> {
  const folder = resolve(path);
  if (!statsOf(folder)?.isDirectory()) {
    complain(path, l10n.t("it is no folder"));
    return 2;
  }
  const target = join(folder, "requirements.txt");
  if (options.write && existsSync(target)) {
    complain(target, l10n.t("it exists and was left as it is; delete it first, or leave `--write` out"));
    return 2;
  }
  const environment = await chosenEnvironment([folder, projectRootOf(folder, process.cwd())], options);
  const objection = objectionTo(environment, options);
  if (objection) {
    complain(target, objection);
    return 3;
  }
  const workspace = new Workspace(folder, configurationOf(folder).settings);
  workspace.environment = environment;
  for (const _ of workspace.scan());
  const created = await createRequirements(workspace, {
    network: options.network === true,
    onProgress: (message) => console.error(message),
  });
  if (!created) return 2;
  for (const { name, reason } of created.left) complain(name, reason);
  for (const module of created.unknown) complain(module, l10n.t("nobody knows what this import comes from"));
  if (!(await deliver(target, created.text, options))) return 2;
  return created.left.length + created.unknown.length === 0 ? 0 : 1;
}

async function deliver(target: string, text: string, { write }: CreateOptions): Promise<boolean> {
  if (!write) {
    process.stdout.write(text);
    return true;
  }
  try {
    await replaceFile(target, text);
    return true;
  } catch (error) {
    complain(target, l10n.t("it was left as it was: {0}", reasonOf(error)));
    return false;
  }
}
