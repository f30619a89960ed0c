// A stand-in for conda, mamba and micromamba which answers as conda 23.5 and 26.7 were recorded to answer. It makes real
// prefixes: conda-meta, and a Python that runs. STAND_IN_ROOT is its installation, STAND_IN_DIALECT "23.5" or "26.7",
// STAND_IN_MODE a way to fail, STAND_IN_PYTHON the Python to build on, STAND_IN_PIP a folder that holds pip.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const { STAND_IN_ROOT: root, STAND_IN_DIALECT: dialect, STAND_IN_MODE: mode = "", STAND_IN_TOOL: tool } = process.env;
const old = dialect === "23.5";
const envs = join(root, "envs");
const channels = ["file:///ch/linux-64", "file:///ch/noarch"];
const pythons = ["3.9.18", "3.10.13", "3.12.1", process.env.STAND_IN_PYTHON_VERSION];
const packages = new Set(["python", "pip", "demo-lib", "demo-app"]);
const args = process.argv.slice(2);
appendFileSync(join(root, "calls.jsonl"), `${JSON.stringify(args)}\n`);

const print = (value) => process.stdout.write(JSON.stringify(value, undefined, 2) + (old ? "\n" : ""));

/** Errors come with a blank line behind them in both dialects, sorted by key. */
function fail(name, message, more = {}, exitCode = 1, stream = process.stdout) {
  const error = { caused_by: "None", error: `${name}: ${message}`, exception_name: name };
  const value = { ...error, exception_type: `<class 'conda.exceptions.${name}'>`, message, ...more };
  stream.write(`${JSON.stringify(value, undefined, 2)}\n\n`);
  process.exit(exitCode);
}

function usage(message) {
  process.stderr.write(
    old
      ? `usage: conda create [-h] [--clone ENV] (-n ENVIRONMENT | -p PATH) [-c CHANNEL]\nconda create: error: ${message}\n`
      : `usage: conda [-h] [-v] [--no-plugins] [-V] COMMAND ...\nconda: error: ${message}\n`,
  );
  process.exit(2);
}

function listed() {
  return [root, ...(existsSync(envs) ? readdirSync(envs).map((name) => join(envs, name)) : [])];
}

function info() {
  if (tool === "micromamba") {
    print({ "base environment": root, "envs directories": [envs], channels: [], platform: "linux-64" });
    return;
  }
  print({ conda_version: old ? "23.5.2" : "26.7.1", root_prefix: root, channels, envs: listed(), envs_dirs: [envs] });
}

function parseCreate(words) {
  const options = { specs: [], json: false, yes: false, quiet: false };
  const values = { "--name": "name", "-n": "name", "--prefix": "prefix", "-p": "prefix", "--channel": "channel" };
  const flags = { "--yes": "yes", "-y": "yes", "--json": "json", "--quiet": "quiet", "-q": "quiet" };
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (values[word]) options[values[word]] = words[++index];
    else if (flags[word]) options[flags[word]] = true;
    else if (word.startsWith("-")) usage(`unrecognized arguments: ${word}`);
    else options.specs.push(word);
  }
  if (!options.name && !options.prefix) usage("one of the arguments -n/--name -p/--prefix is required");
  return options;
}

function checkName(name) {
  if (name === undefined) return;
  if (name === "base") {
    fail(
      "CondaValueError",
      old ? "The target prefix is the base prefix. Aborting." : "'base' is a reserved environment name",
    );
  }
  if (!/[/ :#]/.test(name)) return;
  const message = `Invalid environment name: '${name}'\nCharacters not allowed: {' ', ':', '#', '/'}\n`;
  fail("CondaValueError", old ? message : "Environment names cannot contain path separators");
}

function notFound(missing) {
  const name = old ? "PackagesNotFoundError" : "PackagesNotFoundInChannelsError";
  const list = missing.map((each) => `  - ${each}`).join("\n");
  const message = `The following packages are not available from current channels:\n\n${list}\n\nCurrent channels:\n\n`;
  fail(name, message, { channel_urls: channels, packages: missing });
}

function failAsTold() {
  if (mode === "network") {
    process.stderr.write("Retrying (Retry(total=2, connect=None)) after connection broken by 'NewConnectionError'\n\n");
    const message =
      "HTTP 000 CONNECTION FAILED for url <http://u:secret@127.0.0.1:9/x/linux-64/current_repodata.json>\nElapsed: -\n";
    fail("CondaHTTPError", message, { status_code: "000" });
  }
  if (mode === "terms") {
    const list = "    - https://repo.anaconda.com/pkgs/main\n    - https://repo.anaconda.com/pkgs/r\n";
    const message = `Terms of Service have not been accepted for the following channels. Please accept or remove them before proceeding:\n${list}\nTo accept these channels' Terms of Service, run the following commands:\n    conda tos accept --override-channels --channel https://repo.anaconda.com/pkgs/main\n`;
    fail("CondaToSNonInteractiveError", message);
  }
  if (mode === "read-only") {
    fail(
      "CondaError",
      "Unable to create prefix directory '/ws/ro/.conda'.\nCheck that you have sufficient permissions.",
    );
  }
  if (mode === "unsatisfiable") {
    const head = "The following specifications were found to be incompatible with each other:";
    fail(
      "UnsatisfiableError",
      `${head}\n\nOutput in format: Requested package -> Available versions\n\nPackage demo-lib conflicts for:\ndemo-app -> demo-lib[version='>=1.1']\ndemo-lib=1.0`,
    );
  }
  if (mode.startsWith("solver-problems")) {
    print({ solver_problems: ["nothing provides requested python 3.99*"], success: false });
    process.exit(mode.endsWith("-0") ? 0 : 1);
  }
  if (mode === "silent") process.exit(1);
  if (mode === "garbage") {
    process.stdout.write("Segmentation {");
    process.exit(0);
  }
  if (mode === "crash") fail("IndexError", "");
}

/** Half a prefix and a process of its own, and then nothing, for ever. */
function hang(prefix) {
  mkdirSync(join(prefix, "conda-meta"), { recursive: true });
  writeFileSync(join(prefix, "conda-meta", "history"), "");
  const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], {
    stdio: "inherit",
  });
  writeFileSync(join(root, "grandchild"), String(child.pid));
  process.stdout.write(
    '{"fetch":"python-3.12.1        | 773 B     | ","finished":false,"maxval":1,"progress":0.500000}\n\0',
  );
}

