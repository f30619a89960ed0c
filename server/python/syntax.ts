import type { Span } from "../core/text.ts";
import { TreeWalk } from "../core/tree-walk.ts";
import { isUnsound } from "./broken-syntax.ts";
import type { PythonModule } from "./module.ts";

/** What all nodes of a type have in common. */
interface NodeKind {
  readonly type: string;
  readonly isNamed: boolean;
  /** It has no children of its own. */
  readonly isLeaf: boolean;
  /** None of its children is in a field. */
  readonly hasNoFields: boolean;
  /** A function or class: what is taken over from the text before an edit. */
  readonly isDefinition: boolean;
}

/**
 * A plain mirror of one tree-sitter node, made once per module: reading it costs no call into WebAssembly. Comments
 * and line continuations are no children; offsets are UTF-16. The next version of an edited text takes nodes over: then
 * they move, and only then.
 */
export class SyntaxNode implements Span {
  readonly type: string;
  start: number;
  /** Behind the node's last token: comments that the grammar counts to a suite are left out. */
  end: number;
  readonly isNamed: boolean;
  field: string | undefined;
  parent: SyntaxNode | undefined;
  readonly children: readonly SyntaxNode[];

  /** `children` are filled in later, by who makes the node. */
  constructor(
    kind: Pick<NodeKind, "type" | "isNamed">,
    start: number,
    end: number,
    field: string | undefined,
    parent: SyntaxNode | undefined,
    children: readonly SyntaxNode[],
  ) {
    this.type = kind.type;
    this.isNamed = kind.isNamed;
    this.start = start;
    this.end = end;
    this.field = field;
    this.parent = parent;
    this.children = children;
  }

  get named(): readonly SyntaxNode[] {
    return this.children.filter((child) => child.isNamed);
  }

  /** The first child of a field of the grammar. */
  child(field: string): SyntaxNode | undefined {
    return this.children.find((child) => child.field === field);
  }

  all(field: string): readonly SyntaxNode[] {
    return this.children.filter((child) => child.field === field && child.isNamed);
  }

  /** Has a keyword or sign of this spelling among its own children (`async`, `from`). */
  hasToken(token: string): boolean {
    return this.children.some((child) => !child.isNamed && child.type === token);
  }

  holds(other: Span): boolean {
    return this.start <= other.start && other.end <= this.end;
  }

  /** The node's ancestors, the nearest first. */
  *ancestors(): Generator<SyntaxNode> {
    for (let node = this.parent; node; node = node.parent) yield node;
  }

  /** The node and everything in it, in source order. */
  *descendants(): Generator<SyntaxNode> {
    const waiting: SyntaxNode[] = [this];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      yield node;
      for (let index = node.children.length - 1; index >= 0; index--) {
        const child = node.children[index];
        if (child) waiting.push(child);
      }
    }
  }
}

/** One module as plain nodes. */
export interface Syntax {
  readonly path: string;
  readonly text: string;
  readonly root: SyntaxNode;
  readonly comments: readonly Span[];
  /** The nodes of a type, in source order. */
  ofType(type: string): readonly SyntaxNode[];
  /** The identifiers that spell a variable of this name, in source order: no attributes, no keywords of calls. */
  variablesNamed(name: string): readonly SyntaxNode[];
  /** The nodes from which nothing may be concluded: ERROR and MISSING ones, Python 2, empty suites, PEP 695. */
  readonly broken: readonly SyntaxNode[];
  readonly isBroken: boolean;
  /** For the text after the next edit, by `identity`. */
  readonly definitions: ReadonlyMap<number, ReadDefinition>;
}

/** A function or class of a text, as it was read. */
interface ReadDefinition {
  readonly node: SyntaxNode;
  /** Where tree-sitter keeps its first child: the same place in two trees is the same, shared subtree. */
  readonly identity: number;
  readonly comments: readonly Span[];
}

/** Deeper nesting than this is treated as broken, so that recursive readers cannot exhaust the stack. */
const deepest = 400;
/** The plain tree of a module, made when it is first asked for: every rule walks the same one. */
export function syntaxOf(module: PythonModule): Syntax {
  return module.once(readSyntax, () => readSyntax(module));
}

export function readSyntax(module: PythonModule): Syntax {
  return syntaxFrom(module.path, module.text, readTree(module));
}

/** What is asked for later must hold on to this version alone, not to how it was read from an earlier one. */
function syntaxFrom(path: string, text: string, { byType, ...read }: ReadTree): Syntax {
  const ofType = (type: string) => byType.get(type) ?? [];
  let variables: Map<string, SyntaxNode[]> | undefined;
  const variablesNamed = (name: string) => {
    variables ??= byName({ text }, ofType("identifier").filter(isVariable));
    return variables.get(name) ?? [];
  };
  return { path, text, ...read, isBroken: read.broken.length > 0, ofType, variablesNamed };
}

interface ReadTree extends Pick<Syntax, "root" | "comments" | "broken" | "definitions"> {
  readonly byType: ReadonlyMap<string, readonly SyntaxNode[]>;
}

/**
 * With an `earlier` version of the module's text the definitions that an edit left as they were are taken from there,
 * which is then spent: each look at the tree is a call into WebAssembly, and costs more than everything else here.
 */
