import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { Span } from "../../core/text.ts";
import { cellAt } from "../../notebook/cells.ts";
import { NotebookModule } from "../../notebook/module.ts";
import { dummyModels, simpleModels } from "../../project/learning-names.ts";
import type { Project } from "../../project/project.ts";
import type { PythonModule } from "../../python/module.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { freeName, variablesIn } from "../../refactorings/function-name.ts";
import { isCallOf, statementOf } from "./estimators.ts";
import { evaluationsIn } from "./evaluation.ts";
import { importEdits, importRefusal, linesBelow } from "./insertion.ts";
import { judgedLoops } from "./judged-loop.ts";
import { type Found, type JudgedModel, judgedModel } from "./judged-model.ts";
import { type Ladder, ladderOf, type Picture } from "./ladder.ts";
import { comparesInLoop } from "./loop-comparisons.ts";
import { isStatistics } from "./statistics.ts";

/** A cell that a notebook gets: its source, and the cell (from 0) below which it stands. */
export interface NewCell {
  readonly below: number;
  readonly source: string;
}

/** Edits of a script, a cell for a notebook, or why there is nothing to compare. */
export type AddedBaseline =
  | { readonly edits: readonly Edit[]; readonly picture: Picture }
  | { readonly cell: NewCell }
  | { readonly refused: string };

/**
 * Compares the model that a file judges with chance, with a rule to fill in and with a simple model: the one judged `at` a
 * place, else the last one.
 */
export function addBaseline(module: PythonModule, project: Project, at?: Span): AddedBaseline {
  const flow = valueFlowOf(module);
  const makes = (words: ReadonlySet<string>) => flow.calls.some((call) => isCallOf(call, words));
  if (makes(dummyModels) && makes(simpleModels)) return { refused: l10n.t("there is a baseline here already") };
  const found = chosen(flow, at);
  if ("refused" in found) return found;
  const anchor = anchorOf(found, flow, module);
  if (flow.syntax.isBroken) return { refused: l10n.t("the code has a syntax error") };
  const taken = new Set(variablesIn(flow.scopes.module));
  const free = (name: string) => {
    const result = freeName(name, taken);
    taken.add(result);
    return result;
  };
  const isNotebook = module instanceof NotebookModule;
  if (isNotebook && found.call.owner !== flow.syntax.root)
    return { refused: l10n.t("the model is judged inside of a function: judge it in a cell") };
  const picture = pictureFor(module, project, isNotebook ? "cell" : "file");
  const ladder = ladderOf(found, picture, free);
  for (const [from, name] of ladder.imports) {
    const taken = importRefusal(flow, from, [name], anchor);
    if (taken) return taken;
  }
  if (!isNotebook) return { edits: editsFor(module, flow, anchor, ladder), picture };
  const below = cellAt(module.cells, anchor.start)?.index ?? module.cells.length - 1;
  return { cell: { below, source: [...importLines(ladder), "", ...ladder.lines].join("\n") } };
}

/**
 * The judged model at a place, else the last that can be compared, by the first measure of it; else why the last cannot
 * be compared.
 */
function chosen(flow: ValueFlow, at: Span | undefined): Found {
  const loops = judgedLoops(flow);
  const others = evaluationsIn(flow).filter(({ call }) => !loops.some(({ measure }) => measure === call));
  const all = [...others.map(({ call }) => ({ call, found: judgedModel(call, flow) })), ...loops].sort(
    (a, b) => a.call.node.start - b.call.node.start,
  );
  const here = at && all.find(({ call }) => touches(statementOf(call.node), at))?.found;
  if (here && "call" in here) return here;
  const judged = all.flatMap(({ found }) => ("call" in found ? [found] : []));
  const last = judged.at(-1);
  if (last) return judged.find(({ models }) => models.some((value) => last.models.includes(value))) ?? last;
  return here ?? all.at(-1)?.found ?? { refused: nothingJudged(flow) };
}

function nothingJudged(flow: ValueFlow): string {
  if (comparesInLoop(flow))
    return l10n.t("it is not seen how what the loop compares comes from the answers of the model to its data");
  if (flow.calls.some((call) => isStatistics(call)))
    return l10n.t("a model is fitted and described, and judged on nothing that was held back: split the data first");
  return l10n.t(
    "nothing here judges a model: by a measure of scikit-learn, `score`, cross-validation, `evaluate` or a loop of PyTorch",
  );
}

function touches(span: Span, at: Span): boolean {
  return span.start <= at.end && at.start <= span.end;
}

/** The statement below which the comparison stands: behind what is measured and printed, and outside of loops. */
function anchorOf({ call, prepared }: JudgedModel, flow: ValueFlow, module: PythonModule): SyntaxNode {
  const around = prepared ? /^(?:for|while|with)_statement$/ : /^(?:for|while)_statement$/;
  const loop = [...call.node.ancestors()].findLast((each) => around.test(each.type) && call.owner.holds(each));
  const first = loop ?? statementOf(call.node);
  const siblings = first.parent?.named ?? [];
  const evaluations = evaluationsIn(flow);
  const end = module instanceof NotebookModule ? cellAt(module.cells, first.start)?.end : undefined;
  let last = first;
  for (const next of siblings.slice(siblings.indexOf(first) + 1)) {
    const isMeasure = evaluations.some((each) => next.holds(each.call.node)) && /^expression/.test(next.type);
    const isPrint = next.type === "expression_statement" && /^print\(/.test(textOf(flow.syntax, next));
    const isSum = prepared !== undefined && /^\w+ \/?= [\w\s.*/+-]+$/.test(textOf(flow.syntax, next));
    if ((!isMeasure && !isPrint && !isSum) || next.start > (end ?? next.start)) break;
    if (!isSum) last = next;
  }
  return last;
}

function editsFor(module: PythonModule, flow: ValueFlow, anchor: SyntaxNode, ladder: Ladder): readonly Edit[] {
  const imports = new Map(ladder.imports.map(([from]) => [from, namesFrom(ladder, from)]));
  return [
    ...[...imports].flatMap(([from, names]) => importEdits(module, flow, from, names, anchor)),
    linesBelow(module, anchor, ["", ...ladder.lines]),
  ];
}

function importLines(ladder: Ladder): readonly string[] {
  const modules = [...new Set(ladder.imports.map(([from]) => from))].sort();
  return modules.map((from) => `from ${from} import ${namesFrom(ladder, from).join(", ")}`);
}

function namesFrom({ imports }: Ladder, module: string): readonly string[] {
  return [...new Set(imports.filter(([from]) => from === module).map(([, name]) => name))].sort();
}

/** A picture where the project has matplotlib; the table has bars of its own. */
function pictureFor({ path }: PythonModule, { dependencies }: Project, picture: Picture): Picture {
  const isThere =
    dependencies?.isDeclared("matplotlib") === true ||
    dependencies?.importsIn(path).some(({ module }) => /^matplotlib(?:\.|$)/.test(module)) === true;
  return isThere ? picture : "none";
}
