// Extracting a function at random places of a 2,000-line file: deciding and editing, against rope on the same places.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CodeAction } from "vscode-languageserver-protocol/node";
import { defaultSettings } from "../server/core/settings.ts";
import type { Span } from "../server/core/text.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageNamed } from "../server/languages.ts";
import { toRange } from "../server/lsp/convert.ts";
import { OpenDocument } from "../server/lsp/document.ts";
import { PythonModule } from "../server/python/module.ts";
import { extractFunction } from "../server/refactorings/extract-function.ts";
import { grammars } from "../test/grammars.ts";
import { folderWith, LspClient } from "../test/lsp-client.ts";
import { chanceOf, randomPlace } from "../test/refactorings/random-places.ts";
import { corpus } from "./corpus.ts";
import { fileOf, type Percentiles, percentiles } from "./keystroke.ts";
import { processorTime } from "./processor-time.ts";

const cache = fileURLToPath(new URL("../.cache/bench/", import.meta.url));
const places = 240;
/** So many places are tried before anything counts: a server is warm when somebody asks it. */
const warming = 80;

export interface RefactorBench {
  readonly fileLines: number;
  /** Milliseconds of processor time for decision and edits: with the change of a letter right before, and without. */
  readonly changed: Percentiles;
  readonly unchanged: Percentiles;
  /** The same for the server's answer about all that can be done, after a change whose diagnostics it has told. */
  readonly told: Percentiles;
  /** And for all of it: the change, the diagnostics, what can be done. */
  readonly all: Percentiles;
  readonly peer: Percentiles;
}

export async function benchRefactor(): Promise<RefactorBench> {
  await grammars();
  const { path, text } = fileOf(corpus(300_000), 2000);
  const spans = placesIn(text);
  const inServer = await requests(basename(path), text, spans);
  const inDocument = decisions(text, spans);
  return {
    fileLines: text.split("\n").length,
    ...inDocument,
    ...inServer,
    peer: counted(rope(path, spans)),
  };
}

function placesIn(text: string): readonly Span[] {
  using module = new PythonModule("a.py", text);
  const chance = chanceOf(1);
  return Array.from({ length: places }, () => randomPlace(module, "extract-function", chance)).filter(
    (span) => span !== undefined,
  );
}

/** A letter is typed into some word further down, and taken away before the next place. */
function decisions(text: string, spans: readonly Span[]): Pick<RefactorBench, "changed" | "unchanged"> {
  const workspace = new Workspace("/bench", defaultSettings);
  const at = { workspace, path: "a.py", language: languageNamed("python") };
  using document = new OpenDocument({ uri: "file:///bench/a.py", languageId: "python", version: 1, text }, at);
  const times: { readonly changed: number[]; readonly unchanged: number[] } = { changed: [], unchanged: [] };
  for (const [index, span] of spans.entries()) {
    const extract = () => extractFunction.apply([{ file: document.module, at: span }], {}, workspace.project);
    const { start, end } = toRange(document.lines.rangeOf(wordBelow(document.text, span, index)));
    times.changed.push(
      timed(() => {
        document.update([{ range: { start, end: start }, text: "x" }], 2);
        extract();
      }),
    );
    times.unchanged.push(timed(extract));
    document.update([{ range: { start, end: { ...end, character: start.character + 1 } }, text: "" }], 3);
  }
  return { changed: counted(times.changed), unchanged: counted(times.unchanged) };
}

/** A place inside a word behind a span, another one for each: of code, a text or a comment. */
function wordBelow(text: string, { end }: Span, index: number): Span {
  const from = end + Math.floor(((text.length - end) * ((index * 7919) % 100)) / 100);
  const word = /[a-z]{3}/g;
  word.lastIndex = from;
  const at = word.exec(text)?.index ?? end - 1;
  return { start: at + 1, end: at + 1 };
}

async function requests(
  name: string,
  text: string,
  spans: readonly Span[],
): Promise<Pick<RefactorBench, "told" | "all">> {
  const folder = folderWith({ [name]: text });
  await using client = await LspClient.start(folder.root);
  await client.scanned();
  await client.open(name, text);
  using document = new PythonModule(name, text);
  const times: { readonly told: number[]; readonly all: number[] } = { told: [], all: [] };
  for (const [index, span] of spans.entries()) {
    const { start } = toRange(document.lines.rangeOf(wordBelow(text, span, index)));
    const before = processorTime();
    await client.change(name, [start.line, start.character, start.line, start.character, "x"]);
    await client.pull(name);
    const between = processorTime();
    await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: client.uri(name) },
      range: toRange(document.lines.rangeOf(span)),
      context: { diagnostics: [] },
    });
    const end = processorTime();
    times.told.push(end - between);
    times.all.push(end - before);
    await client.change(name, [start.line, start.character, start.line, start.character + 1, ""]);
    await client.pull(name);
  }
  folder.dispose();
  return { told: counted(times.told), all: counted(times.all) };
}

function counted(times: readonly number[]): Percentiles {
  return percentiles(times.slice(warming));
}

function timed(act: () => unknown): number {
  const start = processorTime();
  act();
  return processorTime() - start;
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
