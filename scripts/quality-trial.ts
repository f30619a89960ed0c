// One refactoring at one random place of a file.
import { join, relative } from "node:path";
import { applyEdits, type Edit } from "../server/core/edit.ts";
import { defaultSettings } from "../server/core/settings.ts";
import type { Span } from "../server/core/text.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageNamed, refactorings } from "../server/languages.ts";
import { PythonModule } from "../server/python/module.ts";
import { scopesOf } from "../server/python/scopes.ts";
import { nameOf, readSyntax, type SyntaxNode, textOf } from "../server/python/syntax.ts";
import { extractDuplicates } from "../server/refactorings/extract-duplicates.ts";
import { kindOfName } from "../server/refactorings/node-kinds.ts";
import { scopesAround } from "../server/refactorings/selection.ts";
import { type Chance, randomPlace } from "../test/refactorings/random-places.ts";

export interface Tried {
  readonly file: string;
  readonly refactoring: string;
  /** `applied`, `wrong`, or the code of the refusal. */
  readonly outcome: string;
  readonly before: string;
  /** The text afterwards; undefined when it was refused. */
  readonly after: string | undefined;
  /** Across files: the other files that were made or changed, by their full paths. */
  readonly others?: ReadonlyMap<string, string>;
}

/** `extract-duplicates` with the second copy in another module. */
const across = "extract-duplicates across files";
/** How often each is tried, in twentieths. */
const shares = {
  "extract-function": 6,
  "extract-duplicates": 4,
  [across]: 4,
  "extract-variable": 3,
  "extract-constant": 1,
  "invert-if": 2,
};
const names = Object.entries(shares).flatMap(([name, share]) => Array.from({ length: share }, () => name));
const { project } = new Workspace("/project", defaultSettings);

/** Undefined where the file has no such place. `root` is the folder of the package, with its tests. */
export function tryAt(root: string, file: string, text: string, chance: Chance): Tried | undefined {
  const name = names[Math.floor(chance() * names.length)] ?? "";
  if (name === across) return tryAcross(root, file, text, chance);
  const prepared = name === "extract-duplicates" ? withCopy(text, chance) : onePlace(text, name, chance);
  const refactoring = refactorings.find((each) => each.name === name);
  if (!prepared || !refactoring) return undefined;
  using module = new PythonModule(relative(root, file), prepared.text);
  const places = prepared.places.map((at) => ({ file: module, at }));
  const options = refactoring.knowsAll && chance() < 0.3 ? { all: true } : {};
  const result = refactoring.apply(places, options, project);
  const after = result.applied ? applyEdits(prepared.text, result.edits[0]?.edits ?? []) : undefined;
  return { file, refactoring: name, outcome: result.applied ? "applied" : result.code, before: prepared.text, after };
}

/** The module once more, under another name and with one function varied: the same statements of both become one function. */
function tryAcross(root: string, file: string, text: string, chance: Chance): Tried | undefined {
  const path = relative(root, file);
  const twin = path.replace(/\.py$/, `_twin${Math.floor(chance() * 1e6)}.py`).replace("__init___", "_init_");
  const varied = withVariation(text, chance);
  if (!varied) return undefined;
  const workspace = new Workspace(root, defaultSettings);
  for (const _ of workspace.scan());
  workspace.open(twin, languageNamed("python"), varied.text);
  using module = new PythonModule(path, text);
  using other = new PythonModule(twin, varied.text);
  const places = [
    { file: module, at: varied.run },
    { file: other, at: varied.copied },
  ];
  const result = extractDuplicates.apply(places, {}, workspace.project);
  const common = { file, refactoring: across, outcome: result.applied ? "applied" : result.code, before: text };
  if (!result.applied) return { ...common, after: undefined };
  const others = new Map<string, string>();
  let after = text;
  for (const { path: edited, edits } of result.edits) {
    const changed = applyEdits(edited === path ? text : (workspace.textOf(edited) ?? ""), edits);
    if (edited === path) after = changed;
    else others.set(join(root, edited), changed);
  }
  return { ...common, after, others };
}

interface Prepared {
  readonly text: string;
  readonly places: readonly Span[];
}

function onePlace(text: string, name: string, chance: Chance): Prepared | undefined {
  using module = new PythonModule("module.py", text);
  if (name !== "invert-if") {
    const place = randomPlace(module, name, chance);
    return place && { text, places: [place] };
  }
  const found = readSyntax(module).ofType("if_statement");
  const chosen = found[Math.floor(chance() * found.length)];
  return chosen && { text, places: [{ start: chosen.start, end: chosen.start }] };
}

/**
 * The module with a second version of one of its functions above or below it: with other names for its variables and
 * other values among the statements that are to be extracted from both.
 */
