import type { PythonModule } from "./module.ts";
import { QualifiedNames } from "./qualified-names.ts";
import { type Scopes, scopesOf } from "./scopes.ts";
import { type Syntax, type SyntaxNode, statementsOf, syntaxOf, undecorated } from "./syntax.ts";
import type { Call, Value } from "./value.ts";
import { ExpressionFlow } from "./value-expressions.ts";

/** The calls of a module, and which values flow into which. */
export interface ValueFlow {
  readonly syntax: Syntax;
  readonly scopes: Scopes;
  readonly names: QualifiedNames;
  /** In the order in which a scope's code runs; the module's own first, then each function's. */
  readonly calls: readonly Call[];
  /** What each function of the file may give back. */
  readonly returned: ReadonlyMap<SyntaxNode, readonly Value[]>;
}

const key = Symbol("value flow");

/** Computed once for a module. Functions are looked at one by one, with what the module's own code leaves behind. */
export function valueFlowOf(module: PythonModule): ValueFlow {
  return module.once(key, () => {
    const syntax = syntaxOf(module);
    const scopes = scopesOf(module);
    const names = new QualifiedNames(syntax, scopes);
    const reader = new StatementFlow(syntax, names);
    reader.readModule();
    return { syntax, scopes, names, calls: [...reader.calls.values()], returned: reader.returned };
  });
}

/** Statements in the order of their text: branches are joined, a loop's body is read twice. */
class StatementFlow extends ExpressionFlow {
  readonly returned = new Map<SyntaxNode, readonly Value[]>();
  #loops = 0;

  readModule(): void {
    this.suite(this.syntax.root);
    const outer = this.environment;
    for (const definition of this.syntax.ofType("function_definition")) {
      this.environment = new Map(outer);
      this.owner = definition;
      this.bindParameters(definition);
      this.suite(definition.child("body"));
    }
  }

  private suite(suite: SyntaxNode | undefined): void {
    for (const statement of suite ? statementsOf(suite) : []) this.statement(statement);
  }

  private statement(node: SyntaxNode): void {
    switch (node.type) {
      case "if_statement":
        this.evaluateAll(node.all("condition"));
        this.branches([
          () => this.suite(node.child("consequence")),
          ...node.all("alternative").map((clause) => () => {
            this.evaluateAll(clause.all("condition"));
            this.suite(clause.child("consequence") ?? clause.child("body"));
          }),
          ...(node.all("alternative").some((clause) => clause.type === "else_clause") ? [] : [() => undefined]),
        ]);
        return;
      case "for_statement":
        this.loop(() => {
          this.bindElements(node.child("left"), node.child("right"));
          this.suite(node.child("body"));
        });
        this.suite(node.child("alternative")?.child("body"));
        return;
      case "while_statement":
        this.loop(() => {
          this.evaluateAll(node.all("condition"));
          this.suite(node.child("body"));
        });
        this.suite(node.child("alternative")?.child("body"));
        return;
      case "try_statement":
        this.tryStatement(node);
        return;
      case "with_statement":
        for (const item of node.named.find((child) => child.type === "with_clause")?.named ?? []) {
          this.evaluateAll(item.named);
        }
        this.suite(node.child("body"));
        return;
      case "match_statement":
        this.evaluateAll(node.all("subject"));
        this.branches([
          ...(node.child("body")?.named ?? []).map((clause) => () => this.suite(clause.child("consequence"))),
          () => undefined,
        ]);
        return;
      case "decorated_definition":
        for (const child of node.named) if (child.type === "decorator") this.evaluateAll(child.named);
        this.statement(undecorated(node));
        return;
      case "class_definition":
        // Its statements run where it stands; what they bind is the class's own.
        this.branches([() => this.suite(node.child("body")), () => undefined]);
        return;
      case "return_statement": {
        const values = this.evaluateAll(node.named);
        this.returned.set(this.owner, [...new Set([...(this.returned.get(this.owner) ?? []), ...values])]);
        return;
      }
      case "function_definition":
      case "import_statement":
      case "import_from_statement":
        return;
      default:
        this.evaluateAll(node.named);
    }
  }

  private tryStatement(node: SyntaxNode): void {
    const suites = node.named.filter((child) => child.type === "except_clause" || child.type === "except_group_clause");
    this.branches([() => this.suite(node.child("body")), () => undefined]);
    this.branches([
      () => this.suite(node.named.find((child) => child.type === "else_clause")?.child("body")),
      ...suites.map((clause) => () => this.suite(clause.named.find((child) => child.type === "block"))),
    ]);
    this.suite(node.named.find((child) => child.type === "finally_clause")?.named[0]);
  }

  /** Each way starts with what is known now; afterwards a name may have what any of them gave it. */
  private branches(ways: readonly (() => void)[]): void {
    const before = this.environment;
    const ends = ways.map((way) => {
      this.environment = new Map(before);
      way();
      return this.environment;
    });
    const joined: typeof before = new Map();
    for (const end of ends) {
      for (const [name, values] of end) {
        const known = joined.get(name);
        joined.set(name, known && known !== values ? [...new Set([...known, ...values])] : values);
      }
    }
    this.environment = joined;
  }

  /** Twice, so that what one turn leaves is there in the next; deep inside of other loops, they see to that. */
  private loop(turn: () => void): void {
    this.#loops++;
    this.branches([turn, () => undefined]);
    if (this.#loops <= 3) this.branches([turn, () => undefined]);
    this.#loops--;
  }
}
