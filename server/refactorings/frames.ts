import { type Syntax, type SyntaxNode, textOf, undecorated } from "../python/syntax.ts";
import type { Extraction } from "./extraction.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { calledName, nodesIn, ownNodesIn, type Selection } from "./selection.ts";

/** Refuses code that looks at the frame it runs in, and functions whose own source is read by their decorator. */
export function frameRefusal(extraction: Extraction): Refusal | undefined {
  const { selection, results } = extraction;
  const { syntax } = selection;
  const compiler = compilingDecorator(selection);
  if (compiler) return refuse("DECORATED", [compiler]);
  const watchers = callersThatLook(syntax);
  for (const node of nodesIn(selection)) {
    if (node.type === "class_definition") return refuse("LOCAL_CLASS", [nameText(node, syntax)]);
    const word = node.type === "identifier" ? textOf(syntax, node) : "";
    if (word === "locals" || watchers.has(word)) return refuse("FRAME", [word]);
    if (node.type !== "call") continue;
    const name = calledName(syntax, node);
    if (looksAtFrame(node, name, syntax)) return refuse("FRAME", [name]);
  }
  return hostRefusal(extraction) ?? lifetimeRefusal(selection, results);
}

/** Elsewhere in the host, what finds variables by their name would miss those that moved away. */
function hostRefusal({ selection, assigned }: Extraction): Refusal | undefined {
  const { syntax, host } = selection;
  if (assigned.size === 0 && host.kind !== "module") return undefined;
  const isModule = host.kind === "module";
  for (const node of isModule ? syntax.ofType("call") : host.node.descendants()) {
    if (node.type !== "call") continue;
    const name = calledName(syntax, node);
    const finds = isModule ? usesNamespace(node, name, selection) : readsLocals(node, name, syntax);
    if (finds) return refuse("FRAME", [name]);
  }
  return undefined;
}

/** Does module-level code take the module's names for data, so that it matters which there are? */
function usesNamespace(call: SyntaxNode, name: string, { syntax, statements, expression }: Selection): boolean {
  const isSelected = [...statements, ...(expression ? [expression] : [])].some((node) => node.holds(call));
  const isInFunction = [...call.ancestors()].some((node) => /^(function_definition|lambda)$/.test(node.type));
  if (isInFunction && !isSelected) return false;
  return name === "globals" || (objectOf(call, syntax) === undefined && readsLocals(call, name, syntax));
}

/** Refuses a further variable where the host's variables are looked up by their names. */
export function hostReads(selection: Selection): Refusal | undefined {
  const { syntax, host } = selection;
  const isModule = host.kind === "module";
  if (isPackageCode(selection)) return refuse("PACKAGE_NAMES");
  for (const call of syntax.ofType("call")) {
    const name = calledName(syntax, call);
    const isBare = (call.child("arguments")?.named.length ?? 0) === 0;
    const finds = isModule ? isBare && /^(globals|locals|vars|dir)$/.test(name) : host.node.holds(call);
    if (finds && (isModule || readsLocals(call, name, syntax))) return refuse("FRAME", [name]);
  }
  return undefined;
}

/** Code that makes the names of a package: they are what it offers, and are often listed by others. */
export function isPackageCode({ syntax, host }: Selection): boolean {
  return host.kind === "module" && /(^|\/)__init__\.pyi?$/.test(syntax.path);
}

/** Calls that do not keep their argument alive, or tell who else does. */
const watchers = /^(ref|proxy|WeakMethod|finalize|getrefcount|getrefs|get_referrers|id)$/;

/** Refuses to keep what ends, or is written out, when nothing refers to it any more. */
export function heldRefusal(value: SyntaxNode, syntax: Syntax): Refusal | undefined {
  const call = value.type === "parenthesized_expression" || value.type === "await" ? value.named[0] : value;
  const name = call?.type === "call" ? calledName(syntax, call) : "";
  const isOwner = owners.has(name) || files.has(name) || classesWithDel(syntax).has(name);
  const user = value.parent?.type === "argument_list" ? value.parent.parent : undefined;
  const watcher = user ? calledName(syntax, user) : "";
  if (watchers.test(watcher)) return refuse("LIFETIME_HELD", [name || watcher]);
  return isOwner ? refuse("LIFETIME_HELD", [name]) : undefined;
}

function nameText(node: SyntaxNode, syntax: Syntax): string {
  const name = node.child("name");
  return name ? textOf(syntax, name) : "";
}

const stack = /^(breakpoint|set_trace|_getframemodulename|getrefcount|print_stack|extract_stack|format_stack)$/;

/** Does this call read its caller's variables, its place or the stack? */
function looksAtFrame(call: SyntaxNode, name: string, syntax: Syntax): boolean {
  const list = call.child("arguments")?.named ?? [];
  const object = objectOf(call, syntax);
  if (readsLocals(call, name, syntax) || stack.test(name)) return true;
  if (list.some((argument) => /^(stacklevel|stack_info)$/.test(nameText(argument, syntax)))) return true;
  if (object === undefined) return /^(warn|warn_explicit|stack)$/.test(name);
  if (/(^|\.)warnings$/.test(object)) return /^warn/.test(name);
  return /(^|\.)(inspect|traceback)$/.test(object) && /^(stack|walk_stack)$/.test(name);
}

/** Does this call find its caller's variables by their names? */
function readsLocals(call: SyntaxNode, name: string, syntax: Syntax): boolean {
  const list = call.child("arguments")?.named ?? [];
  const object = objectOf(call, syntax);
  if (/^(locals|_getframe|currentframe|dmatrix|dmatrices)$/.test(name)) return true;
  if (list.some((argument) => nameText(argument, syntax) === "local_dict")) return true;
  if (object === undefined) {
    if (name === "vars" || name === "dir") return list.length === 0;
    return /^(eval|exec)$/.test(name) && list.length < 2;
  }
  return /^(duckdb|pandasql|ne|numexpr|smf|patsy)$/.test(object) || readsByText(name, list, syntax);
}

