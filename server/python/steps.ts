import { bindTarget } from "./bindings.ts";
import { firstIterables, isComprehension, type Scopes } from "./scopes.ts";
import { nameOf, type Syntax, type SyntaxNode } from "./syntax.ts";

/**
 * What happens to names, one thing at a time: `start` and `end` frame each statement (`end` is reached only when it
 * completes normally), `delete` needs the name to be bound, `unbind` (after `except … as name`) does not.
 */
export type StepKind = "start" | "end" | "read" | "bind" | "delete" | "unbind" | "join";

export class Step {
  readonly kind: StepKind;
  readonly node: SyntaxNode;
  readonly name: string | undefined;
  readonly next: Step[] = [];
  /** Where an exception goes that is raised here, before the step has had its effect; undefined: out. */
  readonly handler: Step | undefined;

  constructor(kind: StepKind, node: SyntaxNode, name: string | undefined, handler: Step | undefined) {
    this.kind = kind;
    this.node = node;
    this.name = name;
    this.handler = handler;
  }
}

/** The steps of expressions, in Python's order of evaluation (language reference 6.16). */
export class ExpressionSteps {
  readonly syntax: Syntax;
  readonly scopes: Scopes;
  readonly steps: Step[] = [];
  protected current: Step;
  protected handler: Step | undefined;

  constructor(syntax: Syntax, scopes: Scopes, owner: SyntaxNode) {
    this.syntax = syntax;
    this.scopes = scopes;
    this.current = this.detached(owner);
  }

  /** A step that nothing leads to yet. */
  protected detached(node: SyntaxNode, handler = this.handler): Step {
    const step = new Step("join", node, undefined, handler);
    this.steps.push(step);
    return step;
  }

  protected emit(kind: StepKind, node: SyntaxNode, name?: string): void {
    const step = new Step(kind, node, name, this.handler);
    this.steps.push(step);
    this.current.next.push(step);
    this.current = step;
  }

  /** Control leaves for `target`; what follows in the text is not reached from here. */
  protected leave(node: SyntaxNode, target: Step | undefined): void {
    if (target) this.current.next.push(target);
    this.current = this.detached(node);
  }

  /** Something that happens or does not. */
  protected maybe(node: SyntaxNode, happens: () => void): void {
    const before = this.current;
    happens();
    this.emit("join", node);
    before.next.push(this.current);
  }

  protected evaluateAll(nodes: readonly SyntaxNode[]): void {
    for (const node of nodes) this.evaluate(node);
  }

  protected evaluate(node: SyntaxNode): void {
    switch (node.type) {
      case "identifier":
        this.emit("read", node, nameOf(this.syntax, node));
        return;
      case "attribute":
        this.evaluateAll(node.all("object"));
        return;
      case "keyword_argument":
        this.evaluateAll(node.all("value"));
        return;
      case "boolean_operator":
        this.evaluateAll(node.all("left"));
        this.maybe(node, () => this.evaluateAll(node.all("right")));
        return;
      case "conditional_expression":
        this.evaluateConditional(node);
        return;
      case "comparison_operator":
        this.evaluateComparison(
          node,
          node.named.filter((child) => child.field !== "operators"),
        );
        return;
      case "lambda":
        this.evaluateLambda(node);
        return;
      case "named_expression":
        this.evaluateAll(node.all("value"));
        this.store(node.child("name"));
        return;
      case "assignment":
      case "augmented_assignment":
        this.evaluateAssignment(node);
        return;
    }
    if (isComprehension(node)) {
      this.evaluateComprehension(node);
      return;
    }
    this.evaluateAll(node.named);
  }

  protected store(target: SyntaxNode | undefined): void {
    if (!target) return;
    bindTarget(
      target,
      (name) => this.emit("bind", name, nameOf(this.syntax, name)),
      (expression) => this.evaluate(expression),
    );
  }

  /** The value first, then the targets from left to right. Annotations are evaluated outside functions only. */
  private evaluateAssignment(node: SyntaxNode): void {
    const targets: SyntaxNode[] = [];
    let value: SyntaxNode | undefined = node;
    while (value?.type === "assignment") {
      const left = value.child("left");
      if (left) targets.push(left);
      if (isAtModuleLevel(node)) this.evaluateAll(value.all("type"));
      value = value.child("right");
    }
    const [declared] = targets;
    if (!value) {
      if (declared?.type !== "identifier" && declared) this.evaluate(declared);
      return;
    }
    const changed = node.type === "augmented_assignment" ? node.child("left") : undefined;
    if (changed) this.evaluate(changed);
    this.evaluateAll(changed ? node.all("right") : [value]);
    if (changed?.type === "identifier") this.store(changed);
    for (const target of targets) this.store(target);
  }

  private evaluateConditional(node: SyntaxNode): void {
    const [body, test, otherwise] = node.named;
    if (test) this.evaluate(test);
    const before = this.current;
    if (body) this.evaluate(body);
    const after = this.detached(node);
    this.current.next.push(after);
    this.current = before;
    if (otherwise) this.evaluate(otherwise);
    this.current.next.push(after);
    this.current = after;
  }

  /** `a < b < c` evaluates `c` only when `a < b` holds. */
  private evaluateComparison(node: SyntaxNode, operands: readonly SyntaxNode[]): void {
    this.evaluateAll(operands.slice(0, 2));
    const rest = operands.slice(2);
    if (rest.length > 0) this.maybe(node, () => this.evaluateAll(rest));
  }

  private evaluateLambda(node: SyntaxNode): void {
    for (const parameter of node.child("parameters")?.named ?? []) this.evaluateAll(parameter.all("value"));
    this.capture(node);
  }

  private evaluateComprehension(node: SyntaxNode): void {
    this.evaluateAll(firstIterables(node));
    this.capture(node);
    const holder = scopeNodeOf(node);
    for (const inner of node.descendants()) {
      if (inner.type !== "named_expression" || scopeNodeOf(inner) !== holder) continue;
      this.maybe(inner, () => this.store(inner.child("name")));
    }
  }

  /** A nested scope takes its free names along: each is read here, at the latest. */
  protected capture(node: SyntaxNode, except?: string): void {
    for (const name of this.scopes.of(node)?.freeNames() ?? []) {
      if (name !== except) this.emit("read", node, name);
    }
  }
}

const scopeTypes = new Set(["function_definition", "lambda", "class_definition", "module"]);

/** The function, lambda, class or module that a node stands in. */
export function scopeNodeOf(node: SyntaxNode): SyntaxNode | undefined {
  for (const ancestor of node.ancestors()) if (scopeTypes.has(ancestor.type)) return ancestor;
  return undefined;
}

function isAtModuleLevel(node: SyntaxNode): boolean {
  return scopeNodeOf(node)?.type === "module";
}
