import { dirname, resolve } from "node:path";
import { installInto } from "../environments/install.ts";
import { projectRootOf } from "../host/project-root.ts";
import { chosenEnvironment, type EnvironmentOptions, objectionTo } from "./chosen-environment.ts";
import type { ExitCode } from "./main.ts";
import { complain, read } from "./requirements.ts";

/** `groundwork install`: 0 installed, 1 pip refused or it was cancelled, 2 unreadable, 3 no environment of its own. */
export async function install(path: string, options: EnvironmentOptions): Promise<ExitCode> {
  if (!read(path)) return 2;
  const folder = dirname(resolve(path));
  const environment = await chosenEnvironment([folder, projectRootOf(path, process.cwd())], options);
  const objection = objectionTo(environment, options);
  if (objection !== undefined || !environment) {
    complain(path, objection ?? "");
    return 3;
  }
  const controller = new AbortController();
  const cancel = () => controller.abort();
  process.once("SIGINT", cancel);
  process.once("SIGTERM", cancel);
  const done = await installInto(
    { environment, requirements: [resolve(path)], folder },
    {
      env: process.env,
      signal: controller.signal,
      onProgress: ({ message }) => console.error(message),
    },
  );
  process.removeListener("SIGINT", cancel);
  process.removeListener("SIGTERM", cancel);
  for (const line of done.changed) console.log(line);
  console.error(done.message);
  return done.outcome === "installed" ? 0 : 1;
}
