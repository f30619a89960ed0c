// Asks the `packaging` inside pip 26, which is unpacked and never installed, what is right.
import { spawnSync } from "node:child_process";

/** Runs a program that makes `answer` of `asked`; both are JSON values. Throws an Error with Python's own words. */
export function askPackaging(folder: string, program: string, asked: unknown): Record<string, readonly unknown[]> {
  const whole = [
    "import json, sys",
    `sys.path.insert(0, ${JSON.stringify(folder)})`,
    "from pip._vendor.packaging.markers import *",
    "from pip._vendor.packaging.specifiers import *",
    "from pip._vendor.packaging.version import *",
    "asked = json.load(sys.stdin)",
    program,
    "print(json.dumps(answer))",
  ].join("\n");
  const input = JSON.stringify(asked);
  const ended = spawnSync("python3", ["-c", whole], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return JSON.parse(ended.stdout);
}
