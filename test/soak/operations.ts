// Random operations on what an editor holds, the same for the same seed.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver-protocol/node";
import { rules } from "../../server/languages.ts";
import type { Chance } from "../refactorings/random-places.ts";
import type { Cell, Editor, Operation } from "./editor.ts";

const example = new URL("../../examples/churn/", import.meta.url);

/** Code as people write it: the rules' examples, good and bad, and the example project. */
const sources = [
  ...rules.map(({ example: { path, bad, good } }) => [path, bad, good] as const),
  ...readdirSync(fileURLToPath(example))
    .filter((name) => name.endsWith(".py") || name.endsWith(".txt"))
    .map((name) => [name, readFileSync(new URL(name, example), "utf8"), ""] as const),
];
const textsOf = (end: string) =>
  sources.filter(([path]) => path.endsWith(end)).flatMap(([, ...texts]) => texts.filter((text) => text !== ""));
const python = textsOf(".py");
const requirements = textsOf(".txt");
const environments = textsOf(".yml");
const lines = python.flatMap((text) => text.split("\n"));

const oddities = [
  "",
  "\r\n",
  "\f",
  "\t",
  "é😀",
  '"""',
  "(",
  "def f(:\n",
  "x = f'{y!r:>{z}}'\n",
  "# groundwork: ignore[duplicate-block]\n",
  "# groundwork: ignore\n",
  "import pandas as pd\n",
  "-r requirements-dev.txt\n",
  "numpy==1.0\n",
];

const folders = ["a", "b", "b/inner", "c"];
const names = [
  ...["train.py", "model.py", "src/load.py", "src/clean.py", "src/train_v2.py", "tests/test_load.py", "setup.py"],
  ...["explore.ipynb", "notebooks/first.ipynb", "requirements.txt", "requirements-dev.txt", "environment.yml"],
];
const configurations = [
  '[tool.groundwork.stages]\nproduction = ["src/**"]\nexperimental = ["notebooks/**"]\n',
  '[tool.groundwork]\nexclude = ["src/clean.py"]\n[tool.groundwork.stages]\nproduction = ["**"]\n',
  '[project]\nname = "a"\nversion = "1"\ndependencies = ["pandas==2.2.2", "numpy"]\n',
  "[tool.groundwork\n",
];
const settings = [
  {},
  { stagesProduction: ["**"] },
  { stagesExperimental: ["**/train.py"], duplicatesMinLines: 3 },
  { rules: { "duplicate-block": "off", "long-function": "error" } },
  { exclude: ["**/model.py"], maxFileSize: 1 },
];
const requests = [
  ...["textDocument/hover", "textDocument/codeAction", "textDocument/completion", "textDocument/documentSymbol"],
  ...["textDocument/foldingRange", "textDocument/documentLink", "textDocument/definition", "textDocument/formatting"],
  ...["textDocument/prepareRename", "textDocument/rename", "groundwork/copiesAt", "groundwork/duplicates"],
  ...["groundwork/readiness", "groundwork/promotion", "workspace/diagnostic", "textDocument/diagnostic"],
];

/** How often each kind of operation comes. */
const kinds: readonly (readonly [number, (editor: Editor, chance: Chance) => Operation])[] = [
  [40, (editor, chance) => ({ do: "change", path: openPath(editor, chance), changes: changes(editor, chance) })],
  [16, (editor, chance) => ({ do: "open", path: knownPath(editor, chance) })],
  [3, (editor, chance) => ({ do: "close", path: openPath(editor, chance) })],
  [8, (editor, chance) => ({ do: "save", path: openPath(editor, chance) })],
  [8, (_, chance) => written(chance)],
  [3, (editor, chance) => ({ do: "remove", path: knownPath(editor, chance) })],
  [3, (editor, chance) => ({ do: "rename", path: knownPath(editor, chance), to: newPath(chance) })],
  [1, (_, chance) => ({ do: "rename", path: `${one(folders, chance)}/src`, to: `${one(folders, chance)}/lib` })],
  [1, (_, chance) => ({ do: "rename", path: `${one(folders, chance)}/lib`, to: `${one(folders, chance)}/src` })],
  [1, (_, chance) => ({ do: "add-folder", path: one(folders, chance) })],
  [1, (_, chance) => ({ do: "remove-folder", path: one(folders, chance) })],
  [1, (_, chance) => ({ do: "settings", settings: one(settings, chance) })],
  [3, (editor, chance) => ({ do: "open-notebook", path: notebookPath(editor, chance), cells: cells(chance) })],
  [1, (editor, chance) => ({ do: "close-notebook", path: openNotebook(editor, chance) })],
  [3, (editor, chance) => changedCells(editor, chance)],
  [6, (editor, chance) => changedCell(editor, chance)],
  [12, (editor, chance) => asked(editor, chance)],
];
const total = kinds.reduce((sum, [weight]) => sum + weight, 0);

export function randomOperation(editor: Editor, chance: Chance): Operation {
  let at = chance() * total;
  for (const [weight, make] of kinds) {
    at -= weight;
    if (at < 0) return make(editor, chance);
  }
  return { do: "open", path: knownPath(editor, chance) };
}

