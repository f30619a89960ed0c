import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { Fix } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { nameOf, type SyntaxNode, textOf } from "../../python/syntax.ts";
import { argumentsOf, type Call } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { breaks } from "../../refactorings/reparse.ts";
import { ownsItsLines } from "../../refactorings/selection.ts";
import { SourceLines } from "../../refactorings/source-lines.ts";
import { importEdit, topImports } from "../../refactorings/top-imports.ts";
import { statementOf } from "../baseline/estimators.ts";
import { decoratorsOf } from "./handlers.ts";

/** What changes a model for whoever uses it next. */
const changing =
  /^(fit|partial_fit|fit_transform|train|compile|set_params|load_weights|load_state_dict|add|append|update|pop)$/;

/**
 * Loads a model once instead of in every request: above the handler when the module is imported, or, where a function
 * without parameters returns it, at the first call (`functools.lru_cache`). Neither is safe: requests then share the
 * model, and an error in loading it comes at another time.
 */
export function loadOnceFix(module: PythonModule, flow: ValueFlow, call: Call): Fix {
  if (call.node.parent?.type !== "return_statement") {
    return liftedFix(module, flow, call, l10n.t("Load once, above the handler"));
  }
  return fixWith(l10n.t("Load once, keep the result"), module, cachedEdits(flow, call));
}

/** The first of the two alone, under a title that says where from. */
export function liftedFix(module: PythonModule, flow: ValueFlow, call: Call, title: string): Fix {
  return fixWith(title, module, liftedEdits(flow, call));
}

/** `edits` may be the reason why there are none. */
function fixWith(title: string, module: PythonModule, edits: readonly Edit[] | string): Fix {
  const common = { title, kind: "quickfix", safe: false } as const;
  if (typeof edits === "string") return { ...common, edits: [], refused: edits };
  if (breaks(module, edits)) return { ...common, edits: [], refused: onlyPlain() };
  return { ...common, edits: [{ path: module.path, edits }] };
}

function onlyPlain(): string {
  return l10n.t('only a plain `model = load("path")` can be moved above the handler');
}

/** The edits that move the assignment above the handler, or why it cannot move. */
function liftedEdits({ syntax, scopes }: ValueFlow, call: Call): readonly Edit[] | string {
  const statement = statementOf(call.node);
  const assignment = statement.named[0];
  const target = assignment?.type === "assignment" ? assignment.child("left") : undefined;
  const isPlain = assignment?.child("right") === call.node && target?.type === "identifier";
  const suite = statement.parent;
  const owner = call.owner;
  const scope = scopes.of(owner);
  const top = topOf(owner);
  if (!target || !isPlain || !scope || !isFixed(call) || !suite || suite !== owner.child("body")) return onlyPlain();
  if (top.parent?.type !== "module" || suite.named.length < 2 || !ownsItsLines(syntax, statement, statement))
    return onlyPlain();
  const name = nameOf(syntax, target);
  if (scopes.module.bindings.has(name) || !scope.isLocal(name)) return onlyPlain();
  if (scope.bindings.get(name)?.length !== 1 || scope.parameters.has(name)) {
    return l10n.t("`{0}` is assigned again in the handler", name);
  }
  const loader = loaderOf(call);
  const known = loader && scopes.module.bindings.get(nameOf(syntax, loader));
  const isKnown = loader && scope.ownerOf(nameOf(syntax, loader)) === scopes.module;
  if (!isKnown || !known?.every(({ end }) => end < top.start)) return onlyPlain();
  if (isChanged(owner, name, syntax)) return l10n.t("the handler changes `{0}`, which all requests would share", name);
  const source = new SourceLines(syntax);
  const { lines, lineEnd } = source;
  const first = lines.lineAt(statement.start);
  const last = lines.lineAt(statement.end);
  const place = lines.startOf(source.firstLineOf(top));
  const moved = source.moved(
    { start: statement.start, end: lines.endOf(last) },
    "",
    source.indentationAt(statement.start),
  );
  return [
    { at: { start: place, end: place }, text: [...moved, "", "", ""].join(lineEnd) },
    { at: { start: lines.startOf(first), end: lines.startOf(last + 1) }, text: "" },
  ];
}

/** The edits that make a function without parameters keep its result, or why it cannot. */
function cachedEdits({ syntax, scopes }: ValueFlow, call: Call): readonly Edit[] | string {
  const { owner } = call;
  const hasParameters = (owner.child("parameters")?.named.length ?? 0) > 0;
  const isPlain = owner.parent?.type === "module" && !hasParameters && !owner.hasToken("async");
  if (!isPlain || !isFixed(call) || decoratorsOf(owner, syntax).length > 0) return onlyPlain();
  const known = topImports(syntax).find(
    ({ module, member }) => module === "functools" && (!member || member === "lru_cache"),
  );
  const source = new SourceLines(syntax);
  const at = { start: owner.start, end: owner.start };
  const decorated = (name: string) => ({ at, text: `@${name}${source.lineEnd}` });
  if (known) return [decorated(known.member ? known.name : `${known.name}.lru_cache`)];
  if (scopes.module.bindings.has("lru_cache")) return onlyPlain();
  const imported = importEdit(syntax, "from functools import lru_cache", () => true);
  return imported ? [imported, decorated("lru_cache")] : onlyPlain();
}

function isFixed(call: Call): boolean {
  return argumentsOf(call).every(({ node }) => node.type === "string");
}

/** The name that leads to the function that loads: `joblib` of `joblib.load`. */
function loaderOf(call: Call): SyntaxNode | undefined {
  let callee = call.node.child("function");
  while (callee?.type === "attribute") callee = callee.child("object");
  return callee?.type === "identifier" ? callee : undefined;
}

/** Does the handler set parts of the model, or train it? */
function isChanged(owner: SyntaxNode, name: string, syntax: ValueFlow["syntax"]): boolean {
  return [...owner.descendants()].some((node) => {
    if (node.type !== "identifier" || textOf(syntax, node) !== name) return false;
    let whole = node.parent;
    if (whole?.type !== "attribute" && whole?.type !== "subscript") return false;
    const attribute = whole.child("attribute");
    while (whole.parent?.type === "attribute" || whole.parent?.type === "subscript") whole = whole.parent;
    const isStored = whole.field === "left" && /^(augmented_)?assignment$/.test(whole.parent?.type ?? "");
    const isCalled = whole.parent?.type === "call" && whole.field === "function";
    return isStored || (isCalled && attribute !== undefined && changing.test(textOf(syntax, attribute)));
  });
}

/** The statement of the module that a node stands in. */
function topOf(node: SyntaxNode): SyntaxNode {
  let top = node;
  for (const ancestor of node.ancestors()) {
    if (ancestor.type === "module") return top;
    top = ancestor;
  }
  return top;
}
