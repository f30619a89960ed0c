// A long requirements file from text to findings against pip's own reading of it, and an environment of 300
// distributions against `pip list` on it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { analyze } from "../server/analyze.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { readInstalled } from "../server/environments/installed.ts";
import { Workspace } from "../server/host/workspace.ts";
import { grammars } from "../test/grammars.ts";

const prefix = fileURLToPath(new URL("../.cache/bench/environment", import.meta.url));
const distributions = 300;
const rounds = 7;

export interface RequirementsBench {
  readonly lines: number;
  readonly distributions: number;
  /** Medians, in milliseconds: parsing and every rule over the file, and pip only parsing it. */
  readonly check: Row;
  /** Reading the environment, and `pip list`. */
  readonly read: Row;
  /** The first look at what there is, as a whole process (`groundwork env list`), and `pip list`. */
  readonly look: Row;
}

interface Row {
  readonly ours: number;
  readonly peer: number;
}

export async function benchRequirements(lines = 10_000): Promise<RequirementsBench> {
  await grammars();
  const { project } = new Workspace(prefix, defaultSettings);
  const file = { path: "requirements.txt", text: requirementsOf(lines) };
  const check = await median(() => {
    const { findings, failures } = analyze(file, project);
    if (failures.length > 0 || findings.length === 0) throw new Error("the rules did not run");
  });
  makeEnvironment();
  const parsing = pipParsing(file.text);
  const read = await median(async () => {
    const installed = await readInstalled(prefix, undefined, {});
    if (installed.size < distributions) throw new Error(`only ${installed.size} distributions were found`);
  });
  const listing = await median(pipList);
  const look = await median(envList);
  return {
    lines,
    distributions,
    check: { ours: check, peer: parsing },
    read: { ours: read, peer: listing },
    look: { ours: look, peer: listing },
  };
}

/** Mostly pinned, some ranges, markers, extras, remarks, URLs and mistakes, in order but for a few. */
function requirementsOf(lines: number): string {
  const spellings = [
    (name: string) => `${name}==1.26.${name.length}`,
    (name: string) => `${name}[extra,more]==2.2.2 ; python_version >= "3.9" and sys_platform != "win32"`,
    (name: string) => `${name} >= 1.4, < 2  # as the model needs it`,
    (name: string) => `${name}==0.30.1`,
    (name: string) => `${name} @ git+https://github.com/example/${name}@1.0.0`,
    (name: string) => `${name}==3.0.3`,
    (name: string) => `${name}~=2.2`,
    (name: string) => `${name}==2.2.post1`,
  ];
  return Array.from({ length: lines }, (_, line) => {
    const name = `library-${String(line % 97 === 0 ? lines - line : line).padStart(5, "0")}`;
    const mistake = line % 50 === 25 ? `${name}=1.0` : undefined;
    return `${mistake ?? spellings[line % spellings.length]?.(name)}\n`;
  }).join("");
}

/** A virtual environment with pip and dist-info folders as pip writes them; made once. */
function makeEnvironment(): void {
  if (existsSync(join(prefix, "complete"))) return;
  rmSync(prefix, { recursive: true, force: true });
  if (spawnSync("python3", ["-m", "venv", prefix], { stdio: "inherit" }).status !== 0) {
    throw new Error("python3 could not make an environment");
  }
  const [version = ""] = readdirSync(join(prefix, "lib"));
  const description = "A paragraph of the description, which nobody reads here.\n".repeat(150);
  for (let index = 0; index < distributions; index++) {
    const folder = join(prefix, "lib", version, "site-packages", `library_${index}-1.${index}.dist-info`);
    mkdirSync(folder);
    const headers = `Metadata-Version: 2.1\nName: library-${index}\nVersion: 1.${index}\nRequires-Dist: numpy>=1\n`;
    writeFileSync(join(folder, "METADATA"), `${headers}\n${description}`);
    writeFileSync(join(folder, "RECORD"), "library/__init__.py,sha256=x,1\n".repeat(100));
    writeFileSync(join(folder, "INSTALLER"), "pip\n");
    if (index % 10 === 0) writeFileSync(join(folder, "REQUESTED"), "");
  }
  mkdirSync(join(prefix, "complete"));
}

/** What pip does with a requirements file before it looks for anything: the same lines to the same values. */
const parser = `
import statistics, sys, time
from pip._internal.exceptions import InstallationError
from pip._internal.network.session import PipSession
from pip._internal.req.constructors import install_req_from_parsed_requirement
from pip._internal.req.req_file import parse_requirements
times = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    for parsed in parse_requirements(sys.argv[1], session=PipSession()):
        try:
            install_req_from_parsed_requirement(parsed)
        except InstallationError:
            pass
    times.append((time.perf_counter() - start) * 1000)
print(statistics.median(times))
`;

/** The milliseconds that the environment's own pip takes, without its start. */
function pipParsing(text: string): number {
  const path = join(prefix, "requirements.txt");
  writeFileSync(path, text);
  const { status, stdout } = spawnSync(join(prefix, "bin", "python"), ["-c", parser, path, String(rounds)], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error("pip could not read the file");
  return Number(stdout);
}

function pipList(): void {
  const python = join(prefix, "bin", "python");
  const { status, stdout } = spawnSync(python, ["-m", "pip", "list", "--disable-pip-version-check", "--format=json"], {
    encoding: "utf8",
  });
  if (status !== 0 || JSON.parse(stdout).length < distributions) throw new Error("pip list failed");
}

function envList(): void {
  const command = [fileURLToPath(new URL("../dist/cli.cjs", import.meta.url)), "env", "list", "--format", "json"];
  const env = { ...process.env, VIRTUAL_ENV: prefix };
  const { stdout } = spawnSync(process.execPath, command, { encoding: "utf8", cwd: prefix, env });
  if (JSON.parse(stdout).environments[0]?.prefix !== prefix) throw new Error("the environment was not found");
}

async function median(run: () => void | Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[rounds >> 1] ?? 0;
}
