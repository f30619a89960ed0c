import { basename, dirname, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { findEnvironment } from "../environments/find.ts";
import { projectRootOf } from "../host/project-root.ts";
import { usesUv } from "../host/uses-uv.ts";
import { pinAndSortFile } from "../pins/pin-file.ts";
import type { PythonEnvironment } from "../project/project.ts";
import type { ExitCode } from "./main.ts";
import { complain, deliver, read } from "./requirements.ts";

interface PinOptions {
  readonly write?: boolean;
  readonly env?: string;
  readonly network?: boolean;
  readonly allowShared?: boolean;
}

/** `groundwork pin`: 0 all pinned, 1 something was left, 2 unreadable, 3 no environment of the project's own. */
export async function pin(path: string, options: PinOptions): Promise<ExitCode> {
  const source = read(path);
  if (!source) return 2;
  const folder = dirname(resolve(path));
  const root = projectRootOf(path, process.cwd());
  const environment = await environmentOf([folder, root], options.env);
  const objection = objectionTo(environment, options);
  if (objection) {
    complain(path, objection);
    return 3;
  }
  const result = await pinAndSortFile({
    path: basename(path),
    text: source.text,
    folder,
    environment,
    network: options.network === true,
    usesUv: usesUv(root),
    onProgress: (message) => console.error(message),
  });
  if (result.refused !== undefined) complain(path, result.refused);
  for (const warning of result.warnings) complain(path, warning);
  for (const { line, reason } of result.left) complain(`${path}:${line + 1}`, reason);
  if (!(await deliver(path, source, result.text, options.write === true))) return 2;
  return result.refused === undefined && result.left.length === 0 ? 0 : 1;
}

/** The chosen environment, else the first of the folders' that is a project's own, else whatever they use. */
async function environmentOf(
  folders: readonly string[],
  chosen: string | undefined,
): Promise<PythonEnvironment | undefined> {
  const selected = chosen === undefined ? {} : { selected: resolve(chosen) };
  const query = { env: process.env, mayRun: true, ...selected };
  const found = await Promise.all(folders.map((folder) => findEnvironment({ folder, ...query })));
  return found.find((each) => each && !isShared(each)) ?? found[0];
}

function isShared({ kind }: PythonEnvironment): boolean {
  return kind === "base" || kind === "system";
}

/** Versions of base or of the system are those of every project and of none. */
function objectionTo(environment: PythonEnvironment | undefined, options: PinOptions): string | undefined {
  if (!environment) {
    return options.env === undefined
      ? l10n.t("it was left as it is: the project has no Python environment; create one with `groundwork env create`")
      : l10n.t("it was left as it is: {0} is no Python environment", options.env);
  }
  if (!isShared(environment) || options.allowShared || options.env !== undefined) return undefined;
  return l10n.t(
    "it was left as it is: {0} is shared by all projects; create one with `groundwork env create`, or use `--allow-shared`",
    environment.prefix,
  );
}
