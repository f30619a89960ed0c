import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { findCondaTools } from "../environments/conda-tools.ts";
import { executablesOnPath } from "../environments/executables.ts";
import { pythonVersionFor } from "../environments/python-version.ts";
import type { CreateRequest } from "../environments/request.ts";

/** What a new environment would be like unless somebody says otherwise. */
export interface EnvironmentDefaults {
  /** The programs that can make it, the preferred one first. */
  readonly tools: readonly { readonly tool: CreateRequest["tool"]; readonly executable: string }[];
  /** A valid conda name, after the folder's. */
  readonly name: string;
  /** The version that the project declares. */
  readonly python: string | undefined;
  /** The requirements files that would be installed, relative to the folder. */
  readonly requirements: readonly string[];
}

export async function defaultsFor(
  folder: string,
  kind: "conda" | "venv",
  env = process.env,
): Promise<EnvironmentDefaults> {
  return {
    tools: kind === "conda" ? await findCondaTools(env) : await pythons(env),
    name: nameFor(folder),
    python: await pythonVersionFor(async (name) => {
      const path = join(folder, name);
      return existsSync(path) ? readFile(path, "utf8") : undefined;
    }),
    requirements: existsSync(join(folder, "requirements.txt")) ? ["requirements.txt"] : [],
  };
}

async function pythons(env: NodeJS.ProcessEnv): Promise<EnvironmentDefaults["tools"]> {
  const names = process.platform === "win32" ? ["python"] : ["python3", "python"];
  const found = (await Promise.all(names.map((name) => executablesOnPath(name, env)))).flat();
  return found.map((executable) => ({ tool: "venv" as const, executable }));
}

function nameFor(folder: string): string {
  const name = basename(folder)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_.+-]+/g, "-")
    .replace(/^[^A-Za-z0-9_]+|-+$/g, "");
  return name || "project";
}
