import * as l10n from "@vscode/l10n";
import { applyEdits, type Edit } from "../../core/edit.ts";
import type { Span } from "../../core/text.ts";
import type { PlacedCell } from "../../notebook/cells.ts";
import { importedNames } from "../../python/scopes.ts";
import { type Refusal, refuse } from "../refusals.ts";
import { partsOf } from "./module-text.ts";
import { type CellStatement, namesMentioned, ownsLines, startWithComments } from "./notebook-code.ts";
import { importsUsed, movedNames, type Plan, type Step } from "./notebook-to-module.ts";
import { isShown } from "./stretches.ts";

/** What changes in the cells: each changed cell is written anew. Refuses where an import would come too early. */
export function notebookEdits(plan: Plan): readonly Edit[] | Refusal {
  const { code, movable, steps } = plan;
  const removed = new Set([...movable.definitions.values(), ...movable.constants.values()]);
  const inSteps = new Set(steps.flatMap(({ stretch }) => stretch));
  const staying = code.statements.filter((each) => !removed.has(each) && !inSteps.has(each) && !isImport(each));
  const mentioned = new Set([
    ...namesMentioned(
      staying.map(({ node }) => node),
      code.syntax,
    ),
    ...code.magicWords,
  ]);
  const place = importPlace(plan, staying);
  const hoisted = hoistedRefusal(plan, place);
  if (hoisted) return hoisted;
  const dropped = code.statements.filter((each) => isImport(each) && isDropped(each, plan, mentioned, place));
  const edits = [
    ...steps.flatMap((step) => stepEdits(step, plan)),
    ...[...removed, ...dropped].map((each) => ({ at: wholeLines(plan, each), text: "" })),
    importEdit(plan, place, mentioned, dropped),
    ...silencedEdits(plan, staying),
  ];
  return code.cells.flatMap(({ cell }) => cellEdit(plan, cell, edits, [...removed]));
}

function isImport({ node }: CellStatement): boolean {
  return /^(?:future_)?import_(?:from_)?statement$/.test(node.type);
}

/** A call in place of the first cell's part; the parts of other cells are gone. */
function stepEdits(step: Step, { code }: Plan): Edit[] {
  const call = `${step.name}(${step.parameters.join(", ")})`;
  const text = step.results.length > 0 ? `${step.results.join(", ")} = ${call}` : call;
  return partsOf(step, code).map(({ start, end, cell }, index) => {
    if (index === 0) return { at: { start, end }, text };
    return { at: { start, end: Math.min(end + 1, cell.end) }, text: "" };
  });
}

/** The lines of a statement, with the comments right above a definition and the blank lines below. */
function wholeLines({ code }: Plan, statement: CellStatement): Span {
  const {
    node,
    in: { cell },
  } = statement;
  const { lines } = code.source;
  const start = isImport(statement) ? lines.startOf(lines.lineAt(node.start)) : startWithComments(code, statement);
  const { end } = code.source.extentOf({ start: node.start, end: node.end });
  const behind = code.syntax.text.slice(Math.min(end, cell.end), cell.end);
  const blank = (isImport(statement) ? /^[^\S\n]*\n?/ : /^(?:[^\S\n]*\n)*/).exec(behind)?.[0].length ?? 0;
  return { start, end: Math.min(end, cell.end) + blank };
}

/** Where the notebook imports its module: behind the last import above the first place that needs it. */
interface ImportPlace {
  readonly statement: CellStatement;
  readonly isBehind: boolean;
  /** From here on the module is there. */
  readonly offset: number;
}

function importPlace(plan: Plan, staying: readonly CellStatement[]): ImportPlace | undefined {
  const { code, steps } = plan;
  const moved = movedNames(plan);
  const users = [
    ...steps.flatMap(({ stretch: [first] }) => first ?? []),
    ...staying.filter(({ node }) => [...namesMentioned([node], code.syntax)].some((name) => moved.has(name))),
    ...plan.movable.definitions.values(),
  ].sort((left, right) => left.node.start - right.node.start);
  const [first] = users;
  if (!first) return undefined;
  const above = code.statements.findLast(
    (each) => isImport(each) && each.node.end <= first.node.start && !each.in.isMagic,
  );
  if (!above) return { statement: first, isBehind: false, offset: first.node.start };
  return { statement: above, isBehind: true, offset: above.node.end };
}

