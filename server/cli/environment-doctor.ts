import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { type CondaToolName, findCondaTools } from "../environments/conda-tools.ts";
import { type Ailment, diagnose, quoted } from "../environments/doctor.ts";
import { listEnvironments } from "../environments/list.ts";
import { defaultsFor } from "../host/environment-request.ts";
import { configurationOf } from "../host/project-root.ts";
import { selectionOf } from "../host/selection.ts";
import { Workspace } from "../host/workspace.ts";
import type { PythonEnvironment } from "../project/project.ts";
import { chosenEnvironment, type EnvironmentOptions } from "./chosen-environment.ts";
import type { ExitCode } from "./main.ts";

type Options = EnvironmentOptions & { readonly format: "text" | "json" };

/** `groundwork env list`: the environments that the folder could use, the one that it uses marked. */
export async function listCommand(folder: string, { format }: Options): Promise<ExitCode> {
  const root = resolve(folder);
  const used = await chosenEnvironment([root], {});
  const listed = await listEnvironments(root, process.env);
  const isListed = listed.some(({ prefix }) => prefix === used?.prefix);
  const all = used && !isListed ? [used, ...listed] : listed;
  const environments = all.map(({ kind, name, prefix, python, version }) => {
    return { name, kind, version: version ?? null, prefix, python, inUse: prefix === used?.prefix };
  });
  if (format === "json") {
    process.stdout.write(`${JSON.stringify({ environments })}\n`);
    return 0;
  }
  const widest = Math.max(0, ...environments.map(({ name }) => name.length));
  for (const { inUse, kind, name, prefix, version } of environments) {
    console.log(
      `${inUse ? "*" : " "} ${name.padEnd(widest)}  ${kind.padEnd(6)}  ${(version ?? "?").padEnd(8)}  ${prefix}`,
    );
  }
  if (environments.length === 0) console.error(l10n.t("No Python environment was found."));
  return 0;
}

/** `groundwork env doctor`: what is wrong, and the commands that mend it. 0 nothing, 1 something. */
export async function doctorCommand(folder: string, options: Options): Promise<ExitCode> {
  const root = resolve(folder);
  const environment = await chosenEnvironment([root], options);
  const workspace = new Workspace(root, configurationOf(root).settings);
  workspace.environment = environment;
  for (const _ of workspace.scan());
  const { python: declared } = await defaultsFor(root, "venv");
  const hasNotebooks = workspace.paths.some((path) => path.endsWith(".ipynb"));
  const selected = options.env ?? (await selectionOf(root));
  const condaTool = (await findCondaTools(process.env))[0]?.tool;
  const patient = { folder: root, environment, declared, hasNotebooks, env: process.env, selected, condaTool };
  const ailments = [...(await diagnose(patient)), ...driftsIn(workspace, condaTool)];
  report(environment, ailments, options);
  return ailments.length === 0 ? 0 : 1;
}

/** The rule's own words, file by file. */
function driftsIn(workspace: Workspace, condaTool: CondaToolName | undefined): Ailment[] {
  return workspace.paths.flatMap((path) => {
    const found = workspace.languageOf(path)?.grammar === "python" ? [] : workspace.check(path);
    const drifts = found.filter(({ rule }) => rule === "environment-drift");
    if (drifts.length === 0) return [];
    const message = `${path}: ${drifts.map((each) => each.message).join("; ")}.`;
    return [{ code: "drift" as const, message, commands: [mendingOf(path, workspace.environment, condaTool)] }];
  });
}

function mendingOf(
  path: string,
  environment: PythonEnvironment | undefined,
  condaTool: CondaToolName = "conda",
): string {
  if (!/\.ya?ml$/.test(path)) return `groundwork install ${quoted(path)}`;
  const verb = condaTool === "micromamba" ? "install" : "env update";
  return `${condaTool} ${verb} --prefix ${quoted(environment?.prefix ?? "")} --file ${quoted(path)}`;
}

function report(environment: PythonEnvironment | undefined, ailments: readonly Ailment[], { format }: Options): void {
  if (format === "json") {
    const { kind, name, prefix, python, version } = environment ?? {};
    const used = environment ? { name, kind, version: version ?? null, prefix, python } : null;
    process.stdout.write(`${JSON.stringify({ environment: used, problems: ailments })}\n`);
    return;
  }
  if (environment) {
    const { name, prefix, version = "?" } = environment;
    console.log(l10n.t("Environment: {0}, Python {1}, {2}", name, version, prefix));
  }
  for (const { message, commands } of ailments) {
    console.log(`\n- ${message}`);
    for (const command of commands) console.log(`    ${command}`);
  }
  if (ailments.length === 0) console.log(l10n.t("Nothing is wrong with it."));
}
