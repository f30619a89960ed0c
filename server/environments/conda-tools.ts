import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { executablesOnPath, homeOf, isExecutable } from "./executables.ts";
import { onWindows, programsOf, type Variables } from "./layout.ts";

export type CondaToolName = "conda" | "mamba" | "micromamba";

export interface CondaTool {
  readonly tool: CondaToolName;
  /** Absolute path. */
  readonly executable: string;
}

const toolNames: readonly CondaToolName[] = ["conda", "mamba", "micromamba"];

/** What the installers of Anaconda, Miniconda, Miniforge and their relatives call their folder. */
const usualNames = ["miniforge3", "miniconda3", "anaconda3", "mambaforge", "miniforge", "miniconda", "anaconda"];

/**
 * The conda, mamba and micromamba programs of this machine, each once, those of the shell's own variables and PATH
 * before those in the usual folders. Only looks at files: nothing is run.
 */
export async function findCondaTools(env: Variables): Promise<readonly CondaTool[]> {
  const found = new Map<string, CondaTool>();
  for (const candidate of await candidates(env)) {
    const executable = await batchFree(candidate);
    const tool = toolOf(executable);
    if (!tool || !isAbsolute(executable) || !(await isExecutable(executable))) continue;
    // Links that are made for one installation are one tool; mamba may be a link to micromamba, but speaks as mamba.
    const key = `${tool} ${await realpath(executable).catch(() => executable)}`;
    if (!found.has(key)) found.set(key, { tool, executable });
  }
  return [...found.values()];
}

async function candidates(env: Variables): Promise<readonly string[]> {
  const told = [env.CONDA_EXE, env.MAMBA_EXE].filter((path) => path !== undefined);
  const onPath = (await Promise.all(toolNames.map((name) => executablesOnPath(name, env)))).flat();
  const suffix = onWindows ? ".exe" : "";
  const usual = usualRootsOf(env).flatMap((root) => toolNames.map((name) => join(programsOf(root), name + suffix)));
  const home = homeOf(env);
  const local = home && !onWindows ? [join(home, ".local", "bin", "micromamba")] : [];
  return [...told, ...onPath, ...usual, ...local];
}

function usualRootsOf(env: Variables): readonly string[] {
  const home = homeOf(env);
  const parents = onWindows
    ? [home, env.LOCALAPPDATA, env.ProgramData]
    : [home, home && join(home, "opt"), "/opt", "/usr/local"];
  const roots = parents.flatMap((parent) => (parent ? usualNames.map((name) => join(parent, name)) : []));
  if (onWindows) return roots;
  const brewed = ["miniforge", "miniconda", "mambaforge", "anaconda"].map((name) =>
    join("/opt/homebrew/Caskroom", name, "base"),
  );
  return [...roots, "/opt/conda", ...brewed];
}

/** Windows shells find `condabin\conda.bat`; the program beside it needs no command interpreter. */
async function batchFree(candidate: string): Promise<string> {
  if (!/\.(?:bat|cmd)$/i.test(candidate)) return candidate;
  const name = basename(candidate).replace(/\.\w+$/, ".exe");
  const program = join(dirname(dirname(candidate)), "Scripts", name);
  return (await isExecutable(program)) ? program : candidate;
}

function toolOf(executable: string): CondaToolName | undefined {
  const name = basename(executable)
    .replace(/\.(?:exe|bat|cmd)$/i, "")
    .toLowerCase();
  return toolNames.find((each) => each === name);
}
