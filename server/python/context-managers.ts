import type { Scopes } from "./scopes.ts";
import { scopeNodeOf } from "./steps.ts";
import { type Syntax, type SyntaxNode, textOf, undecorated } from "./syntax.ts";

/** Managers of the standard library and of common packages that let every exception pass. */
const letPass = new Set(
  (
    "open no_grad enable_grad set_grad_enabled inference_mode autocast device closing nullcontext redirect_stdout " +
    "redirect_stderr chdir TemporaryDirectory NamedTemporaryFile TemporaryFile SpooledTemporaryFile ZipFile GzipFile BZ2File LZMAFile " +
    "ThreadPoolExecutor ProcessPoolExecutor Pool catch_warnings localcontext errstate printoptions option_context " +
    "urlopen Popen socket create_connection scandir Session Client AsyncClient ClientSession start_run connect begin " +
    "GradientTape scope name_scope File HDFStore ExcelWriter ExcelFile tqdm Lock RLock Semaphore BoundedSemaphore " +
    "Condition"
  ).split(" "),
);

/**
 * Tells of the expression of a `with` item whether it may end an exception (PEP 343): yes for `suppress` and the
 * like, for an `__exit__` of this file that returns something, and for everything unknown.
 */
export function mayManagerSwallow(syntax: Syntax, scopes: Scopes): (manager: SyntaxNode) => boolean {
  return (manager) => {
    const callee = manager.type === "call" ? manager.child("function") : manager;
    if (!callee) return true;
    const name = textOf(syntax, callee.child("attribute") ?? callee);
    const own = callee.type === "identifier" ? scopes.module.bindings.get(name) : undefined;
    const [definition, ...others] = own ?? [];
    if (definition?.type === "class_definition" && others.length === 0) return !letsPassByExit(definition, syntax);
    if (definition?.type === "function_definition" && others.length === 0) {
      return !letsPassByYield(definition, syntax, mayManagerSwallow(syntax, scopes));
    }
    if (definition && !definition.type.startsWith("import")) return !/lock$|mutex$/i.test(name);
    return !letPass.has(name) && !/lock$|mutex$/i.test(name);
  };
}

/** A class without bases whose `__exit__` returns nothing but None and False. */
function letsPassByExit(definition: SyntaxNode, syntax: Syntax): boolean {
  const exit = definition
    .child("body")
    ?.named.map(undecorated)
    .find((member) => /^__a?exit__$/.test(textOf(syntax, member.child("name") ?? { start: 0, end: 0 })));
  if (!exit || (definition.child("superclasses")?.named.length ?? 0) > 0) return false;
  return [...exit.descendants()]
    .filter((node) => node.type === "return_statement")
    .every((node) => node.named.every((value) => value.type === "none" || value.type === "false"));
}

/** A generator function whose `yield` stands in no try with handlers and in no manager that swallows. */
function letsPassByYield(
  definition: SyntaxNode,
  syntax: Syntax,
  maySwallow: (manager: SyntaxNode) => boolean,
): boolean {
  const decorators = definition.parent?.named.filter((child) => child.type === "decorator") ?? [];
  if (!decorators.some((decorator) => /contextmanager$/.test(textOf(syntax, decorator)))) return false;
  for (const node of definition.descendants()) {
    if (node.type !== "yield" || scopeNodeOf(node) !== definition) continue;
    for (const around of node.ancestors()) {
      if (around === definition) break;
      if (around.type === "try_statement" && around.named.some((child) => child.type === "except_clause")) return false;
      if (around.type === "finally_clause") return false;
      if (around.type === "with_item" || around.type !== "with_statement") continue;
      const items = around.named.find((child) => child.type === "with_clause")?.named ?? [];
      if (items.some((item) => !item.child("value") || maySwallow(managerOf(item)))) return false;
    }
  }
  return ![...definition.descendants()].some((node) => node.type === "return_statement" && isInFinally(node));
}

function isInFinally(node: SyntaxNode): boolean {
  return [...node.ancestors()].some((ancestor) => ancestor.type === "finally_clause");
}

/** The manager's expression of a `with_item`, without parentheses and without its target. */
export function managerOf(item: SyntaxNode): SyntaxNode {
  let value = item.child("value") ?? item;
  while (value.type === "parenthesized_expression" && value.named[0]) value = value.named[0];
  return value.type === "as_pattern" ? (value.named[0] ?? value) : value;
}
