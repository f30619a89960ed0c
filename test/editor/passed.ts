// Whether the tests in a real VS Code have passed on exactly this code before: they take minutes, and most changes of a
// day (a core test, a benchmark) touch nothing that they see.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Passed {
  /** Of the repository, as it was when the tests began. */
  readonly files: string;
  /** Of what ran them. */
  readonly programs: string;
  readonly tests: number;
  /** When they had passed: ISO 8601, in UTC. */
  readonly at: string;
}

/** Everything in the repository counts but these: other tests, and measurements. */
const unseen = /^(?:bench\/|test\/(?!editor\/|stand-ins\/))/;

/** Variables that choose another editor or browser. */
const choosing = ["VSCODE_PATH", "VSCODE_TEST_DOWNLOAD", "CHROMIUM_PATH"];

/**
 * A hash of all files of `root` that git tracks or would track. Undefined where git cannot list them, as in a package:
 * there nothing is known to be unchanged.
 */
export function hashOfFiles(root: string): string | undefined {
  const files = filesOf(root).filter((file) => !unseen.test(file));
  if (files.length === 0) return undefined;
  const hash = createHash("sha256");
  for (const file of files) {
    const content = contentOf(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** A hash of what runs the tests: Node, Python, the browser, and the variables that choose them. */
export function hashOfPrograms(browser: string): string {
  const { mtimeMs, size } = statSync(browser);
  const programs = [process.version, process.platform, process.arch, pythonVersion(), browser, mtimeMs, size];
  const chosen = choosing.map((name) => process.env[name] ?? "");
  return createHash("sha256")
    .update(JSON.stringify([...programs, ...chosen]))
    .digest("hex");
}

/** What is on record, when it is about these. */
export function passedBefore(record: string, files: string | undefined, programs: string): Passed | undefined {
  try {
    const passed: Passed = JSON.parse(readFileSync(record, "utf8"));
    return passed.files === files && passed.programs === programs ? passed : undefined;
  } catch {
    return undefined;
  }
}

export function remember(record: string, passed: Passed): void {
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify(passed));
}

function filesOf(root: string): readonly string[] {
  try {
    const command = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
    const listed = execFileSync("git", command, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return listed.split("\0").filter(Boolean).sort();
  } catch {
    return [];
  }
}

/** A tracked file may be gone from the disk; a link or a module of another repository is its name alone. */
function contentOf(file: string): Buffer | string {
  try {
    return readFileSync(file);
  } catch {
    return "";
  }
}

function pythonVersion(): string {
  try {
    return execFileSync("python3", ["-VV"], { encoding: "utf8" });
  } catch {
    return "";
  }
}
