import * as l10n from "@vscode/l10n";
import { textOf } from "../../python/syntax.ts";
import { boundBy } from "./movable-names.ts";
import { type CellStatement, magicsOf, startWithComments } from "./notebook-code.ts";
import { importsUsed, type Plan, type Step } from "./notebook-to-module.ts";

/** The module: what it is, its imports, constants, definitions, and one function for each step. */
export function moduleText(plan: Plan): string {
  const { code, movable, steps } = plan;
  const definitions = [...movable.definitions.values()].sort(inOrder);
  const constants = [...movable.constants.values()].sort(inOrder);
  const blocks = [
    [docstring(plan)],
    importLines(plan),
    constants.map((each) => statementText(plan, each)),
    ...definitions.map((each) => ["", statementText(plan, each)]),
    ...steps.map((step) => ["", ...functionLines(step, plan)]),
  ];
  const { lineEnd } = code.source;
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join("\n")}\n`)
    .join("\n")
    .replace(/\r?\n/g, lineEnd);
}

function inOrder(left: CellStatement, right: CellStatement): number {
  return left.node.start - right.node.start;
}

function docstring({ code, path }: Plan): string {
  const notebook = plain(code.notebook.path.replace(/^.*\//, ""));
  const magics = new Set(magicsOf(code.notebook).flatMap((line) => /^\s*((?:%%?|!)\w+)/.exec(line)?.[1] ?? []));
  const first = l10n.t("The steps of {0}, which imports them from here.", notebook);
  const stayed = l10n.t("What plots or only shows something stayed in the notebook.");
  const dropped =
    magics.size > 0 ? ` ${l10n.t("So did {0}.", [...magics].map((each) => `\`${each}\``).join(", "))}` : "";
  return path === "" ? "" : `"""${first}\n\n${stayed}${dropped}\n"""`;
}

/** Without what would end a docstring or mean something in it. */
function plain(text: string): string {
  return text.replace(/[\\"]/g, "").trim();
}

/** Each import that is used, in the notebook's order, without the names that are not. */
function importLines(plan: Plan): string[] {
  const { code, movable } = plan;
  const used = importsUsed(plan);
  const statements = new Set([...used].flatMap((name) => movable.imports.get(name) ?? []));
  const lines = [...statements].sort(inOrder).map(({ node }) => {
    const items = node.all("name").filter((item) => used.has(boundBy(item, node, code.syntax)));
    const names = items.map((item) => textOf(code.syntax, item)).join(", ");
    const from = node.child("module_name");
    return from ? `from ${textOf(code.syntax, from)} import ${names}` : `import ${names}`;
  });
  return [...new Set(lines)];
}

function statementText(plan: Plan, statement: CellStatement): string {
  const { code } = plan;
  const start = startWithComments(code, statement);
  const { end } = code.source.extentOf({ start: statement.node.start, end: statement.node.end });
  return code.syntax.text.slice(start, Math.min(end, statement.in.cell.end)).trimEnd();
}

function functionLines(step: Step, { code }: Plan): string[] {
  const { unit } = code.source;
  const heading = plain(step.stretch[0]?.in.heading?.replace(/[*_`]|^[\d.]+\s*/g, "") ?? "");
  const body = partsOf(step, code).flatMap(({ start, end }, index) => {
    const lines = code.source.moved({ start, end }, unit, "");
    return index === 0 ? lines : ["", ...lines];
  });
  return [
    `def ${step.name}(${step.parameters.join(", ")}):`,
    ...(heading === "" ? [] : [`${unit}"""${heading.replace(/[.:!?]$/, "")}."""`]),
    ...body,
    ...(step.results.length > 0 ? [`${unit}return ${step.results.join(", ")}`] : []),
  ];
}

/** What a step takes of each of its cells, in whole lines with the comments that belong to it. */
export function partsOf({ stretch, extraction: { selection } }: Step, { source, syntax }: Plan["code"]) {
  const cells = [...new Set(stretch.map((each) => each.in.cell))];
  return cells.map((cell, index) => {
    const rest = source.extentOf(selection).end;
    const end = index === cells.length - 1 ? Math.min(rest, cell.end) : cell.end;
    const start = index === 0 ? selection.chosen.start : cell.start;
    const text = syntax.text.slice(start, end);
    const blank = /^(?:[^\S\n]*\n)*/.exec(text)?.[0].length ?? 0;
    return { cell, start: start + blank, end: start + text.trimEnd().length };
  });
}
