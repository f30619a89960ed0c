import type { Edit } from "../core/edit.ts";
import { nameOf, type Syntax, type SyntaxNode } from "../python/syntax.ts";
import type { Extraction } from "./extraction.ts";
import { reserved } from "./function-name.ts";
import { kindOfName } from "./node-kinds.ts";
import { parameterName } from "./parameter-name.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { type RenamedExtraction, renamed } from "./renaming.ts";
import { nodesIn, scopesAround } from "./selection.ts";
import { type Signature, signatureOf } from "./signature.ts";
import { type Difference, unify } from "./unification.ts";

/** More parameters or results than these make the cure worse than the clone (pylint and ruff count alike). */
const mostParameters = 6;
const mostResults = 5;

/** One function for all copies: how it is declared, how each copy calls it, and what is replaced in the first's text. */
export interface SharedFunction {
  readonly signature: Signature;
  /** For each copy its own arguments and the names that take its results. */
  readonly calls: readonly Signature[];
  readonly replaced: readonly Edit[];
  /** Names of the module that the function uses, and that all copies share. */
  readonly globals: ReadonlySet<string>;
}

/** Unifies the copies; refuses what cannot be handed over without a change of what the code does. */
export function sharedFunctionOf(
  extractions: readonly Extraction[],
  isShared?: (name: string) => boolean,
): SharedFunction | Refusal {
  const unification = unify(extractions, isShared);
  if (isRefusal(unification)) return unification;
  const copies = renamed(extractions, unification);
  const [first] = extractions;
  const refusal = differingMeaning(copies);
  if (refusal || !first) return refusal ?? refuse("CLONE_OVERLAP");
  const variables = signatureOf(copies);
  if (isRefusal(variables)) return variables;
  const { method, results } = variables;
  if (method && copies.some(({ own }) => own(method.receiver) !== method.receiver)) {
    return refuse("CLONE_DATAFLOW", [method.receiver]);
  }
  const differences = [...unification.differences].sort((left, right) => startOf(left) - startOf(right));
  const { syntax } = first.selection;
  const taken = new Set([...reserved, ...variables.parameters]);
  const replaced = new Set(differences.flatMap(({ nodes }) => nodes));
  for (const node of nodesIn(first.selection)) {
    if (node.type === "identifier" && !isLabel(node) && !replaced.has(node)) taken.add(nameOf(syntax, node));
  }
  const names = differences.map(
    (each) => commonName(each, taken) ?? (each.nodes[0] ? parameterName(syntax, each.nodes[0], taken) : ""),
  );
  const parameters = [...variables.parameters, ...names];
  const count = Math.max(parameters.length - mostParameters, results.length - mostResults);
  if (count > 0) return refuse("CLONE_PARAMS", [String(Math.max(parameters.length, results.length))]);
  return {
    signature: { parameters, results, method },
    calls: copies.map(({ own }, index) => ({
      parameters: [...variables.parameters.map(own), ...differences.map(({ texts }) => texts[index] ?? "")],
      results: results.map(own),
      method,
    })),
    replaced: differences.flatMap(({ nodes }, index) =>
      nodes.map((node) => replacement(syntax, node, names[index] ?? "")),
    ),
    globals: globalsIn(first, differences),
  };
}

/** A name of the module that is another object in each file, and so is handed over under its own name; adds it to `taken`. */
function commonName({ nodes: [node], texts }: Difference, taken: Set<string>): string | undefined {
  const isOne = node?.type === "identifier" && new Set(texts).size === 1;
  const name = isOne ? (texts[0] ?? "").replace(/^__|__$/g, "").toLowerCase() : "";
  if (!/^[a-z_]\w*$/.test(name) || taken.has(name)) return undefined;
  taken.add(name);
  return name;
}

function globalsIn({ selection }: Extraction, differences: readonly Difference[]): ReadonlySet<string> {
  const replaced = differences.flatMap(({ nodes }) => nodes);
  const found = new Set<string>();
  for (const node of nodesIn(selection)) {
    if (node.type !== "identifier" || kindOfName(node) !== "variable") continue;
    const { host = selection.host, inner } = scopesAround(node, selection.scopes);
    const isGlobal = (inner[0] ?? host).ownerOf(nameOf(selection.syntax, node)) === selection.scopes.module;
    if (isGlobal && !replaced.some((part) => part.holds(node))) found.add(nameOf(selection.syntax, node));
  }
  return found;
}

/** The name of an attribute or of an argument of somebody else's. */
function isLabel(node: SyntaxNode): boolean {
  return /^(attribute|keyword)$/.test(kindOfName(node));
}

function startOf({ nodes: [node] }: Difference): number {
  return node?.start ?? 0;
}

/** A name in the place of a node; words beside it must not run into it. */
function replacement(syntax: Syntax, node: SyntaxNode, name: string): Edit {
  if (node.type === "string_content") return { at: node, text: `{${name}}` };
  const before = /\w$/.test(syntax.text.slice(0, node.start).slice(-1)) ? " " : "";
  const behind = /\w/.test(syntax.text[node.end] ?? "") ? " " : "";
  return { at: node, text: before + name + behind };
}

/** Each name must mean the same kind of thing in all copies, and control must take the same ways. */
function differingMeaning(copies: readonly RenamedExtraction[]): Refusal | undefined {
  const [first] = copies;
  for (const other of copies) {
    if (other.selection.host.kind !== first?.selection.host.kind) return refuse("CLONE_SCOPE");
    if (other.awaits !== first.awaits) return refuse("YIELD");
    const globals = difference(other.globals, first.globals);
    if (globals.length > 0) return refuse("CLONE_GLOBAL_WRITE", globals);
    const inputs = difference(other.inputs, first.inputs);
    if (inputs.length > 0) return refuse("CLONE_DATAFLOW", inputs);
    if (other.returns !== first.returns || other.completes !== first.completes) return refuse("CLONE_SHAPE");
  }
  return undefined;
}

function difference(left: ReadonlySet<string>, right: ReadonlySet<string>): readonly string[] {
  return [...left, ...right].filter((name) => left.has(name) !== right.has(name));
}
