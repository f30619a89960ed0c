import type { SyntaxNode } from "./syntax.ts";

export type ScopeKind = "module" | "function" | "lambda" | "class" | "comprehension";

/** One name scope (language reference 4.2; PEP 227, 3104, 572). */
export class Scope {
  readonly kind: ScopeKind;
  readonly node: SyntaxNode;
  /** Of a scope that the next version of a text takes over, another one from then on. */
  parent: Scope | undefined;
  readonly children: Scope[] = [];
  /** Names that are bound, or deleted, in this very scope, each with the nodes that do it. */
  readonly bindings = new Map<string, SyntaxNode[]>();
  readonly parameters = new Set<string>();
  /** Names that occur in this very scope, other than to be bound. */
  readonly reads = new Set<string>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();

  constructor(kind: ScopeKind, node: SyntaxNode, parent: Scope | undefined) {
    this.kind = kind;
    this.node = node;
    this.parent = parent;
    parent?.children.push(this);
  }

  bind(name: string, by: SyntaxNode): void {
    const known = this.bindings.get(name);
    if (known) known.push(by);
    else this.bindings.set(name, [by]);
  }

  isLocal(name: string): boolean {
    return this.bindings.has(name) && !this.globals.has(name) && !this.nonlocals.has(name);
  }

  /** The scope whose variable a name means when it is read here; the module's for globals and builtins. */
  ownerOf(name: string): Scope {
    if (this.isLocal(name)) return this;
    if (this.globals.has(name)) return this.module;
    for (let scope = this.parent; scope; scope = scope.parent) {
      if (scope.kind === "module") return scope;
      if (scope.kind === "class") continue;
      if (scope.isLocal(name)) return scope;
      if (scope.globals.has(name)) return scope.module;
    }
    return this;
  }

  get module(): Scope {
    let scope: Scope = this;
    while (scope.parent) scope = scope.parent;
    return scope;
  }

  /** This scope and all inside it. */
  *all(): Generator<Scope> {
    yield this;
    for (const child of this.children) yield* child.all();
  }

  /** Names that this scope, or one inside it, takes from outside (globals and builtins included). */
  freeNames(): ReadonlySet<string> {
    const free = new Set<string>();
    for (const name of [...this.reads, ...this.nonlocals]) {
      if (!this.isLocal(name) && !this.globals.has(name)) free.add(name);
    }
    for (const child of this.children) {
      for (const name of child.freeNames()) {
        if (this.kind === "class" || (!this.isLocal(name) && !this.globals.has(name))) free.add(name);
      }
    }
    return free;
  }

  /** Outer names that this scope, or one inside it, rebinds with `nonlocal`. */
  rebinds(): ReadonlySet<string> {
    const names = new Set(this.nonlocals);
    for (const child of this.children) {
      for (const name of child.rebinds()) if (this.kind === "class" || !this.isLocal(name)) names.add(name);
    }
    return names;
  }
}
