import { existsSync } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import { findCondaTools } from "../environments/conda-tools.ts";
import { nameInEnvironmentFile, sourcesIn, usualSource } from "../environments/contents.ts";
import { executablesOnPath } from "../environments/executables.ts";
import { onWindows, prefixOf, textOf } from "../environments/layout.ts";
import { pythonVersionFor } from "../environments/python-version.ts";
import type { CreateRequest } from "../environments/request.ts";
import { versionOf } from "../environments/version.ts";
import { usesUv } from "./uses-uv.ts";

/** A program that makes environments. */
export interface EnvironmentTool {
  readonly tool: CreateRequest["tool"];
  readonly executable: string;
  /** For venv: the version of the Python that it builds on, as far as files tell. */
  readonly version?: string;
}

/** What a new environment would be like unless somebody says otherwise. */
export interface EnvironmentDefaults {
  /** The programs that can make it, the preferred one first. */
  readonly tools: readonly EnvironmentTool[];
  /** A valid conda name: that of environment.yml, else after the folder. */
  readonly name: string;
  /** The version that the project declares. */
  readonly python: string | undefined;
  /** The files that it can be filled with, relative to the folder. */
  readonly sources: readonly string[];
  /** Those of them that are installed unless somebody chooses. */
  readonly chosen: readonly string[];
}

/** `kind` narrows the tools down; without one those of both kinds are told, the project's own way first. */
export async function defaultsFor(
  folder: string,
  kind: "conda" | "venv" | undefined,
  env = process.env,
): Promise<EnvironmentDefaults> {
  const python = await pythonVersionFor(async (name) => {
    const path = join(folder, name);
    return existsSync(path) ? readFile(path, "utf8") : undefined;
  });
  const conda = kind === "venv" ? [] : await findCondaTools(env);
  const venv = kind === "conda" ? [] : await venvTools(folder, python, env);
  const tools = usesUv(folder) ? [...venv, ...conda] : [...conda, ...venv];
  const usesConda = kind === "conda" || (tools[0] !== undefined && isConda(tools[0]));
  const sources = await sourcesIn(folder, usesConda ? "conda" : "venv");
  const named = nameInEnvironmentFile((await textOf(join(folder, "environment.yml"))) ?? "");
  return { tools, name: slugOf(named ?? basename(folder)), python, sources, chosen: usualSource(sources) };
}

function isConda({ tool }: EnvironmentTool): boolean {
  return tool !== "venv" && tool !== "uv";
}

/** uv goes first where the project uses it; then the Pythons of PATH, the declared version first. */
async function venvTools(folder: string, wanted: string | undefined, env: NodeJS.ProcessEnv) {
  const pythons = await pythonsOnPath(env);
  const fitting = pythons.filter(({ version }) => wanted !== undefined && `${version}.`.startsWith(`${wanted}.`));
  const others = pythons.filter((each) => !fitting.includes(each));
  const [program] = await executablesOnPath("uv", env);
  const uv: EnvironmentTool[] = program === undefined ? [] : [{ tool: "uv", executable: program }];
  const lacksPython = wanted !== undefined && fitting.length === 0;
  return usesUv(folder) || lacksPython ? [...uv, ...fitting, ...others] : [...fitting, ...others, ...uv];
}

/** Each interpreter once, whatever links lead to it. Nothing is run. */
async function pythonsOnPath(env: NodeJS.ProcessEnv): Promise<readonly EnvironmentTool[]> {
  const minors = Array.from({ length: 12 }, (_, index) => `python3.${20 - index}`);
  const names = onWindows ? ["python"] : ["python3", "python", ...minors];
  const found = new Map<string, EnvironmentTool>();
  for (const executable of (await Promise.all(names.map((name) => executablesOnPath(name, env)))).flat()) {
    const real = await realpath(executable).catch(() => executable);
    if (found.has(real)) continue;
    const prefix = await prefixOf(executable);
    const version = prefix === undefined ? undefined : await versionOf(prefix, executable);
    found.set(real, { tool: "venv", executable, ...(version === undefined ? {} : { version }) });
  }
  return [...found.values()];
}

/** A text as conda's and Jupyter's names may be: without accents, blanks and signs. */
export function slugOf(text: string): string {
  const name = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_.+-]+/g, "-")
    .replace(/^[^A-Za-z0-9_]+|-+$/g, "");
  return name || "project";
}
