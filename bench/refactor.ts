// Extracting a function at random places of a 2,000-line file: deciding and editing, against rope on the same places.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "../server/core/grammar.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { PythonModule } from "../server/python/module.ts";
import { extractFunction } from "../server/refactorings/extract-function.ts";
import { grammars } from "../test/grammars.ts";
import { chanceOf, randomPlace } from "../test/refactorings/random-places.ts";
import { corpus } from "./corpus.ts";
import { fileOf, type Percentiles, percentiles } from "./keystroke.ts";

const cache = fileURLToPath(new URL("../.cache/bench/", import.meta.url));
const places = 200;
/** So many places are tried before anything counts: a server is warm when somebody asks it. */
const warming = 40;

export interface RefactorBench {
  readonly fileLines: number;
  /** Milliseconds of processor time for decision and edits, right after the text changed and when it did not. */
  readonly changed: Percentiles;
  readonly unchanged: Percentiles;
  readonly peer: Percentiles;
}

export async function benchRefactor(): Promise<RefactorBench> {
  await grammars();
  const { path, text } = fileOf(corpus(300_000), 2000);
  const { project } = new Workspace("/bench", defaultSettings);
  const tree = parse("python", text);
  using whole = new PythonModule("a.py", text, tree);
  const chance = chanceOf(1);
  const spans = Array.from({ length: places }, () => randomPlace(whole, "extract-function", chance)).filter(
    (span) => span !== undefined,
  );
  const changed: number[] = [];
  const unchanged: number[] = [];
  for (const span of spans) {
    const at = { start: span.start, end: span.end };
    using file = new PythonModule("a.py", text, tree);
    for (const times of [changed, unchanged]) {
      const start = processorTime();
      extractFunction.apply([{ file, at }], {}, project);
      times.push(processorTime() - start);
    }
  }
  tree.delete();
  return {
    fileLines: text.split("\n").length,
    changed: percentiles(changed.slice(warming)),
    unchanged: percentiles(unchanged.slice(warming)),
    peer: percentiles(rope(path, spans.slice(warming))),
  };
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const script = `
import json, sys, time, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[1])
from rope.base.project import Project
from rope.base import libutils
from rope.refactor.extract import ExtractMethod
path, spans = json.load(sys.stdin)
project = Project(sys.argv[2], ropefolder=None)
resource = libutils.path_to_resource(project, path)
times = []
for start, end in spans:
    begin = time.process_time()
    try:
        ExtractMethod(project, resource, start, end).get_changes("extracted_name")
    except Exception:
        pass
    times.append((time.process_time() - begin) * 1000)
json.dump(times, sys.stdout)
`;

/** Milliseconds of rope, which counts in code points; the file has none beyond the first plane that would matter. */
function rope(path: string, spans: readonly { readonly start: number; readonly end: number }[]): number[] {
  const folder = join(cache, "rope");
  if (!existsSync(join(folder, "rope"))) {
    const args = ["-m", "pip", "install", "--quiet", "--target", folder, "rope==1.14.0"];
    if (spawnSync("python3", args, { stdio: "inherit" }).status !== 0) throw new Error("rope could not be installed");
  }
  const { status, stdout, stderr } = spawnSync("python3", ["-c", script, folder, join(path, "..")], {
    input: JSON.stringify([path, spans.map(({ start, end }) => [start, end])]),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
