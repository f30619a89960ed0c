import { type Syntax, type SyntaxNode, statementsOf, textOf } from "../python/syntax.ts";
import type { Extraction } from "./extraction.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { nodesIn, type Selection } from "./selection.ts";

/** Where the new function goes: into a class, bound to the method's first parameter, or to module level. */
export interface MethodPlace {
  readonly class: SyntaxNode;
  /** The name of the first parameter, `self` or `cls`. */
  readonly receiver: string;
  readonly isClassMethod: boolean;
}

/**
 * The class whose method the copies can become together. Only a plain class will do, so that the new method surely
 * is what `self.name` finds; otherwise `self` is handed over as an ordinary argument. Names that mean something only
 * in their class (`super`, `__private`) refuse then.
 */
export function methodPlaceOf(copies: readonly Extraction[]): MethodPlace | Refusal | undefined {
  const places = copies.map(({ selection }) => placeOf(selection));
  const [place] = places;
  const bound = new Set(copies.flatMap(({ selection }) => [...classBoundNames(selection)]));
  const isShared = places.every(
    (other) =>
      other?.class === place?.class &&
      other?.receiver === place?.receiver &&
      other?.isClassMethod === place?.isClassMethod,
  );
  const isRebound = copies.some(
    ({ selection }) => (selection.host.bindings.get(place?.receiver ?? "")?.length ?? 0) > 1,
  );
  const uses = bound.size > 0 || copies.some(({ inputs }) => inputs.has(place?.receiver ?? ""));
  if (place && isShared && !isRebound && uses) return place;
  return bound.size > 0 ? refuse("CLASS_BOUND", bound) : undefined;
}

function placeOf(selection: Selection): MethodPlace | undefined {
  const { syntax } = selection;
  const definition = selection.host.node;
  const statement = definition.parent?.type === "decorated_definition" ? definition.parent : definition;
  const owner = statement.parent?.parent;
  if (owner?.type !== "class_definition" || !isPlain(owner, syntax, 0)) return undefined;
  const [first] = definition.child("parameters")?.named ?? [];
  const name = nameIn(definition, syntax);
  const bare = first?.type === "typed_parameter" ? first.named[0] : first;
  if (bare?.type !== "identifier" || name === "__new__" || isUsedAsValue(name, owner, syntax)) return undefined;
  const decorators = statement.named.filter((child) => child.type === "decorator");
  const names = decorators.map((decorator) => textOf(syntax, decorator).slice(1).trim());
  if (!names.every((decorator) => bindsNormally.test(decorator))) return undefined;
  const isClassMethod = names.includes("classmethod") || /^__(init_subclass|class_getitem)__$/.test(name);
  return { class: owner, receiver: textOf(syntax, bare), isClassMethod };
}

/** Decorators that leave the first parameter what it is. */
const bindsNormally =
  /^(classmethod|property|\w+\.(setter|getter|deleter)|(functools\.)?(cached_property|lru_cache(\(.*\))?|cache|wraps\(.*\))|(abc\.)?abstractmethod|(typing\.)?(override|final)|(torch\.)?(no_grad|inference_mode)\(\)|(contextlib\.)?(async)?contextmanager)$/s;

/** Bases whose attributes are all dunder names, or known. */
const plainBases =
  /^(object|(abc\.)?ABC|(Base)?Exception|(Value|Type|Runtime|Key|Index|Lookup|Attribute|OS|IO|Arithmetic)Error|(User|Runtime|Deprecation)?Warning)$/;
const plainDecorators = /^((dataclasses\.)?dataclass(\(.*\))?|(functools\.)?total_ordering|(typing\.)?final)$/s;

/** Can nothing but the class itself say what `self.name` finds? */
function isPlain(owner: SyntaxNode, syntax: Syntax, depth: number): boolean {
  const decorators = owner.parent?.named.filter((child) => child.type === "decorator") ?? [];
  if (depth > 20) return false;
  if (!decorators.every((decorator) => plainDecorators.test(textOf(syntax, decorator).slice(1).trim()))) return false;
  for (const base of owner.child("superclasses")?.named ?? []) {
    const text = textOf(syntax, base);
    if (/^metaclass\s*=\s*(abc\.)?ABCMeta$/.test(text)) continue;
    const own = classesNamed(text, syntax);
    if (own.length === 0 && plainBases.test(text)) continue;
    const [only] = own;
    if (own.length !== 1 || !only || !isPlain(only, syntax, depth + 1)) return false;
  }
  const body = owner.child("body");
  return !(body ? statementsOf(body) : []).some((member) => /__getattribute__/.test(textOf(syntax, member)));
}

function classesNamed(name: string, syntax: Syntax): readonly SyntaxNode[] {
  return syntax.ofType("class_definition").filter((node) => nameIn(node, syntax) === name);
}

function nameIn(definition: SyntaxNode, syntax: Syntax): string {
  const name = definition.child("name");
  return name ? textOf(syntax, name) : "";
}

/** A function that its class body hands around may be called with anything first. */
function isUsedAsValue(name: string, owner: SyntaxNode, syntax: Syntax): boolean {
  const waiting = [...(owner.child("body")?.children ?? [])];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const isScope = /^(function_definition|lambda|class_definition)$/.test(node.type);
    const isAccessor = node.type === "attribute" && node.parent?.type === "decorator";
    if (node.type === "identifier" && node.field !== "name" && textOf(syntax, node) === name) return true;
    if (!isAccessor) waiting.push(...node.children.filter((child) => !isScope || child.field !== "body"));
  }
  return false;
}

/** `super`, `__class__` and names that are mangled (language reference 6.2.1), when the code stands in a class. */
function classBoundNames(selection: Selection): ReadonlySet<string> {
  const bound = new Set<string>();
  if (![...selection.first.ancestors()].some((node) => node.type === "class_definition")) return bound;
  for (const node of nodesIn(selection)) {
    if (node.type !== "identifier") continue;
    const name = textOf(selection.syntax, node);
    if (name === "super" || name === "__class__" || (name.startsWith("__") && !name.endsWith("__"))) bound.add(name);
  }
  return bound;
}