function readTree(module: PythonModule): ReadTree {
  const comments: Span[] = [];
  const byType = new Map<string, SyntaxNode[]>();
  const broken: SyntaxNode[] = [];
  const definitions = new Map<number, ReadDefinition>();
  const earlier = module.earlier?.syntax;
  const known = new Map([...(earlier?.definitions.values() ?? [])].map((each) => [each.node, each]));
  const wasBroken = new Set(earlier?.broken);
  using walk = new TreeWalk(module.tree);
  const kinds: NodeKind[] = [];
  const note = (node: SyntaxNode) => {
    const alike = byType.get(node.type);
    if (alike) alike.push(node);
    else byType.set(node.type, [node]);
  };
  const take = (node: SyntaxNode, by: number) => {
    node.start += by;
    node.end += by;
    note(node);
    for (const child of node.children) take(child, by);
    const definition = known.get(node);
    if (definition) definitions.set(definition.identity, { ...definition, comments: moved(definition, by) });
    if (wasBroken.has(node)) broken.push(node);
  };
  const read = (
    parent: SyntaxNode | undefined,
    kind: NodeKind,
    around: NodeKind | undefined,
    depth: number,
  ): SyntaxNode => {
    const field = around === undefined || around.hasNoFields ? undefined : walk.field;
    const start = walk.start;
    const identity = kind.isDefinition ? firstChildId(walk) : 0;
    const before = kind.isDefinition ? earlier?.definitions.get(identity) : undefined;
    if (before?.node.type === kind.type) {
      const by = start - before.node.start;
      Object.assign(before.node, { field, parent });
      comments.push(...moved(before, by));
      take(before.node, by);
      return before.node;
    }
    const children: SyntaxNode[] = [];
    const node = new SyntaxNode(kind, start, walk.end, field, parent, children);
    note(node);
    const isMissing = node.start === node.end && walk.isMissing;
    if (!kind.isLeaf && depth <= deepest && walk.toFirstChild()) {
      const first = comments.length;
      do {
        const inner = kindAt(walk, kinds);
        if (inner.type === "comment") comments.push({ start: walk.start, end: walk.end });
        else if (inner.type !== "line_continuation") children.push(read(node, inner, kind, depth + 1));
      } while (walk.toNextSibling());
      walk.toParent();
      if (kind.isDefinition) definitions.set(identity, { node, identity, comments: comments.slice(first) });
    }
    const last = children.at(-1);
    if (last && last.end < node.end && isBlank(module.text.slice(last.end, node.end))) node.end = last.end;
    if (isMissing || depth > deepest || isUnsound(node)) broken.push(node);
    return node;
  };
  const root = read(undefined, kindAt(walk, kinds), undefined, 0);
  if (/\r(?!\n)/.test(module.text)) broken.push(root);
  return { root, comments, broken, definitions, byType };
}

function firstChildId(walk: TreeWalk): number {
  if (!walk.toFirstChild()) return 0;
  const id = walk.nodeId;
  walk.toParent();
  return id;
}

function moved({ comments }: ReadDefinition, by: number): Span[] {
  return comments.map(({ start, end }) => ({ start: start + by, end: end + by }));
}

const leaves = new Set("identifier integer float true false none string_start string_end comment".split(" "));
const fieldless = new Set("argument_list expression_list list tuple pattern_list string dotted_name".split(" "));

function kindAt(walk: TreeWalk, kinds: NodeKind[]): NodeKind {
  const id = walk.typeId;
  const known = kinds[id];
  if (known) return known;
  const { type } = walk;
  const isNamed = walk.isNamed;
  // `not in` and `is not` hold their two words.
  const isLeaf = isNamed ? leaves.has(type) : !type.includes(" ");
  const isDefinition = type === "function_definition" || type === "class_definition";
  const kind = { type, isNamed, isLeaf, hasNoFields: fieldless.has(type), isDefinition };
  kinds[id] = kind;
  return kind;
}

function byName(syntax: Pick<Syntax, "text">, identifiers: readonly SyntaxNode[]): Map<string, SyntaxNode[]> {
  const names = new Map<string, SyntaxNode[]>();
  for (const node of identifiers) {
    const name = nameOf(syntax, node);
    const alike = names.get(name);
    if (alike) alike.push(node);
    else names.set(name, [node]);
  }
  return names;
}

function isVariable({ parent, field }: SyntaxNode): boolean {
  if (parent?.type === "attribute" && field === "attribute") return false;
  return !(parent?.type === "keyword_argument" && field === "name");
}

function isBlank(text: string): boolean {
  return /^(?:\s|\\|#[^\r\n]*(?:[\r\n]|$))*$/.test(text);
}

export function textOf(syntax: Pick<Syntax, "text">, span: Span): string {
  return syntax.text.slice(span.start, span.end);
}

/** A name as Python compares it: identifiers are normalised (language reference 2.3). */
export function nameOf(syntax: Pick<Syntax, "text">, identifier: Span): string {
  return textOf(syntax, identifier).normalize("NFKC");
}

/** The statements of a suite: of a `block`, or of the module. */
export function statementsOf(suite: SyntaxNode): readonly SyntaxNode[] {
  return suite.named;
}

/** Is the node a statement of a suite (and not a header, a clause or an expression)? */
export function isStatement(node: SyntaxNode): boolean {
  const suite = node.parent;
  return (suite?.type === "block" || suite?.type === "module") && node.isNamed && node.type !== "case_clause";
}

/** What a decorated definition decorates, or the node itself. */
export function undecorated(node: SyntaxNode): SyntaxNode {
  return node.type === "decorated_definition" ? (node.child("definition") ?? node) : node;
}

/** A string that stands first in a module, class or function. */
export function isDocstring(node: SyntaxNode): boolean {
  const suite = node.parent;
  const isBody = suite?.type === "module" || (suite && /^(function|class)_definition$/.test(suite.parent?.type ?? ""));
  const [only] = node.named;
  return Boolean(
    isBody && suite?.named[0] === node && (only?.type === "string" || only?.type === "concatenated_string"),
  );
}
