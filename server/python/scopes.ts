import type { Span } from "../core/text.ts";
import { bindTarget, patternNames } from "./bindings.ts";
import type { PythonModule } from "./module.ts";
import { Scope, type ScopeKind } from "./scope.ts";
import { nameOf, type Syntax, type SyntaxNode, syntaxOf } from "./syntax.ts";

/** The scopes of one module, found by the node that opens them. */
export interface Scopes {
  readonly module: Scope;
  of(node: SyntaxNode): Scope | undefined;
}

/** The scopes of a module, read when they are first asked for. */
export function scopesOf(module: PythonModule): Scopes {
  return module.once(readScopes, () => readScopes(syntaxOf(module), module.earlier?.scopes));
}

/** The scopes of functions that the syntax has taken over from an `earlier` version are taken over, too. */
export function readScopes(syntax: Syntax, earlier?: Scopes): Scopes {
  const { module, byNode } = new ScopeReader(syntax, earlier);
  return { module, of: (node) => byNode.get(node) };
}

const comprehensions = new Set([
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
]);

export function isComprehension(node: SyntaxNode): boolean {
  return comprehensions.has(node.type);
}

/** The iterable of a comprehension's first `for`, which is evaluated outside it. */
export function firstIterables(comprehension: SyntaxNode): readonly SyntaxNode[] {
  return comprehension.children.find((child) => child.type === "for_in_clause")?.all("right") ?? [];
}

class ScopeReader {
  readonly syntax: Syntax;
  readonly earlier: Scopes | undefined;
  readonly module: Scope;
  readonly byNode = new Map<SyntaxNode, Scope>();

  constructor(syntax: Syntax, earlier: Scopes | undefined) {
    this.syntax = syntax;
    this.earlier = earlier;
    this.module = this.open("module", syntax.root, undefined);
    this.visitAll(syntax.root.children, this.module);
  }

  private open(kind: ScopeKind, node: SyntaxNode, parent: Scope | undefined): Scope {
    const scope = new Scope(kind, node, parent);
    this.byNode.set(node, scope);
    return scope;
  }

  private name(span: Span): string {
    return nameOf(this.syntax, span);
  }

  private visitAll(nodes: readonly SyntaxNode[], scope: Scope): void {
    for (const node of nodes) this.visit(node, scope);
  }

  private visit(node: SyntaxNode, scope: Scope): void {
    switch (node.type) {
      case "identifier":
        scope.reads.add(this.name(node));
        return;
      case "attribute":
        this.visitAll(node.all("object"), scope);
        return;
      case "keyword_argument":
        this.visitAll(node.all("value"), scope);
        return;
      case "function_definition":
        this.visitFunction(node, scope);
        return;
      case "lambda":
        this.visitLambda(node, scope);
        return;
      case "class_definition":
        this.visitClass(node, scope);
        return;
      case "global_statement":
        for (const name of node.named) scope.globals.add(this.name(name));
        return;
      case "nonlocal_statement":
        for (const name of node.named) scope.nonlocals.add(this.name(name));
        return;
      case "case_pattern":
        this.visitCase(node, scope);
        return;
      case "named_expression":
        this.visitWalrus(node, scope);
        return;
    }
    if (isComprehension(node)) {
      this.visitComprehension(node, scope);
      return;
    }
    if (isImport(node)) {
      for (const name of importedNames(node, this.syntax)) scope.bind(name, node);
      return;
    }
    const targets = targetsOf(node);
    for (const child of node.children) {
      if (targets.includes(child)) this.visitTarget(child, node, scope);
      else this.visit(child, scope);
    }
  }

  private visitTarget(target: SyntaxNode, by: SyntaxNode, scope: Scope): void {
    bindTarget(
      target,
      (name) => {
        scope.bind(this.name(name), by);
        if (by.type === "augmented_assignment" || by.type === "delete_statement") scope.reads.add(this.name(name));
      },
      (expression) => this.visit(expression, scope),
    );
  }

