// Makes a fresh clone ready: installs the locked packages and builds. Runs on the machine's own Node (20 or newer),
// with nothing installed, and does only what is out of date.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");

/** The environment in which `node` is the Node 24 that the packages bring along. */
export const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };

export function setUp() {
  if (isOlder(join(root, "node_modules", ".package-lock.json"), [join(root, "package-lock.json")])) {
    run("npm", ["ci"], "Installing packages");
  }
  const sources = ["client", "server", "l10n", "scripts"].flatMap((folder) => filesIn(join(root, folder)));
  if (isOlder(join(root, "dist", "cli.cjs"), [...sources, join(root, "package.json")])) {
    run("node", ["scripts/build.mjs"], "Building");
  }
}

/** Runs a program in the clone, shows what it prints, and ends this process when it fails. */
export function run(command, args, title) {
  if (title) console.error(`${title}…`);
  const quiet = title ? ["ignore", "pipe", "inherit"] : "inherit";
  const shell = process.platform === "win32" && command === "npm";
  const { status, stdout, error } = spawnSync(command, args, { cwd: root, env: environment, stdio: quiet, shell });
  if (status === 0) return;
  if (stdout) process.stderr.write(stdout);
  console.error(`${command} ${args.join(" ")}: ${error ? error.message : `exit code ${status}`}`);
  process.exit(status ?? 2);
}

function isOlder(made, sources) {
  if (!existsSync(made)) return true;
  const time = statSync(made).mtimeMs;
  return sources.some((source) => statSync(source).mtimeMs > time);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
