import { isIrrefutable, patternNames } from "./bindings.ts";
import { LeavingSteps } from "./leaving-steps.ts";
import { importedNames, parameterName, type Scopes } from "./scopes.ts";
import type { Step } from "./steps.ts";
import { nameOf, type Syntax, type SyntaxNode, statementsOf, textOf, undecorated } from "./syntax.ts";

/** The steps of one function, or of the module's own code, with every way that control can take between them. */
export interface Flow {
  readonly first: Step;
  readonly steps: readonly Step[];
}

/**
 * The flow of a `function_definition` or of the module. A `finally` suite stands once for each way of leaving it.
 * `maySwallow` tells of a context manager's expression whether it may end an exception's way.
 */
export function flowOf(
  owner: SyntaxNode,
  syntax: Syntax,
  scopes: Scopes,
  maySwallow: (manager: SyntaxNode) => boolean,
): Flow {
  return new StatementSteps(syntax, scopes, owner, maySwallow).build(owner);
}

class StatementSteps extends LeavingSteps {
  private readonly maySwallow: (manager: SyntaxNode) => boolean;

  constructor(syntax: Syntax, scopes: Scopes, owner: SyntaxNode, maySwallow: (manager: SyntaxNode) => boolean) {
    super(syntax, scopes, owner);
    this.maySwallow = maySwallow;
  }

  build(owner: SyntaxNode): Flow {
    const first = this.current;
    const end = this.detached(owner);
    this.onReturn = () => end;
    for (const parameter of owner.child("parameters")?.named ?? []) this.store(parameterName(parameter));
    this.suite(owner.type === "module" ? owner : owner.child("body"));
    this.current.next.push(end);
    return { first, steps: this.steps };
  }

  private suite(suite: SyntaxNode | undefined): void {
    for (const statement of suite ? statementsOf(suite) : []) this.statement(statement);
  }

  private statement(node: SyntaxNode): void {
    this.emit("start", node);
    this.contents(node);
    this.emit("end", node);
  }

  private contents(node: SyntaxNode): void {
    switch (node.type) {
      case "return_statement":
        this.evaluateAll(node.named);
        this.leave(node, this.onReturn());
        return;
      case "raise_statement":
        this.evaluateAll(node.named);
        this.emit("join", node);
        this.leave(node, undefined);
        return;
      case "break_statement":
        this.leave(node, this.onBreak());
        return;
      case "continue_statement":
        this.leave(node, this.onContinue());
        return;
      case "assert_statement":
        this.evaluateAll(node.named.slice(0, 1));
        this.maybe(node, () => this.evaluateAll(node.named.slice(1)));
        return;
      case "delete_statement":
        this.deletions(node);
        return;
      case "if_statement":
        this.ifStatement(node);
        return;
      case "for_statement":
        this.forStatement(node);
        return;
      case "while_statement":
        this.whileStatement(node);
        return;
      case "try_statement":
        this.tryStatement(node);
        return;
      case "with_statement":
        this.withStatement(node);
        return;
      case "match_statement":
        this.matchStatement(node);
        return;
      case "decorated_definition":
      case "function_definition":
      case "class_definition":
        this.definition(node);
        return;
      case "import_statement":
      case "import_from_statement":
      case "future_import_statement":
        for (const name of importedNames(node, this.syntax)) this.emit("bind", node, name);
        return;
      case "global_statement":
      case "nonlocal_statement":
        return;
      default:
        this.evaluateAll(node.named);
    }
  }

  private deletions(node: SyntaxNode): void {
    const visit = (target: SyntaxNode): void => {
      if (target.type === "identifier") this.emit("delete", target, nameOf(this.syntax, target));
      else if (deletedContainers.has(target.type)) target.named.forEach(visit);
      else this.evaluate(target);
    };
    node.named.forEach(visit);
  }

  private ifStatement(node: SyntaxNode): void {
    const after = this.detached(node);
    let hasElse = false;
    for (const clause of [node, ...node.all("alternative")]) {
      if (clause.type === "else_clause") {
        hasElse = true;
        this.suite(clause.child("body"));
        this.current.next.push(after);
        continue;
      }
      this.evaluateAll(clause.all("condition"));
      const tested = this.current;
      this.suite(clause.child("consequence"));
      this.current.next.push(after);
      this.current = tested;
    }
    if (!hasElse) this.current.next.push(after);
    this.current = after;
  }

  private forStatement(node: SyntaxNode): void {
    this.evaluateAll(node.all("right"));
    this.emit("join", node);
    const head = this.current;
    this.loop(node, head, () => {
      this.store(node.child("left"));
      this.suite(node.child("body"));
    });
  }