  private visitFunction(node: SyntaxNode, scope: Scope): void {
    const name = node.child("name");
    if (name) scope.bind(this.name(name), node);
    const known = this.earlier?.of(node);
    const inner = known ? undefined : this.open("function", node, scope);
    this.visitParameters(node.child("parameters"), scope, inner);
    this.visitAll(node.all("return_type"), scope);
    if (known) this.adopt(known, scope);
    if (inner) this.visitAll(node.all("body"), inner);
  }

  private adopt(known: Scope, scope: Scope): void {
    known.parent = scope;
    scope.children.push(known);
    for (const each of known.all()) this.byNode.set(each.node, each);
  }

  private visitLambda(node: SyntaxNode, scope: Scope): void {
    const inner = this.open("lambda", node, scope);
    this.visitParameters(node.child("parameters"), scope, inner);
    this.visitAll(node.all("body"), inner);
  }

  private visitParameters(list: SyntaxNode | undefined, outside: Scope, inside: Scope | undefined): void {
    for (const parameter of list?.named ?? []) {
      this.visitAll([...parameter.all("type"), ...parameter.all("value")], outside);
      const name = parameterName(parameter);
      if (!name || !inside) continue;
      inside.bind(this.name(name), parameter);
      inside.parameters.add(this.name(name));
    }
  }

  private visitClass(node: SyntaxNode, scope: Scope): void {
    const name = node.child("name");
    if (name) scope.bind(this.name(name), node);
    this.visitAll(node.all("superclasses"), scope);
    this.visitAll(node.all("body"), this.open("class", node, scope));
  }

  private visitComprehension(node: SyntaxNode, scope: Scope): void {
    const inner = this.open("comprehension", node, scope);
    const outside = firstIterables(node);
    this.visitAll(outside, scope);
    for (const child of node.children) {
      if (child.type !== "for_in_clause") this.visit(child, inner);
      for (const left of child.type === "for_in_clause" ? child.all("left") : []) {
        this.visitTarget(left, child, inner);
      }
      if (child.type !== "for_in_clause") continue;
      this.visitAll(
        child.all("right").filter((right) => !outside.includes(right)),
        inner,
      );
    }
  }

  /** PEP 572: binds in the nearest scope that is no comprehension. */
  private visitWalrus(node: SyntaxNode, scope: Scope): void {
    let holder = scope;
    while (holder.kind === "comprehension" && holder.parent) holder = holder.parent;
    const name = node.child("name");
    if (name) holder.bind(this.name(name), node);
    if (name && holder !== scope) scope.reads.add(this.name(name));
    this.visitAll(node.all("value"), scope);
  }

  private visitCase(node: SyntaxNode, scope: Scope): void {
    const pattern = patternNames([node], this.syntax);
    for (const name of pattern.captured) scope.bind(this.name(name), node);
    for (const name of pattern.read) scope.reads.add(this.name(name));
  }
}

const none: readonly SyntaxNode[] = [];

/** The children of a node that name what it binds or deletes. */
function targetsOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case "assignment":
    case "augmented_assignment":
    case "for_statement":
      return node.all("left");
    case "as_pattern":
    case "except_clause":
      return node.all("alias");
    case "delete_statement":
      return node.named;
    default:
      return none;
  }
}

function isImport(node: SyntaxNode): boolean {
  return (
    node.type === "import_statement" || node.type === "import_from_statement" || node.type === "future_import_statement"
  );
}

/** The names that an import statement binds; `import a.b` binds `a`. */
export function importedNames(node: SyntaxNode, syntax: Syntax): readonly string[] {
  if (!isImport(node)) return [];
  return node.all("name").flatMap((item) => {
    const bound = item.child("alias") ?? (node.type === "import_statement" ? item.named[0] : item);
    return bound ? [nameOf(syntax, bound)] : [];
  });
}

/** The identifier of a parameter; separators have none. */
export function parameterName(parameter: SyntaxNode): SyntaxNode | undefined {
  if (parameter.type === "identifier") return parameter;
  if (parameter.type === "keyword_separator" || parameter.type === "positional_separator") return undefined;
  const inner = parameter.child("name") ?? parameter.named[0];
  return inner && inner.type !== "identifier" ? parameterName(inner) : inner;
}
