// Real Python to measure on: wheels of pinned versions, unpacked once into .cache/bench.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cache = fileURLToPath(new URL("../.cache/bench/", import.meta.url));
const wheels = ["Django==5.2.8", "scikit-learn==1.7.2", "transformers==4.57.1"];

/** A folder with about so many lines of Python, whole files in the order of their paths; made once. */
export function corpus(lines: number): string {
  const folder = join(cache, `corpus-${lines}`);
  if (existsSync(join(folder, "complete"))) return folder;
  rmSync(folder, { recursive: true, force: true });
  let count = 0;
  for (const wheel of wheels) {
    const source = corpusOf(wheel);
    for (const path of readdirSync(source, { recursive: true, encoding: "utf8" }).sort()) {
      if (count >= lines || !path.endsWith(".py")) continue;
      count += readFileSync(join(source, path), "utf8").split("\n").length;
      cpSync(join(source, path), join(folder, path));
    }
  }
  // A project of its own, so that nothing around it is read for its facts.
  writeFileSync(join(folder, "groundwork.toml"), "[rules]\n");
  mkdirSync(join(folder, "complete"));
  return folder;
}

/** The unpacked wheel of a requirement `name==version`. */
export function corpusOf(wheel: string): string {
  const folder = join(cache, wheel);
  if (existsSync(folder)) return folder;
  const download = join(cache, "download", wheel);
  python("-m", "pip", "download", "--no-deps", "--quiet", "--only-binary", ":all:", "-d", download, wheel);
  const [file = ""] = readdirSync(download);
  python("-m", "zipfile", "-e", join(download, file), folder);
  return folder;
}

function python(...args: readonly string[]): void {
  const { status } = spawnSync("python3", args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`python3 ${args.join(" ")} failed`);
}
