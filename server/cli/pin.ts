import { basename, dirname, resolve } from "node:path";
import { projectRootOf } from "../host/project-root.ts";
import { usesUv } from "../host/uses-uv.ts";
import { pinAndSortFile } from "../pins/pin-file.ts";
import { chosenEnvironment, type EnvironmentOptions, objectionTo } from "./chosen-environment.ts";
import type { ExitCode } from "./main.ts";
import { complain, deliver, read } from "./requirements.ts";

interface PinOptions extends EnvironmentOptions {
  readonly write?: boolean;
  readonly network?: boolean;
}

/** `groundwork pin`: 0 all pinned, 1 something was left, 2 unreadable, 3 no environment of the project's own. */
export async function pin(path: string, options: PinOptions): Promise<ExitCode> {
  const source = read(path);
  if (!source) return 2;
  const folder = dirname(resolve(path));
  const root = projectRootOf(path, process.cwd());
  const environment = await chosenEnvironment([folder, root], options);
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
