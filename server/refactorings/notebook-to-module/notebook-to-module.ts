import type { FileEdits } from "../../core/edit.ts";
import type { NotebookModule } from "../../notebook/module.ts";
import { isStandardLibrary } from "../../project/standard-library.ts";
import { PythonModule } from "../../python/module.ts";
import { readScopes } from "../../python/scopes.ts";
import { syntaxOf } from "../../python/syntax.ts";
import { namesIn, reserved } from "../function-name.ts";
import { isRefusal, type Refusal, refuse } from "../refusals.ts";
import { signatureOf } from "../signature.ts";
import { moduleText } from "./module-text.ts";
import { type MovableNames, movableNames } from "./movable-names.ts";
import { isBuiltin, magicsOf, type NotebookCode, namesMentioned, readNotebookCode } from "./notebook-code.ts";
import { notebookEdits } from "./notebook-edits.ts";
import { deedName, freeStepName, headingName } from "./step-name.ts";
import { type StretchExtraction, stretchExtraction } from "./stretch-extraction.ts";
import { byCell, type Stretch, stretchesOf } from "./stretches.ts";

/** A stretch of the notebook that becomes a function. */
export interface Step {
  readonly name: string;
  readonly stretch: Stretch;
  readonly extraction: StretchExtraction;
  readonly parameters: readonly string[];
  readonly results: readonly string[];
}

/** Everything that is decided about a notebook before anything is written. */
export interface Plan {
  readonly code: NotebookCode;
  readonly movable: MovableNames;
  readonly steps: readonly Step[];
  /** POSIX path of the module, relative to the root. */
  readonly path: string;
}

export interface NotebookToModule {
  readonly applied: true;
  /** The module, which is made, and the notebook, whose offsets are those of its joined text. */
  readonly edits: readonly FileEdits[];
  /** The module's path, and the functions that the notebook's stretches became. */
  readonly module: string;
  readonly functions: readonly string[];
}

/**
 * Makes a module of what a notebook computes, beside it: stretches of cells become functions by headings and data flow,
 * definitions and imports move, and the notebook calls what it did. Run from top to bottom, it does the same as before.
 * `exists` tells of a path whether there is a file.
 */
export function notebookToModule(
  notebook: NotebookModule,
  exists: (path: string) => boolean,
): NotebookToModule | Refusal {
  const code = readNotebookCode(notebook);
  const refused = notebookRefusal(code);
  if (refused) return refused;
  const path = modulePath(code, exists);
  if (exists(path)) return refuse("FILE_EXISTS", [path]);
  const movable = movableNames(code);
  const steps = stepsOf(code, movable);
  if (isRefusal(steps)) return steps;
  const plan: Plan = { code, movable, steps, path };
  const edits = notebookEdits(plan);
  if (isRefusal(edits)) return edits;
  const text = moduleText(plan);
  const unsound = moduleRefusal(path, text);
  if (unsound) return unsound;
  return {
    applied: true,
    edits: [
      { path, creates: true, edits: [{ at: { start: 0, end: 0 }, text }] },
      { path: notebook.path, edits },
    ],
    module: path,
    functions: steps.map(({ name }) => name),
  };
}

/** Magics after which nobody knows which names there are. */
const binding = /^\s*(%(?:run|pylab|store|load|loadpy|reset|reset_selective|macro|recall|rerun|edit)\b)/;

function notebookRefusal(code: NotebookCode): Refusal | undefined {
  const { syntax, scopes, notebook } = code;
  if (syntax.isBroken) return refuse("BROKEN");
  if (syntax.ofType("wildcard_import").length > 0) return refuse("NOTEBOOK_STAR");
  const magics = magicsOf(notebook).flatMap((line) => binding.exec(line)?.[1] ?? []);
  if (magics.length > 0) return refuse("NOTEBOOK_MAGIC", magics);
  for (const call of syntax.ofType("call")) {
    const callee = call.child("function");
    const name = callee?.type === "identifier" ? syntax.text.slice(callee.start, callee.end) : "";
    const isInFunction = [...call.ancestors()].some(({ type }) => type === "function_definition" || type === "lambda");
    const isBare = (call.child("arguments")?.named.length ?? 0) === 0;
    const finds = name === "globals" || (!isInFunction && /^(?:eval|exec)$/.test(name));
    if (finds || (!isInFunction && isBare && /^(?:locals|vars|dir)$/.test(name)))
      return refuse("NOTEBOOK_FRAME", [name]);
  }
  const outputs = [...scopes.module.freeNames()].filter((name) => /^(?:_{1,3}|_\d+|_i+\d*|In|Out)$/.test(name));
  return outputs.length > 0 ? refuse("NOTEBOOK_OUTPUT", outputs) : undefined;
}

