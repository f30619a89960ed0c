// A stand-in for mamba 2 and micromamba, one program (libmamba) under two names. None could be run here: what it answers
// follows their source, github.com/mamba-org/mamba, in the files that each part names.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Refusal, solve } from "./channel.ts";
import type { Setup, Spoken } from "./conda.ts";
import { type EnvironmentText, readEnvironmentText, type Wanted, wantedFrom } from "./conda-arguments.ts";
import { hang, link } from "./prefix.ts";

type Verb = "create" | "install" | "update" | "env create" | "env update";

const verbs: readonly string[] = ["create", "install", "update", "env create", "env update"] satisfies Verb[];

export function speakAsMamba(args: readonly string[], setup: Setup): Spoken {
  const [first = "", second = ""] = args;
  if (first === "--version") return said("2.3.0\n");
  if (first === "info") return said(infoOf(setup));
  const verb = first === "env" ? `${first} ${second}` : first;
  const words = args.slice(first === "env" ? 2 : 1);
  if (!verbs.includes(verb)) return notExpected(first);
  // CLI11 writes the spellings of an option without a blank; every command has the general ones (common_options.cpp).
  if (words.includes("--help"))
    return said("  -y,--yes                    Automatically answer yes on prompted questions\n");
  try {
    return done(verb as Verb, wantedFrom(words), setup);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.exception === "usage" ? notExpected(error.message.split(" ").at(-1) ?? "") : unsolved(error);
  }
}

/** api/info.cpp. A fresh micromamba has no channel; mamba comes with Miniforge, which configures one. */
function infoOf({ root, tool }: Setup): string {
  const channels = tool === "micromamba" ? [] : ["https://conda.anaconda.org/conda-forge/linux-64"];
  const info = { "base environment": root, channels, "envs directories": [join(root, "envs")], platform: "linux-64" };
  return `${JSON.stringify(info, undefined, 4)}\n`;
}

function done(verb: Verb, wanted: Wanted, setup: Setup): Spoken {
  const { mode, pythonVersion, root } = setup;
  const text: EnvironmentText = /\.ya?ml$/.test(wanted.file ?? "")
    ? readEnvironmentText(wanted.file ?? "")
    : { name: undefined, specs: wanted.specs, pip: [] };
  const prefix = wanted.prefix ?? join(root, "envs", wanted.name ?? text.name ?? "");
  const asked: string[] = [];
  if (verb.endsWith("create")) {
    const refused = prepare(prefix, wanted, asked);
    if (refused) return refused;
  }
  if (mode === "network") return critical(unreachable);
  const linked = solve(specsOf(verb, text, prefix), { isOld: false, pythonVersion, notFound });
  if (mode === "hang") return hang(prefix, root);
  // At the end of input an unanswered question takes what it proposes (output.cpp: prompt).
  if (!wanted.yes) asked.push("Confirm changes: [Y/n] ");
  if (mode !== "nothing-made") link(prefix, text.specs, linked, setup);
  const LINK = linked.map(({ name, version, build }) => ({ build_string: build, name, version }));
  const value = { actions: { FETCH: [], LINK, PREFIX: prefix }, dry_run: false, prefix, success: true };
  // The JSON is printed when the program ends (output.cpp: ~Console), also where pip has failed since (pip_utils.cpp).
  const stdout = `${asked.join("")}${JSON.stringify(value, undefined, 4)}\n`;
  const hasFailed = mode === "pip-failed" && text.pip.length > 0;
  return hasFailed ? { ...critical("pip failed to install packages"), stdout } : said(stdout);
}

/** api/create.cpp. An empty folder is taken since 2.4 only. */
function prepare(prefix: string, wanted: Wanted, asked: string[]): Spoken | undefined {
  if (!existsSync(prefix)) return undefined;
  if (!existsSync(join(prefix, "conda-meta"))) return critical("Non-conda folder exists at prefix - aborting.");
  if (wanted.yes) rmSync(prefix, { recursive: true });
  else {
    asked.push(`Found conda-prefix at '${prefix}'. Overwrite?: [y/N] `);
    return { ...critical("Aborting."), stdout: asked.join("") };
  }
  return undefined;
}

/** api/update.cpp: `update` only updates what is installed, `env update` and `install` also bring what is missing. */
function specsOf(verb: Verb, { specs }: EnvironmentText, prefix: string): readonly string[] {
  if (verb !== "update") return specs;
  const records = readdirSync(join(prefix, "conda-meta"));
  return specs.filter((spec) => {
    const name = /^[\w.-]+/.exec(spec)?.[0];
    return records.some((record) => record.replace(/-[^-]+-[^-]+\.json$/, "") === name);
  });
}

/** api/install.cpp: what libsolv says, in the JSON. */
function unsolved({ exception, more }: Refusal): Spoken {
  const missing = "packages" in more ? (more.packages as string[]) : [];
  const conflict = "package demo-app-2.0-py_0 requires demo-lib >=1.1, but none of the providers can be installed";
  const absent = missing.map((spec) => `nothing provides requested ${spec.replace("=", " ")}*`);
  const problems = exception === "UnsatisfiableError" ? [conflict] : absent;
  const stdout = `${JSON.stringify({ solver_problems: problems, success: false }, undefined, 4)}\n`;
  return { ...critical("Could not solve for environment specs"), stdout };
}

function notFound(packages: readonly string[]): Refusal {
  return new Refusal("PackagesNotFound", "", { more: { packages } });
}

const unreachable = `Multiple errors occurred:
    Download error (7) Could not connect to server [http://u:secret@127.0.0.1:9/x/linux-64/repodata.json]
    Subdir http://127.0.0.1:9/x/linux-64 not loaded!`;

/** main.cpp: an exception is logged and ends the program with 1. */
function critical(message: string): Spoken {
  return { stdout: "", stderr: `critical libmamba ${message}\n`, exitCode: 1 };
}

/** CLI11's ExtrasError. */
function notExpected(word: string): Spoken {
  const stderr = `The following argument was not expected: ${word}\nRun with --help for more information.\n`;
  return { stdout: "", stderr, exitCode: 109 };
}

function said(stdout: string): Spoken {
  return { stdout, stderr: "", exitCode: 0 };
}
