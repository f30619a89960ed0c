import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface StandInOptions {
  readonly dialect: "23.5" | "26.7";
  readonly tool?: "conda" | "mamba" | "micromamba";
  /** How it fails; see `conda.mjs`. */
  readonly mode?: string;
}

export interface StandIn {
  readonly executable: string;
  /** The root of its installation; environments lie in `envs`. */
  readonly root: string;
  /** The argument arrays that it was called with so far. */
  calls(): readonly (readonly string[])[];
}

/** The machine's Python, or `undefined`: its version, its program, and the folder that holds pip. */
export const machinePython = findPython();

/** Installs a stand-in for conda in a folder: a small launcher, and an installation root with its `base`. */
export function installStandIn(folder: string, options: StandInOptions): StandIn {
  const { dialect, tool = "conda", mode = "" } = options;
  const root = join(folder, "root with blank");
  mkdirSync(join(root, "bin"), { recursive: true });
  mkdirSync(join(root, "conda-meta"));
  mkdirSync(join(root, "condabin"));
  const variables = {
    STAND_IN_ROOT: root,
    STAND_IN_DIALECT: dialect,
    STAND_IN_TOOL: tool,
    STAND_IN_MODE: mode,
    STAND_IN_PYTHON: machinePython?.python ?? "",
    STAND_IN_PYTHON_VERSION: machinePython?.version ?? "",
    STAND_IN_PIP: machinePython?.pip ?? "",
  };
  const program = join(import.meta.dirname, "conda.mjs");
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`);
  const executable = join(root, "bin", tool);
  const start = `exec ${quoted(process.execPath)} ${quoted(program)} "$@"`;
  writeFileSync(executable, ["#!/bin/sh", ...lines, start, ""].join("\n"));
  chmodSync(executable, 0o755);
  return { executable, root, calls: () => callsIn(join(root, "calls.jsonl")) };
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function callsIn(file: string): readonly (readonly string[])[] {
  try {
    return readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as string[]);
  } catch {
    return [];
  }
}

function findPython(): { python: string; version: string; pip: string } | undefined {
  const script =
    "import sys, os, platform, pip; print(sys.executable, platform.python_version(), os.path.dirname(os.path.dirname(pip.__file__)), sep='\\n')";
  try {
    const [python = "", version = "", pip = ""] = execFileSync("python3", ["-c", script], { encoding: "utf8" }).split(
      "\n",
    );
    return { python, version, pip };
  } catch {
    return undefined;
  }
}
