import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import * as l10n from "@vscode/l10n";
import type { Contents } from "./contents.ts";
import { isExecutable } from "./executables.ts";
import { isFile, isFolder } from "./layout.ts";

/** What a person wants to be made, and what it is filled with. */
export interface CreateRequest extends Contents {
  readonly tool: "conda" | "mamba" | "micromamba" | "venv" | "uv";
  /** Absolute path of the tool; for `venv` that of the Python to build on. */
  readonly executable: string;
  /** A conda name, or a folder inside of `folder`. */
  readonly target: { readonly name: string } | { readonly prefix: string };
  /** `3.11` or `3.11.7`; without it the newest that the tool offers. `venv` takes the version of its Python. */
  readonly pythonVersion?: string;
  /** The version that the project declares, where `venv` cannot be asked for it: said if another one was made. */
  readonly declaredPython?: string;
  /** Absolute path of the project's folder. */
  readonly folder: string;
  /** The person was told that the environment exists, and wants it to be made anew. */
  readonly replaceExisting?: boolean;
}

/** Is it one of the tools that make conda environments? */
export const makesConda = (tool: CreateRequest["tool"]): tool is "conda" | "mamba" | "micromamba" =>
  tool !== "venv" && tool !== "uv";

/**
 * Why a request must not reach any program, as a whole message; `undefined` when it may. Nothing that it lets through
 * can be read as an option, leaves the folder, or needs quoting, even where a tool is a Windows batch file.
 */
export async function refusalOf(request: CreateRequest): Promise<string | undefined> {
  if (!(await isFolder(request.folder))) {
    return l10n.t("The folder {0} does not exist. Nothing was created. Open an existing folder.", request.folder);
  }
  if (!isAbsolute(request.executable) || !(await isExecutable(request.executable))) {
    return l10n.t(
      "The program {0} was not found. Nothing was created. Check that {1} is installed and choose it again.",
      request.executable,
      request.tool,
    );
  }
  if (request.pythonVersion !== undefined && !/^\d+(?:\.\d+){0,2}$/.test(request.pythonVersion)) {
    return l10n.t(
      "`{0}` is no Python version. Nothing was created. Write it like 3.12 or 3.12.1.",
      request.pythonVersion,
    );
  }
  return (await targetRefusalOf(request)) ?? contentsRefusalOf(request);
}

async function targetRefusalOf(request: CreateRequest): Promise<string | undefined> {
  if ("prefix" in request.target) return prefixRefusalOf(request.target.prefix, request.folder);
  const { name } = request.target;
  if (!makesConda(request.tool)) {
    return l10n.t(
      "Only conda environments have names; {0} needs a folder. Nothing was created. Choose a folder such as .venv.",
      request.tool,
    );
  }
  if (/^(?:base|root)$/i.test(name)) {
    return l10n.t("`{0}` is conda's own environment and stays as it is. Choose another name.", name);
  }
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_.+-]*$/u.test(name) && name.length <= 100) return undefined;
  return l10n.t(
    "`{0}` cannot be the name of an environment. Nothing was created. Use letters, digits, `_`, `-` and `.`, starting with a letter, a digit or `_`.",
    name,
  );
}

async function prefixRefusalOf(prefix: string, folder: string): Promise<string | undefined> {
  const path = resolve(folder, prefix);
  const inside = isInside(path, folder) && isInside(await realPlace(path), await realpath(folder));
  // A control character in a path is never meant.
  if (inside && path !== homedir() && !/[\0-\x1f\x7f]/.test(prefix)) return undefined;
  return l10n.t(
    "The environment's folder {0} does not lie inside of {1}. Nothing was created. Choose a folder such as .venv in it.",
    path,
    folder,
  );
}

async function contentsRefusalOf(request: CreateRequest): Promise<string | undefined> {
  const { environmentFile, project, requirements } = request;
  if (environmentFile !== undefined && !makesConda(request.tool)) {
    return l10n.t(
      "{0} is for conda; {1} does not read it. Nothing was created. Choose conda, or a requirements file.",
      environmentFile,
      request.tool,
    );
  }
  const files = [environmentFile, ...requirements, project ? "pyproject.toml" : undefined];
  for (const file of files) {
    const path = file === undefined ? undefined : resolve(request.folder, file);
    if (path === undefined || (await isFile(path))) continue;
    return l10n.t("The file {0} does not exist. Nothing was created. Choose the files to install again.", path);
  }
  return undefined;
}

function isInside(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below !== "" && below !== ".." && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

/** Where a path that need not exist really is, whatever links lead there. */
async function realPlace(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined || dirname(path) === path) return real ?? path;
  return resolve(await realPlace(dirname(path)), relative(dirname(path), path));
}
