import type { TreeCursor } from "web-tree-sitter";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "./module.ts";

/** What all nodes of a type have in common. */
interface NodeKind {
  readonly type: string;
  readonly isNamed: boolean;
  /** It has no children of its own. */
  readonly isLeaf: boolean;
  /** None of its children is in a field. */
  readonly hasNoFields: boolean;
}

/**
 * A plain mirror of one tree-sitter node, made once per module: reading it costs no call into WebAssembly. Comments
 * and line continuations are no children; offsets are UTF-16.
 */
export class SyntaxNode implements Span {
  readonly type: string;
  readonly start: number;
  /** Behind the node's last token: comments that the grammar counts to a suite are left out. */
  end: number;
  readonly isNamed: boolean;
  readonly field: string | undefined;
  readonly parent: SyntaxNode | undefined;
  readonly children: readonly SyntaxNode[];

  /** `children` are filled in later, by who makes the node. */
  constructor(
    kind: NodeKind,
    span: Span,
    field: string | undefined,
    parent: SyntaxNode | undefined,
    children: readonly SyntaxNode[],
  ) {
    this.type = kind.type;
    this.isNamed = kind.isNamed;
    this.start = span.start;
    this.end = span.end;
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
}

/** Deeper nesting than this is treated as broken, so that recursive readers cannot exhaust the stack. */
const deepest = 400;
/** Python 2, and the scopes of PEP 695, which this model does not know. */
const brokenTypes = new Set(["ERROR", "print_statement", "exec_statement", "chevron", "type_alias_statement"]);

/** The plain tree of a module, made when it is first asked for: every rule walks the same one. */
export function syntaxOf(module: PythonModule): Syntax {
  return module.once(readSyntax, () => readSyntax(module));
}

export function readSyntax(module: PythonModule): Syntax {
  const comments: Span[] = [];
  const byType = new Map<string, SyntaxNode[]>();
  const broken: SyntaxNode[] = [];
  const cursor = module.tree.walk();
  const kinds: NodeKind[] = [];
  // Each look at the cursor is a call into WebAssembly, which costs more than everything else here.
  const read = (
    parent: SyntaxNode | undefined,
    kind: NodeKind,
    around: NodeKind | undefined,
    depth: number,
  ): SyntaxNode => {
    const span = { start: cursor.startIndex, end: cursor.endIndex };
    const field = around === undefined || around.hasNoFields ? undefined : (cursor.currentFieldName ?? undefined);
    const children: SyntaxNode[] = [];
    const node = new SyntaxNode(kind, span, field, parent, children);
    const alike = byType.get(node.type);
    if (alike) alike.push(node);
    else byType.set(node.type, [node]);
    const isMissing = node.start === node.end && cursor.nodeIsMissing;
    if (!kind.isLeaf && depth <= deepest && cursor.gotoFirstChild()) {
      do {
        const inner = kindAt(cursor, kinds);
        if (inner.type === "comment") comments.push({ start: cursor.startIndex, end: cursor.endIndex });
        else if (inner.type !== "line_continuation") children.push(read(node, inner, kind, depth + 1));
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    const last = children.at(-1);
    if (last && last.end < node.end && isBlank(module.text.slice(last.end, node.end))) node.end = last.end;
    if (isMissing || depth > deepest || isUnsound(node)) broken.push(node);
    return node;
  };
  const root = read(undefined, kindAt(cursor, kinds), undefined, 0);
  cursor.delete();
  if (/\r(?!\n)/.test(module.text)) broken.push(root);
  const ofType = (type: string) => byType.get(type) ?? [];
  let variables: Map<string, SyntaxNode[]> | undefined;
  const variablesNamed = (name: string) => {
    variables ??= byName(module, ofType("identifier").filter(isVariable));
    return variables.get(name) ?? [];
  };
  return {
    path: module.path,
    text: module.text,
    root,
    comments,
    broken,
    isBroken: broken.length > 0,
    ofType,
    variablesNamed,
  };
}

const leaves = new Set("identifier integer float true false none string_start string_end comment".split(" "));
const fieldless = new Set("argument_list expression_list list tuple pattern_list string dotted_name".split(" "));

function kindAt(cursor: TreeCursor, kinds: NodeKind[]): NodeKind {
  const id = cursor.nodeTypeId;
  const known = kinds[id];
  if (known) return known;
  const type = cursor.nodeType;
  const isNamed = cursor.nodeIsNamed;
  // `not in` and `is not` hold their two words.
  const isLeaf = isNamed ? leaves.has(type) : !type.includes(" ");
  const kind = { type, isNamed, isLeaf, hasNoFields: fieldless.has(type) };
  kinds[id] = kind;
  return kind;
}

function byName(module: PythonModule, identifiers: readonly SyntaxNode[]): Map<string, SyntaxNode[]> {
  const names = new Map<string, SyntaxNode[]>();
  for (const node of identifiers) {
    const name = nameOf(module, node);
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

function isUnsound(node: SyntaxNode): boolean {
  if (brokenTypes.has(node.type) || node.field === "type_parameters") return true;
  if (node.type === "block") return !node.children.some((child) => child.isNamed);
  return node.type === "as_pattern" && !mayHoldAs(node.parent);
}

/**
 * May nothing be concluded about a statement of the module (or about the module)? What is broken elsewhere counts
 * only where it touches: within, around, or right before, where a decorator may have been meant.
 */
export function isBrokenAround({ broken, root, text }: Syntax, statement: SyntaxNode): boolean {
  if (broken.length === 0) return false;
  if (statement === root) return true;
  const index = root.named.indexOf(statement);
  const [before, after] = [root.named[index - 1], root.named[index + 1]];
  if (broken.some((node) => node !== root && (statement.holds(node) || before?.holds(node)))) return true;
  if (root.type === "module") return broken.includes(root);
  // Where not even the module holds together, a definition does that stands between others at the margin.
  const isAtMargin = (node: SyntaxNode) => node.start === 0 || text[node.start - 1] === "\n";
  const isWhole = (node: SyntaxNode) => /_(statement|definition)$/.test(node.type) && isAtMargin(node);
  const isDefinition = /_definition$/.test(statement.type) && isAtMargin(statement);
  return !isDefinition || (before && !isWhole(before)) || (after !== undefined && !isAtMargin(after));
}

function isBlank(text: string): boolean {
  return /^(\s|\\|#[^\r\n]*)*$/.test(text);
}

/** The grammar takes `x as y` for an expression anywhere. */
function mayHoldAs(node: SyntaxNode | undefined): boolean {
  if (node?.type === "parenthesized_expression") return mayHoldAs(node.parent);
  return node?.type === "with_item" || node?.type === "except_clause" || node?.type === "case_pattern";
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
