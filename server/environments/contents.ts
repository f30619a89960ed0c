import { join } from "node:path";
import { parse } from "smol-toml";
import { isRecord, stringsIn } from "../core/json.ts";
import { readEnvironmentFile } from "../environment-file/reader.ts";
import { namesIn, textOf } from "./layout.ts";

/** What a new environment is filled with. Paths are relative to the project's folder, or absolute. */
export interface Contents {
  /** Requirements files, for pip. */
  readonly requirements: readonly string[];
  /** conda's environment file, which also says which Python. */
  readonly environmentFile?: string;
  /** Whether what `pyproject.toml` declares is installed. */
  readonly project?: boolean;
}

/** What files mean by their names: conda's are YAML, and the project's is pyproject.toml. */
export function contentsOf(files: readonly string[]): Contents {
  const environmentFile = files.find((file) => /\.ya?ml$/i.test(file));
  const requirements = files.filter((file) => !/\.ya?ml$|(?:^|[\\/])pyproject\.toml$/i.test(file));
  const project = files.some((file) => /(?:^|[\\/])pyproject\.toml$/i.test(file));
  return { requirements, ...(environmentFile === undefined ? {} : { environmentFile }), ...(project && { project }) };
}

/**
 * The files of a folder that an environment can be filled with, the usual ones first: environment files where conda makes
 * it, requirements files beside and in `requirements/`, and a pyproject.toml with something to install.
 */
export async function sourcesIn(folder: string, kind: "conda" | "venv"): Promise<readonly string[]> {
  const names = await namesIn(folder);
  const environmentFiles =
    kind === "venv" ? [] : names.filter((name) => /^(?:environment|conda).*\.ya?ml$/i.test(name));
  const requirements = names.filter((name) => /requirements.*\.txt$/i.test(name));
  const below = (await namesIn(join(folder, "requirements"))).filter((name) => name.endsWith(".txt"));
  const project = await projectArguments(folder);
  const usualFirst = (one: string, other: string) => one.length - other.length || (one < other ? -1 : 1);
  return [
    ...environmentFiles.sort(usualFirst),
    ...requirements.sort(usualFirst),
    ...below.map((name) => `requirements/${name}`),
    ...(project.length > 0 ? ["pyproject.toml"] : []),
  ];
}

/** What is installed unless somebody chooses: the first of the usual places in which a project says what it needs. */
export function usualSource(sources: readonly string[]): readonly string[] {
  const usual = ["environment.yml", "environment.yaml", "requirements.txt", "pyproject.toml"];
  return usual.filter((name) => sources.includes(name)).slice(0, 1);
}

/** The `name` of a conda environment file. */
export function nameInEnvironmentFile(text: string): string | undefined {
  using file = readEnvironmentFile("environment.yml", text);
  return file.isEnvironment ? /^name:\s*["']?([^\s"'#]+)/m.exec(text)?.[1] : undefined;
}

/**
 * What pip installs for a pyproject.toml: the project itself where it says how it is built (PEP 517, editable as in PEP
 * 660), else only the dependencies that it lists (PEP 621). What could be read as an option is left out.
 */
export async function projectArguments(folder: string): Promise<readonly string[]> {
  const table = tableOf((await textOf(join(folder, "pyproject.toml"))) ?? "");
  if (isRecord(table["build-system"])) return ["--editable", folder];
  const project = isRecord(table.project) ? table.project : {};
  return stringsIn(project.dependencies).filter((each) => /^\s*[A-Za-z0-9]/.test(each));
}

function tableOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text);
  } catch {
    return {};
  }
}
