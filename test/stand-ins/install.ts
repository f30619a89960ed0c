import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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

/** The machine's Python, or `undefined`: its version, its program, and the folder that holds pip. */
export const machinePython = findPython();

/** Installs a stand-in for conda in a folder: a small launcher, and an installation root with its `base`. */
export function installStandIn(folder: string, options: StandInOptions): StandIn {
  const { dialect, tool = "conda", mode = "" } = options;
  const root = join(folder, "root with blank");
  mkdirSync(join(root, "bin"), { recursive: true });
  mkdirSync(join(root, "conda-meta"));
  mkdirSync(join(root, "condabin"));
  const { python = "", version: pythonVersion = "", pip = "" } = machinePython ?? {};
  const setup: Setup = { root, dialect, tool, mode, python, pythonVersion, pip };
  const program = bundled();
  const executable = join(root, "bin", tool);
  const start = `exec ${quoted(process.execPath)} ${quoted(program)} "$@"`;
  const lines = ["#!/bin/sh", `export STAND_IN_SETUP=${quoted(JSON.stringify(setup))}`, start, ""];
  writeFileSync(executable, lines.join("\n"));
  chmodSync(executable, 0o755);
  return { executable, root, calls: () => callsIn(join(root, "calls.jsonl")) };
}

let bundle: string | undefined;

/** The stand-in as one JavaScript file: it starts in a fifth of the time that its sources take. */
function bundled(): string {
  if (bundle === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    bundle = join(folder, "conda.cjs");
    const entryPoints = [join(import.meta.dirname, "conda.ts")];
    buildSync({ entryPoints, outfile: bundle, bundle: true, platform: "node", format: "cjs" });
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
