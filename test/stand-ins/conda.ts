// A stand-in for conda which answers as conda 23.5 and 26.7 were recorded to answer (recorded.json), and as mamba and
// micromamba under their names (mamba.ts). It makes real prefixes: conda-meta, and a Python that runs.
import { appendFileSync, existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { type Package, Refusal, solve } from "./channel.ts";
import { type EnvironmentText, readEnvironmentText, type Wanted, wantedFrom } from "./conda-arguments.ts";
import { speakAsMamba } from "./mamba.ts";
import { hang, link } from "./prefix.ts";

export interface Setup {
  /** Its installation; environments lie in `envs`. */
  readonly root: string;
  /** Of conda; mamba speaks as 2.x does. */
  readonly dialect: "23.5" | "26.7";
  readonly tool: "conda" | "mamba" | "micromamba";
  /** How it fails; empty when it does not. */
  readonly mode: string;
  /** The Python that its environments are built on, its version, its folder in `lib`, and the one that holds pip; empty for none. */
  readonly python: string;
  readonly pythonVersion: string;
  readonly library: string;
  readonly pip: string;
}

export interface Spoken {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const channels = ["file:///ch/linux-64", "file:///ch/noarch"];

/** What one call answers, after it did what it says; throws for nothing that conda would survive. */
export function speak(args: readonly string[], setup: Setup): Spoken {
  if (setup.tool !== "conda") return speakAsMamba(args, setup);
  try {
    return new Conda(setup).answer(args);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(error, setup);
  }
}

/** Errors come as JSON with a blank line behind them in both dialects, sorted by key; without `--json` as text. */
function refused({ exception, message, exitCode, more, stream }: Refusal, { dialect }: Setup): Spoken {
  if (exception === "usage") {
    const old = "usage: conda create [-h] [--clone ENV] (-n ENVIRONMENT | -p PATH) [-c CHANNEL]\nconda create";
    const usage = dialect === "23.5" ? old : "usage: conda [-h] [-v] [--no-plugins] [-V] COMMAND ...\nconda";
    return { stdout: "", stderr: `${usage}: error: ${message}\n`, exitCode: 2 };
  }
  const type = exception === "IndexError" ? exception : `conda.exceptions.${exception}`;
  const value = { caused_by: "None", error: `${exception}: ${message}`, exception_name: exception };
  const all = { ...value, exception_type: `<class '${type}'>`, message, ...more };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${JSON.stringify(sorted, undefined, 2)}\n\n`;
  const { stdout = "", stderr = "" } = stream;
  return exception === "CondaSystemExit"
    ? { stdout, stderr: text, exitCode }
    : { stdout: stdout + text, stderr, exitCode };
}

class Conda {
  readonly #setup: Setup;
  readonly #old: boolean;

  constructor(setup: Setup) {
    this.#setup = setup;
    this.#old = setup.dialect === "23.5";
  }

  answer(args: readonly string[]): Spoken {
    const [verb = "", next, ...rest] = args;
    if (verb === "--version") return said(`conda ${this.#old ? "23.5.2" : "26.7.1"}\n`);
    if (verb === "info") return this.#info();
    if (verb === "create") {
      // conda 23 looks for what it needs before it looks at what it does not know.
      if (this.#old && !args.some((word) => ["-n", "--name", "-p", "--prefix"].includes(word))) throw noTarget();
      return this.#create(wantedFrom(args.slice(1)));
    }
    if (verb === "env" && next === "list") return this.#json({ envs: this.#listed() });
    if (verb === "env" && (next === "create" || next === "update")) return this.#fromFile(next, rest);
    throw new Refusal("usage", `argument COMMAND: invalid choice: '${verb}'`);
  }

  /** conda 23 ends its JSON with a line end, conda 26 without one. */
  #json(value: object): Spoken {
    return said(JSON.stringify(value, undefined, 2) + (this.#old ? "\n" : ""));
  }

  #listed(): readonly string[] {
    const { root } = this.#setup;
    const envs = join(root, "envs");
    return [root, ...(existsSync(envs) ? readdirSync(envs).map((name) => join(envs, name)) : [])];
  }

  #info(): Spoken {
    const { root } = this.#setup;
    const envs = [join(root, "envs")];
    const version = this.#old ? "23.5.2" : "26.7.1";
    return this.#json({ conda_version: version, root_prefix: root, channels, envs: this.#listed(), envs_dirs: envs });
  }

  #create(wanted: Wanted): Spoken {
    if (!wanted.name && !wanted.prefix) throw noTarget();
    this.#checkName(wanted.name);
    const prefix = this.#prefixOf(wanted);
    if (existsSync(join(prefix, "conda-meta")) && !wanted.dryRun) {
      if (this.#old && !wanted.yes) {
        const asked = `WARNING: A conda environment already exists at '${prefix}'\nRemove existing environment (y/[n])? \n`;
        throw new Refusal("CondaSystemExit", "Exiting.", { exitCode: 0, stream: { stdout: asked } });
      }
      rmSync(prefix, { recursive: true });
    }
    return this.#make(wanted, { specs: wanted.specs, pip: [], name: undefined });
  }

  #fromFile(verb: "create" | "update", words: readonly string[]): Spoken {
    const knowsYes = verb === "create" && !this.#old;
    if (words.includes("--help")) return said(knowsYes ? "  -y, --yes   …\n" : `usage: conda env ${verb} [--json]\n`);
    const wanted = wantedFrom(words, knowsYes ? [] : ["--yes", "-y"]);
    const text = readEnvironmentText(wanted.file ?? "environment.yml");
    const name = wanted.name ?? text.name;
    if (!name && !wanted.prefix) {
      const message =
        "The environment file(s) do not specify a name or prefix. Please provide one via -n/--name or -p/--prefix.";
      throw new Refusal("ArgumentError", message, { exitCode: 2 });
    }
    const target = { ...wanted, ...(name === undefined ? {} : { name }) };
    const prefix = this.#prefixOf(target);
    if (verb === "create" && existsSync(prefix)) {
      if (this.#old) throw new Refusal("CondaValueError", `prefix already exists: ${prefix}`);
      rmSync(prefix, { recursive: true });
    }
    return this.#make(target, text);
  }

  #prefixOf({ name = "", prefix }: Wanted): string {
    return prefix ?? join(this.#setup.root, "envs", name);
  }

  #checkName(name: string | undefined): void {
    if (name === "base") {
      const old = "The target prefix is the base prefix. Aborting.";
      throw new Refusal("CondaValueError", this.#old ? old : "'base' is a reserved environment name");
    }
    if (name === undefined || !/[/ :#]/.test(name)) return;
    const old = `Invalid environment name: '${name}'\nCharacters not allowed: {' ', ':', '#', '/'}\n`;
    throw new Refusal("CondaValueError", this.#old ? old : "Environment names cannot contain path separators");
  }

  #make(wanted: Wanted, text: EnvironmentText): Spoken {
    const { mode, pythonVersion } = this.#setup;
    const prefix = this.#prefixOf(wanted);
    const failure = failureOf(mode);
    if (failure) return failure;
    if (wanted.offline) throw notFound(text.specs, this.#old);
    const linked = solve(text.specs, { isOld: this.#old, pythonVersion, notFound });
    if (wanted.dryRun) return this.#made(wanted, prefix, linked, { dry_run: true });
    if (mode === "hang") return hang(prefix, this.#setup.root);
    if (mode !== "nothing-made") link(prefix, text.specs, linked, this.#setup);
    if (text.pip.length > 0 && mode === "pip-failed") {
      const stderr = "Pip subprocess error:\nERROR: No matching distribution found for tiny==9.9\n\n";
      throw new Refusal("CondaEnvException", "Pip failed", { stream: { stderr } });
    }
    return this.#made(wanted, prefix, linked, {});
  }

  #made(wanted: Wanted, prefix: string, linked: readonly Package[], more: object): Spoken {
    const stderr = prefix.includes(" ") ? this.#spaceWarning(prefix) : "";
    if (!wanted.json) return { stdout: textOf(prefix), stderr, exitCode: 0 };
    const LINK = linked.map(({ name, version, build }) => ({
      dist_name: `${name}-${version}-${build}`,
      name,
      version,
    }));
    const actions = { FETCH: [], ...(LINK.length > 0 ? { LINK } : {}), PREFIX: prefix };
    const records = this.#old && !wanted.quiet && !wanted.dryRun ? linked.map(progressOf).join("") : "";
    const value = this.#old ? { actions, ...more, prefix, success: true } : { success: true, actions, prefix, ...more };
    return { stdout: records + this.#json(value).stdout, stderr, exitCode: 0 };
  }

  #spaceWarning(prefix: string): string {
    return this.#old
      ? `WARNING: A space was detected in your requested environment path:\n'${prefix}'\n`
      : `WARNING conda.core.prefix_data:validate_path(345): Environment paths should not contain spaces. Prefix: '${prefix}'\n`;
  }
}

function noTarget(): Refusal {
  return new Refusal("usage", "one of the arguments -n/--name -p/--prefix is required");
}

function said(stdout: string): Spoken {
  return { stdout, stderr: "", exitCode: 0 };
}

/** conda 23 tells its downloads so, each record ending with NUL. */
function progressOf({ name, version }: Package): string {
  const fetch = `${`${name}-${version}`.padEnd(20)} | 773 B     | `;
  const record = (finished: boolean, progress: string) =>
    `{"fetch":${JSON.stringify(fetch)},"finished":${finished},"maxval":1,"progress":${progress}}\n\0`;
  return record(false, "0.500000") + record(false, "1.000000") + record(true, "1");
}

function textOf(prefix: string): string {
  return `Solving environment: ...working... done\nExecuting transaction: ...working... done\n#\n# To activate this environment, use\n#\n#     $ conda activate ${prefix}\n#\n`;
}

function notFound(missing: readonly string[], isOld: boolean): Refusal {
  const name = isOld ? "PackagesNotFoundError" : "PackagesNotFoundInChannelsError";
  const list = missing.map((each) => `  - ${each}`).join("\n");
  const message = `The following packages are not available from current channels:\n\n${list}\n\nCurrent channels:\n\n${channels.map((each) => `  - ${each}`).join("\n")}\n`;
  return new Refusal(name, message, { more: { channel_urls: channels, packages: missing } });
}

/** The failures that a machine brings along, by the word under which a test asks for them. */
function failureOf(mode: string): Spoken | undefined {
  if (mode === "network") {
    const url = "http://u:secret@127.0.0.1:9/x/linux-64/current_repodata.json";
    const stderr = "Retrying (Retry(total=2, connect=None)) after connection broken by 'NewConnectionError'\n\n";
    const message = `HTTP 000 CONNECTION FAILED for url <${url}>\nElapsed: -\n`;
    throw new Refusal("CondaHTTPError", message, { more: { status_code: "000" }, stream: { stderr } });
  }
  if (mode === "terms") {
    const list = "    - https://repo.anaconda.com/pkgs/main\n    - https://repo.anaconda.com/pkgs/r\n";
    const message = `Terms of Service have not been accepted for the following channels. Please accept or remove them before proceeding:\n${list}\nTo accept these channels' Terms of Service, run the following commands:\n    conda tos accept --override-channels --channel https://repo.anaconda.com/pkgs/main\n`;
    throw new Refusal("CondaToSNonInteractiveError", message);
  }
  if (mode === "read-only") {
    const message = "Unable to create prefix directory '/ws/ro/.conda'.\nCheck that you have sufficient permissions.";
    throw new Refusal("CondaError", message);
  }
  if (mode === "frozen") {
    const message =
      "Cannot modify '/opt/conda'. The environment is marked as frozen. You can bypass these protections.";
    throw new Refusal("EnvironmentIsFrozenError", message);
  }
  if (mode === "unsatisfiable") solve(["demo-lib=1.0", "demo-app"], { isOld: true, pythonVersion: "", notFound });
  if (mode.startsWith("solver-problems")) {
    const problems = ["nothing provides requested python 3.99*"];
    const stdout = JSON.stringify({ solver_problems: problems, success: false });
    return { stdout, stderr: "", exitCode: mode.endsWith("-0") ? 0 : 1 };
  }
  if (mode === "silent") return { stdout: "", stderr: "", exitCode: 1 };
  if (mode === "garbage") return said("Segmentation {");
  if (mode === "crash") throw new Refusal("IndexError", "");
  return undefined;
}

if (basename(process.argv[1] ?? "") === "conda.cjs") {
  const { STAND_IN_SETUP = "{}" } = process.env;
  const setup: Setup = JSON.parse(STAND_IN_SETUP);
  const args = process.argv.slice(2);
  appendFileSync(join(setup.root, "calls.jsonl"), `${JSON.stringify(args)}\n`);
  const { stdout, stderr, exitCode } = speak(args, setup);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
}