/** The files that a run begins with, and the folders that are open then. */
export function firstFiles(chance: Chance): Readonly<Record<string, string>> {
  const paths = folders.flatMap((folder) => names.map((name) => `${folder}/${name}`));
  return Object.fromEntries(paths.map((path) => [path, textFor(path, chance)]));
}

export const firstFolders = ["a", "b"];

function written(chance: Chance): Operation {
  const folder = one(folders, chance);
  const path = chance() < 0.15 ? `${folder}/${one(["pyproject.toml", ".gitignore"], chance)}` : newPath(chance);
  return { do: "write", path, text: textFor(path, chance) };
}

function textFor(path: string, chance: Chance): string {
  if (path.endsWith(".toml")) return one(configurations, chance);
  if (path.endsWith(".gitignore")) return one(["", "model.py\n", "src/\n!src/load.py\n", "*.ipynb\n"], chance);
  if (path.endsWith(".txt")) return one(requirements, chance) + one(requirements, chance);
  if (path.endsWith(".yml")) return one(environments, chance);
  if (!path.endsWith(".ipynb")) return `${one(python, chance)}\n\n${one(python, chance)}`;
  const source = cells(chance).map(({ language, text }) => ({
    cell_type: language === "markdown" ? "markdown" : "code",
    metadata: {},
    source: text,
    ...(language === "markdown" ? {} : { execution_count: null, outputs: [] }),
  }));
  return JSON.stringify({ cells: source, metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1);
}

function cells(chance: Chance): Cell[] {
  return Array.from({ length: 1 + Math.floor(chance() * 4) }, () => ({
    id: Math.floor(chance() * 2 ** 32).toString(16),
    language: chance() < 0.85 ? "python" : one(["markdown", "sql", "raw"], chance),
    text: one(python, chance),
  }));
}

function changedCells(editor: Editor, chance: Chance): Operation {
  const path = openNotebook(editor, chance);
  const count = editor.notebooks.get(path)?.cells.length ?? 0;
  const came = cells(chance).slice(0, Math.floor(chance() * 3));
  const start = Math.floor(chance() * (count + 1));
  return {
    do: "change-cells",
    path,
    start,
    remove: Math.floor(chance() * Math.min(3, count - start + 1)),
    cells: came,
  };
}

function changedCell(editor: Editor, chance: Chance): Operation {
  const path = openNotebook(editor, chance);
  const cell = Math.floor(chance() * (editor.notebooks.get(path)?.cells.length ?? 0));
  return { do: "change-cell", path, cell, changes: changes(editor, chance) };
}

function asked(editor: Editor, chance: Chance): Operation {
  const method = one(requests, chance);
  const [line, column] = [Math.floor(chance() * 60), Math.floor(chance() * 40)];
  return { do: "ask", method, path: openPath(editor, chance), line, column, isCancelled: chance() < 0.3 };
}

/** Some edits of one notification; one in eight is of a range that the text does not have, or that stands on its head. */
function changes(editor: Editor, chance: Chance): TextDocumentContentChangeEvent[] {
  if (chance() < 0.03) return [{ text: one(python, chance) }];
  const longest = Math.max(8, ...[...editor.documents.values()].map((document) => document.lineCount));
  return Array.from({ length: chance() < 0.8 ? 1 : 3 }, () => {
    const line = Math.floor(chance() * (chance() < 0.9 ? Math.min(longest, 40) : longest + 50));
    const start = { line, character: Math.floor(chance() * 30) };
    const down = chance() < 0.6 ? 0 : Math.floor(chance() * 6);
    const end = { line: line + down, character: start.character + Math.floor(chance() * 12) };
    const range = chance() < 0.04 ? { start: end, end: start } : { start, end };
    return { range, text: inserted(chance) };
  });
}

function inserted(chance: Chance): string {
  const kind = chance();
  if (kind < 0.3) return "";
  if (kind < 0.6) return `${one(lines, chance)}\n`;
  if (kind < 0.75) return one(oddities, chance);
  if (kind < 0.95) return String.fromCharCode(32 + Math.floor(chance() * 95));
  return one(python, chance);
}

function newPath(chance: Chance): string {
  const name = chance() < 0.7 ? one(names, chance) : `src/part_${Math.floor(chance() * 5)}.py`;
  return `${one(folders, chance)}/${name}`;
}

function knownPath(editor: Editor, chance: Chance): string {
  const files = editor.files();
  return files.length > 0 ? one(files, chance) : "a/train.py";
}

function openPath(editor: Editor, chance: Chance): string {
  const open = [...editor.documents.keys()];
  return open.length > 0 ? one(open, chance) : knownPath(editor, chance);
}

function notebookPath(editor: Editor, chance: Chance): string {
  const files = editor.files().filter((path) => path.endsWith(".ipynb"));
  return files.length > 0 ? one(files, chance) : "a/explore.ipynb";
}

function openNotebook(editor: Editor, chance: Chance): string {
  const open = [...editor.notebooks.keys()];
  return open.length > 0 ? one(open, chance) : notebookPath(editor, chance);
}

function one<Item>(items: readonly Item[], chance: Chance): Item {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}