/** What a method is called on. */
function objectOf(call: SyntaxNode, syntax: Syntax): string | undefined {
  const object = call.child("function")?.child("object");
  return object && textOf(syntax, object);
}

/** `frame.query("x > @limit")`, `frame.eval("@x")`, `numexpr.evaluate("a * b")` find local variables by name. */
function readsByText(name: string, list: readonly SyntaxNode[], syntax: Syntax): boolean {
  if (!/^(query|eval|evaluate|sqldf)$/.test(name) || list.length === 0) return false;
  const [text] = list;
  if (text?.type !== "string")
    return name === "eval" || (name === "query" && /['"][^'"\n]*@[A-Za-z_]/.test(syntax.text));
  return (
    name === "evaluate" || textOf(syntax, text).includes("@") || text.named.some((n) => n.type === "interpolation")
  );
}

/** Functions of this file that look at the stack, or call one that does. */
function callersThatLook(syntax: Syntax): ReadonlySet<string> {
  const looks = /_getframe\w*\s*\(|currentframe\s*\(|inspect\.stack\s*\(|\bstacklevel\s*=|\bf_back\b/;
  if (!looks.test(syntax.text)) return new Set();
  const called = new Map<SyntaxNode, string[]>();
  for (const definition of syntax.ofType("function_definition")) called.set(definition, []);
  for (const call of syntax.ofType("call")) {
    const name = calledName(syntax, call);
    for (const around of call.ancestors()) called.get(around)?.push(name);
  }
  const calls = [...called].map(([definition, names]) => ({
    name: nameText(definition, syntax),
    text: textOf(syntax, definition),
    called: names,
  }));
  const found = new Set(calls.filter(({ text }) => looks.test(text)).map(({ name }) => name));
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { name, called } of calls) if (called.some((callee) => found.has(callee))) found.add(name);
  }
  return found;
}

/** numba, triton, taichi, TorchScript and pipeline components take the decorated function's source away. */
function compilingDecorator({ first, syntax }: Selection): string | undefined {
  for (const node of first.ancestors()) {
    if (node.type !== "decorated_definition") continue;
    for (const decorator of node.named.filter((child) => child.type === "decorator")) {
      const text = textOf(syntax, decorator).slice(1).trim();
      const name = text.replace(/\(.*$/s, "");
      const isTracer = /^(jax|eqx|nnx|flax)\./.test(name);
      if (
        !isTracer &&
        /(^|\.)(n?jit|vectorize|guvectorize|stencil|cfunc|kernel|func|script|script_method)$/.test(name)
      ) {
        return name;
      }
      if (/(^|\.)(component|container_component|virtualenv|external_python|docker|kubernetes)$/.test(name)) return name;
    }
  }
  return undefined;
}

/** Temporary files, weak references, animations, tasks and pools end when nothing refers to them. */
const owners = new Set(
  (
    "NamedTemporaryFile TemporaryDirectory TemporaryFile SpooledTemporaryFile ref WeakMethod proxy finalize " +
    "FuncAnimation ArtistAnimation create_task ensure_future Pool ThreadPool ProcessPoolExecutor Manager SharedMemory " +
    "ExcelWriter PhotoImage QTimer QThread"
  ).split(" "),
);
const files = new Set(["open", "ZipFile", "TarFile", "GzipFile", "File", "HDFStore"]);

/** What a temporary owns ends with the new function, not with the host. */
export function lifetimeRefusal(selection: Selection, results: ReadonlySet<string>): Refusal | undefined {
  const { syntax } = selection;
  const destroyed = classesWithDel(syntax);
  for (const node of ownNodesIn(selection)) {
    const value = node.type === "assignment" || node.type === "named_expression" ? lastValue(node) : undefined;
    const target = node.child("left") ?? node.child("name");
    if (!value || !target || results.has(textOf(syntax, target))) continue;
    if (!["identifier", "pattern_list", "tuple_pattern"].includes(target.type)) continue;
    for (const call of value.descendants()) {
      const name = call.type === "call" ? calledName(syntax, call) : "";
      const owns = owners.has(name) || destroyed.has(name) || (files.has(name) && writes(call, syntax));
      if (owns && !isClosed(textOf(syntax, target), selection)) return refuse("LIFETIME", [textOf(syntax, target)]);
    }
  }
  return undefined;
}

function lastValue(node: SyntaxNode): SyntaxNode | undefined {
  const value = node.child("right") ?? node.child("value");
  return value?.type === "assignment" ? lastValue(value) : value;
}

/** A file opened to be written may hold back what was written until it is closed. */
function writes(call: SyntaxNode, syntax: Syntax): boolean {
  const list = call.child("arguments")?.named ?? [];
  const mode = list.find((argument) => nameText(argument, syntax) === "mode")?.child("value") ?? list[1];
  return mode !== undefined && !/^['"]r[bt]?['"]$/.test(textOf(syntax, mode)) && mode.type !== "keyword_argument";
}

function isClosed(name: string, selection: Selection): boolean {
  return [...ownNodesIn(selection)].some(
    (node) => node.type === "call" && textOf(selection.syntax, node.child("function") ?? node) === `${name}.close`,
  );
}

function classesWithDel(syntax: Syntax): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of syntax.ofType("class_definition")) {
    const members = node.child("body")?.named.map(undecorated) ?? [];
    if (members.some((member) => nameText(member, syntax) === "__del__")) names.add(nameText(node, syntax));
  }
  return names;
}
