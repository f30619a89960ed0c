import { isPlotting } from "../../notebook/plotting.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import { isLiteral, type MovableNames } from "./movable-names.ts";
import { type CellStatement, isPlain, type NotebookCode, ownsLines } from "./notebook-code.ts";

/** Statements in a row, under one heading, that compute: one function, if nothing speaks against it. */
export type Stretch = readonly CellStatement[];

/** So many lines are one function; a further cell is the next one. */
const longest = 40;

/** Every stretch of a notebook. What shows, plots, sets up or cannot move stays, and ends a stretch. */
export function stretchesOf(code: NotebookCode, movable: MovableNames): readonly Stretch[] {
  const found: CellStatement[][] = [];
  let current: CellStatement[] = [];
  for (const statement of code.statements) {
    const last = current.at(-1);
    if (last && !continues(code, current, statement, last)) current = [];
    if (stays(code, movable, statement)) current = [];
    else {
      if (current.length === 0) found.push(current);
      current.push(statement);
    }
  }
  return found.map((stretch) => trimmed(stretch, code)).filter((stretch) => stretch.some((each) => isWork(each)));
}

/** The pieces of a stretch, one for each cell. */
export function byCell(stretch: Stretch): readonly Stretch[] {
  const cells = [...new Set(stretch.map((each) => each.in))];
  return cells.map((cell) => stretch.filter((each) => each.in === cell));
}

function continues(code: NotebookCode, stretch: Stretch, next: CellStatement, last: CellStatement): boolean {
  if (next.in.section !== last.in.section) return false;
  if (!isPlain(code, { start: last.node.end, end: next.node.start })) return false;
  const [first = last] = stretch;
  return next.in === last.in || linesFrom(code, first.node, next.in.cell.end) - linesBetween(code, stretch) <= longest;
}

function linesFrom({ source: { lines } }: NotebookCode, { start }: SyntaxNode, end: number): number {
  return lines.lineAt(end) - lines.lineAt(start) + 1;
}

/** Lines between the cells of a stretch, which are no code. */
function linesBetween({ source: { lines } }: NotebookCode, stretch: Stretch): number {
  const cells = [...new Set(stretch.map((each) => each.in.cell))];
  return cells.slice(1).reduce((sum, cell, index) => sum + cell.line - lines.lineAt(cells[index]?.end ?? 0), 0);
}

/** Settings of the session, and what the program is run with, belong to the notebook. */
const setUp =
  /^(?:sys\.path|os\.(?:environ|chdir|putenv)|warnings\.|logging\.(?:basicConfig|getLogger)|\w+\.(?:set_option|options|set_printoptions|rcParams|seterr|use|seed|manual_seed|set_seed|random\.(?:seed|set_seed))\b|plt\.|sns\.|mpl\.)/;
const shows =
  /^(?:display|show|print_html)\s*\(|\b(?:display|get_ipython|HTML|Image|Markdown)\s*\(|\.(?:plot|hist|boxplot|imshow|show|savefig)\b/;

function stays(code: NotebookCode, movable: MovableNames, statement: CellStatement): boolean {
  const { node } = statement;
  if (!ownsLines(code, statement) || !isComputing(node)) return true;
  if (statement.isLast && isShown(node)) return true;
  if ([...movable.constants.values()].includes(statement)) return true;
  const text = textOf(code.syntax, node);
  return setUp.test(text) || text.split("\n").some((line) => isPlotting(line) || shows.test(line));
}

/** Statements other than definitions and imports, which move by themselves or stay. */
function isComputing(node: SyntaxNode): boolean {
  return /^(?:expression|for|while|if|with|try|match|delete|assert|raise)_statement$/.test(node.type);
}

/** An expression that a notebook shows when it stands last in its cell. */
export function isShown(node: SyntaxNode): boolean {
  const [only] = node.named;
  return node.type === "expression_statement" && !/^(?:augmented_)?assignment$/.test(only?.type ?? "");
}

/** Without what is said or set at both ends: prints tell the reader of the notebook, literals are its parameters. */
function trimmed(stretch: Stretch, code: NotebookCode): Stretch {
  const isEdge = ({ node }: CellStatement) =>
    isPrint(node, code) || isSetting(node) || node.type === "delete_statement";
  const first = stretch.findIndex((each) => !isEdge(each));
  const last = stretch.findLastIndex((each) => !isEdge(each));
  return first < 0 ? [] : stretch.slice(first, last + 1);
}

function isPrint(node: SyntaxNode, { syntax }: NotebookCode): boolean {
  const [call] = node.named;
  const callee = call?.type === "call" ? call.child("function") : undefined;
  return callee !== undefined && /^p?print$/.test(textOf(syntax, callee));
}

function isSetting(node: SyntaxNode): boolean {
  const [assignment] = node.named;
  const value = assignment?.type === "assignment" ? assignment.child("right") : undefined;
  return value !== undefined && assignment?.child("left")?.type === "identifier" && isData(value);
}

/** Literals, and lists and dictionaries of them. */
function isData(value: SyntaxNode): boolean {
  return isLiteral(value) || (/^(?:list|dictionary|set|tuple|pair)$/.test(value.type) && value.named.every(isData));
}

/** More than giving a value another name. */
function isWork({ node }: CellStatement): boolean {
  const [only] = node.named;
  if (node.type !== "expression_statement") return !/^(?:delete|assert|raise)_statement$/.test(node.type);
  const value = only?.child("right");
  const isPlainName = value !== undefined && /^(?:identifier|attribute)$/.test(value.type);
  return !(
    only?.type === "assignment" &&
    only.child("left")?.type === "identifier" &&
    (isPlainName || !value || isLiteral(value))
  );
}