function withCopy(text: string, chance: Chance): Prepared | undefined {
  using module = new PythonModule("module.py", text);
  const chosen = chosenRun(module, chance);
  if (!chosen) return undefined;
  const { host, run } = chosen;
  const start = text.lastIndexOf("\n", host.start) + 1;
  const end = text.indexOf("\n", host.end) + 1 || text.length;
  const edits = variation(module, host, run, chance);
  const changed = applyEdits(
    text.slice(start, end),
    edits.map(({ at, text: by }) => ({ at: moved(at, -start), text: by })),
  );
  const length = (until: number) =>
    edits
      .filter(({ at }) => at.end <= until)
      .reduce((sum, { at, text: by }) => sum + by.length - (at.end - at.start), 0);
  const copied = { start: run.start - start + length(run.start), end: run.end - start + length(run.end) };
  const isAbove = chance() < 0.5;
  const [at, own] = isAbove ? [start, changed.length + 1] : [end, 0];
  const whole = `${text.slice(0, at)}${isAbove ? "" : "\n"}${changed}${isAbove ? "\n" : ""}${text.slice(at)}`;
  return { text: whole, places: [moved(run, own), moved(copied, isAbove ? start : end + 1)] };
}

/** The whole module with other names and values in the run of one function, whose place is told before and after. */
function withVariation(text: string, chance: Chance): { text: string; run: Span; copied: Span } | undefined {
  using module = new PythonModule("module.py", text);
  const chosen = chosenRun(module, chance);
  if (!chosen) return undefined;
  const { host, run } = chosen;
  const edits = variation(module, host, run, chance).filter(({ at }) => at !== host.child("name"));
  const shift = (until: number) =>
    edits
      .filter(({ at }) => at.end <= until)
      .reduce((sum, { at, text: by }) => sum + by.length - (at.end - at.start), 0);
  const copied = { start: run.start + shift(run.start), end: run.end + shift(run.end) };
  return { text: applyEdits(text, edits), run, copied };
}

function chosenRun(module: PythonModule, chance: Chance): { host: SyntaxNode; run: Span } | undefined {
  const functions = readSyntax(module)
    .ofType("function_definition")
    .filter((node) => node.parent?.type !== "decorated_definition" && isAtTop(node));
  const host = functions[Math.floor(chance() * functions.length)];
  const run = host && runIn(host, chance);
  return host && run && { host, run };
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function isAtTop(node: SyntaxNode): boolean {
  const owner = node.parent?.parent;
  return node.parent?.type === "module" || (owner?.type === "class_definition" && owner.parent?.type === "module");
}

/** Some consecutive statements of one suite of a function. */
function runIn(host: SyntaxNode, chance: Chance): Span | undefined {
  const suites = [...host.descendants()].filter((node) => node.type === "block" && node.named.length > 2);
  const suite = suites[Math.floor(chance() * suites.length)]?.named ?? [];
  const first = Math.floor(chance() * (suite.length - 1));
  const last = Math.min(suite.length - 1, first + 2 + Math.floor(chance() * 6));
  const [from, to] = [suite[first], suite[last]];
  return from && to && { start: from.start, end: to.end };
}

/** Renames the function and its own variables, and changes some of the literals of the run. */
function variation(module: PythonModule, host: SyntaxNode, run: Span, chance: Chance): Edit[] {
  const syntax = module.once(readSyntax, () => readSyntax(module));
  const scopes = scopesOf(module);
  const own = scopes.of(host);
  const name = host.child("name");
  const edits: Edit[] = name ? [{ at: name, text: `_copy_of_${textOf(syntax, name).replaceAll("__", "")}` }] : [];
  const renames = new Map([...(own?.bindings.keys() ?? [])].map((each) => [each, chance() < 0.5]));
  for (const node of host.descendants()) {
    if (node.type === "identifier" && node !== name && own && !/^(self|cls)$/.test(textOf(syntax, node))) {
      const kind = kindOfName(node);
      const word = nameOf(syntax, node);
      const { host: around = own, inner } = scopesAround(node, scopes);
      const isParameter =
        kind === "parameter" && around !== own && node.parent && own.parameters.has(word) && isIn(host, node);
      const isOwn = kind === "variable" && (inner[0] ?? around).ownerOf(word) === own && own.isLocal(word);
      if ((isOwn || isParameter) && renames.get(word)) edits.push({ at: node, text: `${word}_x` });
    }
    const isInRun = run.start <= node.start && node.end <= run.end;
    if (isInRun && node.type === "integer" && /^\d+$/.test(textOf(syntax, node)) && chance() < 0.3) {
      edits.push({ at: node, text: `${Number(textOf(syntax, node)) + 1}` });
    }
    const isPlain = node.type === "string_content" && /^\w+$/.test(textOf(syntax, node));
    if (isInRun && isPlain && chance() < 0.3) edits.push({ at: node, text: `${textOf(syntax, node)}_x` });
  }
  return edits;
}

/** Is the parameter one of the function's own list? */
function isIn(host: SyntaxNode, node: SyntaxNode): boolean {
  const list = host.child("parameters");
  return list?.holds(node) ?? false;
}
