import { plainString } from "./strings.ts";
import { type Syntax, type SyntaxNode, textOf } from "./syntax.ts";

/** A relative path that is written down, in one literal or in parts that are joined. */
export interface PathLiteral {
  readonly node: SyntaxNode;
  /** With forward slashes, as it is written. */
  readonly text: string;
}

/** The literals that may be paths, and `os.path.join("lab", "x.csv")`, `Path("lab", "x.csv")` and `Path("lab") / "x.csv"`. */
export function pathLiterals(syntax: Syntax): PathLiteral[] {
  const joined = joinedPaths(syntax);
  const single = syntax.ofType("string").flatMap((node) => {
    const text = plainString(syntax, node);
    return text === undefined || joined.some((each) => each.node.holds(node)) ? [] : [{ node, text }];
  });
  return [...single, ...joined].sort((a, b) => a.node.start - b.node.start);
}

function joinedPaths(syntax: Syntax): PathLiteral[] {
  if (!/\bpath\.join\(|\bimport\b.*\bjoin\b|Path\(/.test(syntax.text)) return [];
  const joined = ["call", "binary_operator"].flatMap((type) =>
    syntax.ofType(type).flatMap((node) => {
      const parts = partsOf(syntax, node);
      return parts && parts.length > 1 ? [{ node, text: parts.join("/") }] : [];
    }),
  );
  // Of `Path("a") / "b" / "c"` the whole.
  return joined.filter(({ node }) => !joined.some((other) => other.node !== node && other.node.holds(node)));
}

const joining = /^(?:(?:os\.)?path\.join|join|(?:pathlib\.)?(?:Pure)?(?:Posix|Windows)?Path)$/;

/** The literal parts of a joined path; undefined where one of them is no literal. */
function partsOf(syntax: Syntax, node: SyntaxNode): string[] | undefined {
  if (node.type === "string") {
    const text = plainString(syntax, node);
    return text === undefined ? undefined : [text];
  }
  if (node.type === "binary_operator" && node.hasToken("/")) return all([node.child("left"), node.child("right")]);
  const called = node.type === "call" ? node.child("function") : undefined;
  const given = node.child("arguments")?.named ?? [];
  return called && given.length > 0 && joining.test(textOf(syntax, called)) ? all(given) : undefined;

  function all(nodes: readonly (SyntaxNode | undefined)[]): string[] | undefined {
    const parts = nodes.map((each) => each && partsOf(syntax, each));
    return parts.every((each) => each !== undefined) ? parts.flat() : undefined;
  }
}

/** The literals that name a module to import or to run: `import_module("lab.model")`, `["python", "-m", "lab.train"]`. */
export function moduleLiterals(syntax: Syntax): PathLiteral[] {
  if (!/import_module|run_module|__import__|["']-m["']/.test(syntax.text)) return [];
  return syntax.ofType("string").flatMap((node) => {
    const text = plainString(syntax, node);
    return text !== undefined && /^\w+(?:\.\w+)*$/.test(text) && namesModule(syntax, node) ? [{ node, text }] : [];
  });
}

function namesModule(syntax: Syntax, node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent?.type === "argument_list") {
    const called = parent.parent?.child("function");
    if (called && /(?:^|\.)(?:import_module|run_module|__import__)$/.test(textOf(syntax, called)))
      return parent.named[0] === node;
  }
  if (!parent || !/^(?:list|tuple|argument_list)$/.test(parent.type)) return false;
  const before = parent.named[parent.named.indexOf(node) - 1];
  return before?.type === "string" && plainString(syntax, before) === "-m";
}