function link(prefix, version, specs) {
  const meta = join(prefix, "conda-meta");
  spawnSync(process.env.STAND_IN_PYTHON, ["-m", "venv", "--without-pip", prefix], { stdio: "ignore" });
  mkdirSync(meta, { recursive: true });
  writeFileSync(
    join(meta, "history"),
    `==> 2026-01-01 00:00:00 <==\n# cmd: conda create\n# update specs: ['${specs.join("', '")}']\n`,
  );
  writeFileSync(join(meta, `python-${version}-0_stub.json`), JSON.stringify({ name: "python", version, files: [] }));
  if (!process.env.STAND_IN_PIP || version !== process.env.STAND_IN_PYTHON_VERSION) return;
  const site = join(prefix, "lib", `python${version.split(".").slice(0, 2).join(".")}`, "site-packages");
  symlinkSync(join(process.env.STAND_IN_PIP, "pip"), join(site, "pip"));
  const info = join(site, "pip-23.3.1.dist-info");
  mkdirSync(info);
  writeFileSync(join(info, "METADATA"), "Metadata-Version: 2.1\nName: pip\nVersion: 23.3.1\n");
  writeFileSync(join(info, "INSTALLER"), "conda\n");
  writeFileSync(join(info, "REQUESTED"), "");
}

function create(words) {
  const options = parseCreate(words);
  checkName(options.name);
  const prefix = options.prefix ?? join(envs, options.name);
  if (existsSync(join(prefix, "conda-meta"))) {
    if (old && !options.yes) {
      process.stdout.write(
        `WARNING: A conda environment already exists at '${prefix}'\nRemove existing environment (y/[n])? \n`,
      );
      fail("CondaSystemExit", "Exiting.", {}, 0, process.stderr);
    }
    rmSync(prefix, { recursive: true });
  }
  failAsTold();
  const missing = options.specs.filter((spec) => !packages.has(spec.split("=")[0]));
  const wanted = options.specs.find((spec) => spec.startsWith("python="))?.slice("python=".length);
  const version = pythons.findLast((each) => wanted === undefined || `${each}.`.startsWith(`${wanted}.`));
  if (version === undefined) missing.push(`python=${wanted}`);
  if (missing.length > 0) notFound(missing);
  if (mode === "hang") return hang(prefix);
  if (prefix.includes(" "))
    process.stderr.write(`WARNING: A space was detected in your requested environment path:\n'${prefix}'\n`);
  if (old && options.json && !options.quiet) {
    for (const [finished, progress] of [
      [false, 0.5],
      [false, 1],
      [true, 1],
    ]) {
      process.stdout.write(
        `{"fetch":"python-${version}        | 773 B     | ","finished":${finished},"maxval":1,"progress":${progress}}\n\0`,
      );
    }
  }
  if (mode !== "nothing-made" && options.specs.length > 0) link(prefix, version, options.specs);
  const made = { name: "python", version, dist_name: `python-${version}-0_stub`, channel: basename(channels[0]) };
  const actions = { FETCH: [], LINK: [made], PREFIX: prefix };
  print(old ? { actions, prefix, success: true } : { success: true, actions, prefix });
}

const [verb, ...rest] = args;
if (verb === "--version") process.stdout.write(`conda ${old ? "23.5.2" : "26.7.1"}\n`);
else if (verb === "info") info();
else if (verb === "env" && rest[0] === "list") print({ envs: listed() });
else if (verb === "create") create(rest);
else usage(`argument COMMAND: invalid choice: '${verb}'`);
