import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import manifest from "../../package.json" with { type: "json" };
import { configurationFileOf, configurationOf } from "../host/project-root.ts";
import { replaceFile } from "../host/replace.ts";
import { posixPath, reasonOf, statsOf } from "../host/walk.ts";
import { assertWithin } from "../host/within.ts";
import { Workspace } from "../host/workspace.ts";
import { hasConfiguration } from "../project/configuration.ts";
import { withConfiguration, withPreCommitHook, workflow } from "../project/set-up.ts";
import { suggestedStages } from "../project/suggested-stages.ts";
import { displayPath } from "./files.ts";
import type { ExitCode } from "./main.ts";
import { complain } from "./requirements.ts";

interface InitOptions {
  readonly preCommit?: boolean;
  readonly github?: boolean;
}

/** What becomes of one file: its new text, or why it stays as it is. */
type Step = { readonly path: string; readonly before: string } & (
  | { readonly text: string }
  | { readonly refused: string }
);

/** `groundwork init`: 0 written (or so already), 1 something was refused and told, 2 no folder or not writable. */
export async function init(folder: string, options: InitOptions): Promise<ExitCode> {
  if (!statsOf(folder)?.isDirectory()) {
    complain(folder, l10n.t("it is no folder"));
    return 2;
  }
  const root = resolve(folder);
  const steps = [configurationStep(root)];
  if (options.preCommit) steps.push(preCommitStep(root));
  if (options.github) steps.push(workflowStep(root));
  let code: ExitCode = 0;
  for (const step of steps) {
    const shown = displayPath(step.path);
    if ("refused" in step) {
      complain(shown, step.refused);
      code = 1;
    } else if (step.text === step.before) console.error(l10n.t("{0}: nothing to do", shown));
    else if (await written(root, step.path, step.text, step.before)) console.error(l10n.t("{0}: written", shown));
    else return 2;
  }
  console.error(
    l10n.t("Next: `groundwork check`; to hear of new findings only, `groundwork check --record-baseline`."),
  );
  return code;
}

function configurationStep(root: string): Step {
  const file = configurationFileOf(root);
  const path = join(root, file.name);
  const before = file.text;
  if (hasConfiguration(file.name, before)) return { path, before, text: before };
  const { settings, problems } = configurationOf(root);
  if (problems.length > 0) return { path, before, refused: l10n.t("it was left as it was: {0}", problems.join("; ")) };
  const workspace = new Workspace(root, settings);
  for (const _ of workspace.scan());
  return { path, before, text: withConfiguration(file, suggestedStages(workspace.sources, settings)) };
}

function preCommitStep(root: string): Step {
  const path = join(root, ".pre-commit-config.yaml");
  const before = textAt(path);
  return { path, before, ...withPreCommitHook(before, publishedPackage) };
}

function workflowStep(root: string): Step {
  const path = join(root, ".github", "workflows", "groundwork.yml");
  const before = textAt(path);
  return { path, before, text: existsSync(path) ? before : workflow(publishedPackage) };
}

const publishedPackage = { name: "groundwork-python", version: manifest.version };

function textAt(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

async function written(root: string, path: string, text: string, before: string): Promise<boolean> {
  try {
    assertWithin(root, posixPath(root, path));
    mkdirSync(dirname(path), { recursive: true });
    await replaceFile(path, text, before);
    return true;
  } catch (error) {
    complain(displayPath(path), l10n.t("it was left as it was: {0}", reasonOf(error)));
    return false;
  }
}
