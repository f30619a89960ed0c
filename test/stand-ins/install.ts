import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { Setup } from "./conda.ts";

export interface StandInOptions {
  readonly dialect: "23.5" | "26.7";
  readonly tool?: "conda" | "mamba" | "micromamba";
  /** How it fails; see `conda.ts`. */
  readonly mode?: string;
}

export interface StandIn {
  readonly executable: string;
  /** The root of its installation; environments lie in `envs`. */
  readonly root: string;
  /** The argument arrays that it was called with so far. */
  calls(): readonly (readonly string[])[];
}

/** The machine's Python, or `undefined`: its program, its version, its folder in `lib`, and the one that holds pip. */
export const machinePython = findPython();

/** Installs a stand-in for conda in a folder: a small launcher, and an installation root with its `base`. */
export function installStandIn(folder: string, options: StandInOptions): StandIn {
  const { dialect, tool = "conda", mode = "" } = options;
  const root = join(folder, "root with blank");
  mkdirSync(join(root, "bin"), { recursive: true });
  mkdirSync(join(root, "conda-meta"));
  mkdirSync(join(root, "condabin"));
  const { python = "", version: pythonVersion = "", library = "", pip = "" } = machinePython ?? {};
  const setup: Setup = { root, dialect, tool, mode, python, pythonVersion, library, pip };
  const program = bundled();
  const executable = join(root, "bin", tool);
  const start = `exec ${quoted(process.execPath)} ${quoted(program)} "$@"`;
  const lines = ["#!/bin/sh", `export STAND_IN_SETUP=${quoted(JSON.stringify(setup))}`, start, ""];
  writeFileSync(executable, lines.join("\n"));
  chmodSync(executable, 0o755);
  return { executable, root, calls: () => callsIn(join(root, "calls.jsonl")) };
}

let bundle: string | undefined;

/** The stand-in as one JavaScript file, which starts in a fifth of the time that its sources take. */
function bundled(): string {
  if (bundle === undefined) {
    const cache = join(import.meta.dirname, "../../.cache/stand-in");
    const entryPoints = [join(import.meta.dirname, "conda.ts")];
    const outfile = join(cache, `conda.${process.pid}.cjs`);
    buildSync({ entryPoints, outfile, bundle: true, platform: "node", format: "cjs" });
    // Always at the same place, where Node finds what it compiled before; others may be starting it.
    bundle = join(cache, "conda.cjs");
    renameSync(outfile, bundle);
  }
  return bundle;
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

function findPython(): { python: string; version: string; library: string; pip: string } | undefined {
  const facts = "sys.executable, platform.python_version(), 'python%d.%d' % sys.version_info[:2]";
  const script = `import sys, os, platform, pip; print(${facts}, os.path.dirname(os.path.dirname(pip.__file__)), sep='\\n')`;
  try {
    const said = execFileSync("python3", ["-c", script], { encoding: "utf8" });
    const [python = "", version = "", library = "", pip = ""] = said.split("\n");
    return { python, version, library, pip };
  } catch {
    return undefined;
  }
}
