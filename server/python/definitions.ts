import { isStringStatement } from "./strings.ts";
import { nameOf, type Syntax, type SyntaxNode, statementsOf, textOf } from "./syntax.ts";

/** One `def` of a module, with where it stands. */
export interface FunctionFacts {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly nameNode: SyntaxNode;
  readonly body: SyntaxNode;
  /** The class whose method it is. */
  readonly owner: SyntaxNode | undefined;
  /** Whether it stands in another function. */
  readonly isNested: boolean;
  /** The texts of its decorators, without `@`. */
  readonly decorators: readonly string[];
}

/** Every function of a module, nested ones and methods too, in source order. */
export function functionsOf(syntax: Syntax): FunctionFacts[] {
  return syntax.ofType("function_definition").flatMap((node) => {
    const nameNode = node.child("name");
    const body = node.child("body");
    if (!nameNode || !body) return [];
    const decorated = node.parent?.type === "decorated_definition" ? node.parent : undefined;
    const decorators = decorated?.named.filter((child) => child.type === "decorator") ?? [];
    const holders = [...node.ancestors()].filter(
      ({ type }) => type === "class_definition" || type === "function_definition",
    );
    const owner = holders[0]?.type === "class_definition" ? holders[0] : undefined;
    return [
      {
        node,
        name: nameOf(syntax, nameNode),
        nameNode,
        body,
        owner,
        isNested: holders.some(({ type }) => type === "function_definition"),
        decorators: decorators.map((each) => textOf(syntax, each).slice(1).trim()),
      },
    ];
  });
}

/** The docstring of a module, class or function, given its suite. */
export function docstringOf(suite: SyntaxNode): SyntaxNode | undefined {
  const [first] = statementsOf(suite);
  return first && isStringStatement(first) ? first : undefined;
}

/** Another program than Python's may choose another word, as execnet's `"__channelexec__"`. */
const isNameOfProgram = /\b__name__[\s)]*(?:[!=]=|in\b)[^"']*["']|["'][^"']*["']\W*[!=]=\s*__name__\b/;

/** Whether a statement asks which program runs the module, as `if __name__ == "__main__":` does, either way round. */
export function isMainGuard(syntax: Syntax, statement: SyntaxNode): boolean {
  const condition = statement.type === "if_statement" ? statement.child("condition") : undefined;
  return condition !== undefined && isNameOfProgram.test(textOf(syntax, condition));
}