/** Beside the notebook, under its name as a word; not under the name of something that is imported, or of a folder. */
function modulePath({ notebook, syntax }: NotebookCode, exists: (path: string) => boolean): string {
  const file = notebook.path.replace(/^.*\//, "").replace(/\.ipynb$/, "");
  const word =
    file
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join("_") ?? "";
  const stem = /^(?!test)[a-z]/.test(word) ? word : `notebook_${word}`.replace(/_$/, "");
  const beside = (name: string) => notebook.path.replace(/[^/]*$/, name);
  const imported = new Set(
    [...syntax.ofType("dotted_name")].map((node) => syntax.text.slice(node.start, node.end).replace(/\..*$/, "")),
  );
  const own = beside(`${stem}.py`);
  // A module of this name that the notebook imports already is the one that was made of it before.
  const isOther = imported.has(stem) && !exists(own);
  const isTaken = isOther || isStandardLibrary(stem) || reserved.includes(stem) || exists(beside(stem));
  return isTaken ? beside(`${stem}_steps.py`) : own;
}

/** The stretches that can move, whole or cell by cell; with nothing else to move, why the first one cannot. */
function stepsOf(code: NotebookCode, movable: MovableNames): readonly Step[] | Refusal {
  const found: Omit<Step, "name">[] = [];
  let reason: Refusal | undefined;
  const add = (stretch: Stretch): boolean => {
    const extraction = stretchExtraction(stretch, code, movable);
    const signature = isRefusal(extraction) ? extraction : signatureOf([extraction]);
    if (isRefusal(extraction) || isRefusal(signature)) {
      reason ??= isRefusal(extraction) ? extraction : isRefusal(signature) ? signature : undefined;
      return false;
    }
    found.push({ stretch, extraction, parameters: signature.parameters, results: signature.results });
    return true;
  };
  for (const stretch of stretchesOf(code, movable)) {
    const pieces = add(stretch) ? [] : byCell(stretch);
    if (pieces.length > 1) pieces.forEach(add);
  }
  if (found.length === 0 && movable.definitions.size === 0) return reason ?? refuse("NOTEBOOK_NOTHING");
  return namedSteps(found, code);
}

/** The longest stretch under a heading has its name; the others are named after what they do. */
function namedSteps(found: readonly Omit<Step, "name">[], code: NotebookCode): readonly Step[] {
  const taken = new Set([...namesIn(code.syntax), ...code.magicWords]);
  const length = (step: Omit<Step, "name">) => step.extraction.selection.end - step.extraction.selection.start;
  return found.map((step) => {
    const [first] = step.stretch;
    const alike = found.filter((each) => each.stretch[0]?.in.section === first?.in.section);
    const isMain = alike.every((each) => each === step || length(each) < length(step));
    const heading = isMain && first?.in.heading !== undefined ? headingName(first.in.heading) : undefined;
    const isFree = heading !== undefined && !taken.has(heading);
    const name = freeStepName(isFree ? heading : deedName(step.extraction), taken);
    taken.add(name);
    return { ...step, name };
  });
}

/** Looks at the module as Python will: it parses, and knows every name that it uses. */
function moduleRefusal(path: string, text: string): Refusal | undefined {
  using module = new PythonModule(path, text);
  const syntax = syntaxOf(module);
  if (syntax.isBroken) return refuse("BROKEN");
  const unknown = [...readScopes(syntax).module.freeNames()].filter((name) => !isBuiltin(name));
  return unknown.length > 0 ? refuse("UNKNOWN_NAME", unknown) : undefined;
}

/** The names that a plan moves to the module, other than imports: what the notebook then imports from it. */
export function movedNames({ movable }: Plan): ReadonlySet<string> {
  return new Set([...movable.definitions.keys(), ...movable.constants.keys()]);
}

/** The imported names that the module uses. */
export function importsUsed({ movable, steps, code }: Plan): ReadonlySet<string> {
  const nodes = [...movable.definitions.values()].map(({ node }) => node);
  const mentioned = new Set([
    ...namesMentioned(nodes, code.syntax),
    ...steps.flatMap(({ extraction }) => [...extraction.uses]),
  ]);
  return new Set([...movable.imports.keys()].filter((name) => mentioned.has(name)));
}