/** What an import may depend on: where modules are found, which are installed, how they are set up. */
const preparing =
  /\bsys\.(?:path|modules)\b|\bos\.(?:environ|chdir|putenv)\b|\bsite\.|\bimportlib\b|\.use\(|[%!]\s*(?:cd\b|env\b|set_env\b|.*\binstall\b)|\bload_dotenv\b/;

function hoistedRefusal(plan: Plan, place: ImportPlace | undefined): Refusal | undefined {
  const { code, movable } = plan;
  for (const name of importsUsed(plan)) {
    const [first] = movable.imports.get(name) ?? [];
    if (!first || !place || first.node.start < place.offset) continue;
    const between = code.notebook.joined.slice(place.offset, first.node.start);
    if (preparing.test(between)) return refuse("NOTEBOOK_IMPORTS", [name]);
  }
  return undefined;
}

/** An import leaves the notebook when only the module uses it, and nothing in between could notice. */
function isDropped(
  statement: CellStatement,
  plan: Plan,
  mentioned: ReadonlySet<string>,
  place: ImportPlace | undefined,
): boolean {
  const { code } = plan;
  const names = importedNames(statement.node, code.syntax);
  const used = importsUsed(plan);
  if (names.length === 0 || !ownsLines(code, statement)) return false;
  if (!names.every((name) => used.has(name) && !mentioned.has(name))) return false;
  const [start, end] = [statement.node.end, place?.offset ?? 0];
  return start >= end || !preparing.test(code.notebook.joined.slice(start, end));
}

function importEdit(
  plan: Plan,
  place: ImportPlace | undefined,
  mentioned: ReadonlySet<string>,
  dropped: readonly CellStatement[],
): Edit {
  const { code, steps, path } = plan;
  const { text } = code.syntax;
  const needed = [...movedNames(plan)].filter((name) => mentioned.has(name) || isPickled(name, plan));
  const wanted = [...needed, ...steps.map(({ name }) => name)];
  const names = (wanted.length > 0 ? wanted : [...plan.movable.definitions.keys()]).sort();
  const line = importLine(path.replace(/^.*\//, "").replace(/\.py$/, ""), names, code.source.unit);
  if (!place) return { at: { start: 0, end: 0 }, text: "" };
  const { statement, isBehind } = place;
  if (!isBehind) {
    const start = startWithComments(code, statement);
    return { at: { start, end: start }, text: `${line}\n\n` };
  }
  const { end } = code.source.extentOf({ start: statement.node.start, end: statement.node.end });
  const { cell } = statement.in;
  const isLast = end >= cell.end || text[end] !== "\n";
  const at = Math.min(isLast ? end : end + 1, cell.end);
  const before = isLast && !dropped.includes(statement) ? "\n" : "";
  return { at: { start: at, end: at }, text: `${before}${line}\n` };
}

function importLine(module: string, names: readonly string[], unit: string): string {
  const line = `from ${module} import ${names.join(", ")}`;
  return line.length <= 88 ? line : `from ${module} import (\n${names.map((name) => `${unit}${name},\n`).join("")})`;
}

/** What was pickled by the notebook finds its classes there again. */
function isPickled(name: string, { movable, code }: Plan): boolean {
  const isClass = movable.definitions.get(name)?.node.type === "class_definition";
  return isClass && /\b(?:pickle|joblib|dill|cloudpickle|torch\.load)\b/.test(code.syntax.text);
}

/** What was not shown, since something stood below it that is gone, must not be shown now. */
function silencedEdits({ code, steps }: Plan, staying: readonly CellStatement[]): Edit[] {
  const firsts = new Set(steps.map(({ stretch }) => stretch[0]));
  return code.cells.flatMap((cell) => {
    const own = code.statements.filter((each) => each.in === cell);
    const last = own.findLast((each) => staying.includes(each) || firsts.has(each) || isImport(each));
    if (!last || last.isLast || !staying.includes(last) || !isShown(last.node)) return [];
    return [{ at: { start: last.node.end, end: last.node.end }, text: ";" }];
  });
}

/** A cell as it is after the edits in it; one that lost everything says where that went. */
function cellEdit(plan: Plan, cell: PlacedCell, edits: readonly Edit[], removed: readonly CellStatement[]): Edit[] {
  const own = edits.filter(
    ({ at, text }) => cell.start <= at.start && at.end <= cell.end && (at.end > at.start || text !== ""),
  );
  if (own.length === 0) return [];
  const moved = own.map(({ at, text }) => ({ at: { start: at.start - cell.start, end: at.end - cell.start }, text }));
  const before = plan.code.notebook.sourceOf(cell);
  const after = applyEdits(before, moved)
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
  return [{ at: { start: cell.start, end: cell.end }, text: after === "" ? whereItWent(plan, cell, removed) : after }];
}

function whereItWent({ steps, path, movable }: Plan, cell: PlacedCell, removed: readonly CellStatement[]): string {
  const names = [...movable.definitions, ...movable.constants]
    .filter(([, statement]) => removed.includes(statement) && statement.in.cell === cell)
    .map(([name]) => name);
  const own = steps.filter(({ stretch }) => stretch.some((each) => each.in.cell === cell)).map(({ name }) => name);
  const all = [...names, ...own].map((name) => `\`${name}\``).join(", ");
  const file = path.replace(/^.*\//, "");
  return `# ${all === "" ? l10n.t("Moved to {0}.", file) : l10n.t("Moved to {0}: {1}.", file, all)}`;
}