  private whileStatement(node: SyntaxNode): void {
    this.emit("join", node);
    const head = this.current;
    const condition = node.child("condition");
    if (condition) this.evaluate(condition);
    const tested = this.current;
    const isEndless = condition !== undefined && /^\(*(True|[1-9][0-9]*)\)*$/.test(textOf(this.syntax, condition));
    this.loop(node, head, () => this.suite(node.child("body")), isEndless ? this.detached(node) : tested);
  }

  /** `head` starts each turn, `ended` is where the loop may stop by itself. */
  private loop(node: SyntaxNode, head: Step, turn: () => void, ended = head): void {
    const outer = this.exits();
    const after = this.detached(node);
    this.onBreak = () => after;
    this.onContinue = () => head;
    turn();
    this.current.next.push(head);
    this.enter(outer);
    this.current = ended;
    this.suite(node.child("alternative")?.child("body"));
    this.current.next.push(after);
    this.current = after;
  }

  private tryStatement(node: SyntaxNode): void {
    const outer = this.exits();
    const last = node.named.find((child) => child.type === "finally_clause");
    const cleanup = () => this.suite(last?.named[0]);
    if (last) this.enterWithFinally(last, cleanup);
    const inner = this.exits();
    const clauses = node.named.filter((child) => child.type === "except_clause");
    const dispatch = this.detached(node);
    const after = this.detached(node);
    if (clauses.length > 0) this.handler = dispatch;
    this.emit("join", node);
    this.suite(node.child("body"));
    this.enter(inner);
    this.suite(node.named.find((child) => child.type === "else_clause")?.child("body"));
    this.current.next.push(after);
    this.current = dispatch;
    for (const clause of clauses) this.exceptClause(clause, after);
    if (inner.handler) this.current.next.push(inner.handler);
    this.enter(outer);
    this.current = after;
    cleanup();
  }

  private exceptClause(clause: SyntaxNode, after: Step): void {
    const value = clause.child("value");
    const alias = clause.child("alias") ?? value?.child("alias");
    this.evaluateAll(value?.type === "as_pattern" ? value.named.slice(0, 1) : clause.all("value"));
    const compared = this.current;
    this.emit("join", clause);
    const outer = this.exits();
    const name = alias && nameOf(this.syntax, alias);
    const forget = () => this.emit("unbind", clause, name);
    if (name) this.enterWithFinally(clause, forget);
    if (name) this.emit("bind", clause, name);
    this.suite(clause.named.find((child) => child.type === "block"));
    this.enter(outer);
    if (name) forget();
    this.current.next.push(after);
    this.current = compared;
  }

  private withStatement(node: SyntaxNode): void {
    const outer = this.exits();
    const after = this.detached(node);
    for (const item of node.named.find((child) => child.type === "with_clause")?.named ?? []) {
      let value = item.child("value");
      while (value?.type === "parenthesized_expression") value = value.named[0];
      const manager = value?.type === "as_pattern" ? value.named[0] : value;
      if (!manager || !value) continue;
      this.evaluate(manager);
      const alias = value === manager ? undefined : value.child("alias");
      const isName = alias?.named[0]?.type === "identifier";
      if (isName) this.store(alias);
      if (this.maySwallow(manager)) {
        const swallowed = this.detached(node, outer.handler);
        swallowed.next.push(after);
        this.handler = swallowed;
      }
      if (!isName) this.store(alias);
    }
    this.suite(node.child("body"));
    this.enter(outer);
    this.current.next.push(after);
    this.current = after;
  }

  private matchStatement(node: SyntaxNode): void {
    this.evaluateAll(node.all("subject"));
    const after = this.detached(node);
    let isTotal = false;
    for (const clause of node.child("body")?.named ?? []) {
      const { captured, read } = patternNames(clause.named.filter(isPattern), this.syntax);
      this.evaluateAll(read);
      const before = this.current;
      for (const name of captured) this.store(name);
      this.evaluateAll(clause.child("guard")?.named ?? []);
      const matched = this.current;
      this.suite(clause.child("consequence"));
      this.current.next.push(after);
      this.current = this.detached(clause);
      isTotal ||= isIrrefutable(clause);
      if (!isTotal) for (const step of new Set([before, matched])) step.next.push(this.current);
    }
    this.current.next.push(after);
    this.current = after;
  }

  private definition(statement: SyntaxNode): void {
    const node = undecorated(statement);
    if (node !== statement) this.evaluateAll(statement.named.filter((child) => child !== node));
    for (const parameter of node.child("parameters")?.named ?? []) {
      this.evaluateAll([...parameter.all("value"), ...parameter.all("type")]);
    }
    this.evaluateAll([...node.all("return_type"), ...node.all("superclasses")]);
    const name = node.child("name");
    this.capture(node, name && nameOf(this.syntax, name));
    this.store(name);
  }
}

const deletedContainers = new Set(["expression_list", "tuple", "list", "parenthesized_expression"]);

function isPattern(node: SyntaxNode): boolean {
  return node.type === "case_pattern";
}
