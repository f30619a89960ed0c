// Makes sure that a VS Code server and a Chromium are on the machine: what the editor tests and `npm run editor` stand on.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

export const repositoryRoot = join(import.meta.dirname, "..");
const hostFolder = join(repositoryRoot, "test/editor/host");
const serverFolder = join(hostFolder, "node_modules/code-server/lib/vscode");
const stampFile = join(hostFolder, "node_modules/.installed");
const addOns = ["@vscode/native-watchdog", "@vscode/spdlog"];

/**
 * Installs the VS Code server that the npm package code-server ships, once, and returns its entry file. The package's
 * own install script insists on the machine's Node and compiles more than is needed; the two add-ons named above are
 * Node-API modules, which the headers of any Node serve. Throws when npm fails.
 */
export function ensureEditorHost(): string {
  const entry = join(serverFolder, "out/server-main.js");
  const stamp = stampOf(join(hostFolder, "package-lock.json"));
  if (existsSync(entry) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return entry;
  console.log("Installing the VS Code server for tests into test/editor/host (about 30 seconds) …");
  npm(hostFolder, ["ci", "--ignore-scripts"]);
  npm(serverFolder, ["install", "--omit=dev", "--ignore-scripts"]);
  npm(serverFolder, ["rebuild", ...addOns]);
  for (const addOn of addOns) {
    if (existsSync(join(serverFolder, "node_modules", addOn, "build/Release"))) continue;
    throw new Error(`npm did not build ${addOn} in ${serverFolder}: a C++ compiler, make and Python 3 are needed`);
  }
  writeFileSync(stampFile, stamp);
  return entry;
}

/** Changes with the pinned version and with the machine that the add-ons were built for. */
function stampOf(lockFile: string): string {
  const lock = createHash("sha256").update(readFileSync(lockFile)).digest("hex");
  return `${lock} ${process.platform}-${process.arch}\n`;
}

function npm(folder: string, command: readonly string[]): void {
  const result = spawnSync("npm", [...command, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (result.status === 0) return;
  const reason = result.error?.message ?? `${result.stdout}${result.stderr}`;
  throw new Error(`npm ${command.join(" ")} failed in ${folder}\n${reason}`);
}

/**
 * Returns a Chromium that Playwright can drive: the one named by CHROMIUM_PATH, the system's, Chrome, or Playwright's
 * own download; the headless shell before a whole browser, since it needs less. On Debian as root it installs one.
 * Throws with what to do when there is none.
 */
export function ensureChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
  }
  const present = installedBrowser();
  if (present !== undefined) return present;
  if (!isDebianRoot()) throw new Error(chromiumAdvice);
  apt("update");
  for (const name of ["chromium-headless-shell", "chromium"]) {
    console.log(`Installing Debian's package ${name} with apt-get …`);
    if (apt("install", "-y", "--no-install-recommends", name)) break;
  }
  const installed = installedBrowser();
  if (installed === undefined) throw new Error(chromiumAdvice);
  return installed;
}

/** Whether apt-get did it; what it complains of is shown. */
function apt(...command: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status } = spawnSync("apt-get", ["-qq", ...command], { stdio: ["ignore", "ignore", "inherit"], env });
  return status === 0;
}

const chromiumAdvice =
  "The editor tests show VS Code in a headless Chromium and found none. Install Chromium or Chrome " +
  "(Debian: apt-get install chromium; anywhere: npx playwright-core install chromium), " +
  "or name one with the environment variable CHROMIUM_PATH.";

/** The browser on this machine that the tests would take without installing one. */
export function installedBrowser(): string | undefined {
  const places = [
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    ...["google-chrome", "google-chrome-stable", "chromium"].map(findOnPath),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    chromium.executablePath(),
  ];
  return places.find((place) => place !== undefined && place !== "" && existsSync(place));
}

function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version") && findOnPath("apt-get") !== undefined;
}

/** The first file of this name in the folders of PATH; on Windows also as `.cmd` and `.exe`. */
export function findOnPath(name: string): string | undefined {
  const endings = process.platform === "win32" ? [".cmd", ".exe"] : [""];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)));
  return places.find((place) => existsSync(place));
}
