import * as l10n from "@vscode/l10n";
import type { Node } from "web-tree-sitter";
import { parse } from "../../core/grammar.ts";
import type { Rule } from "../../core/rule.ts";
import type { Lines, Span } from "../../core/text.ts";
import type { PythonModule } from "../../python/module.ts";
import { syntaxOf } from "../../python/syntax.ts";

/** Fewer lines than this are a remark. */
const fewestLines = 3;

export const commentedOutCode: Rule<PythonModule> = {
  name: "commented-out-code",
  topic: "production",
  severity: { production: "hint" },
  summary: () => l10n.t("Lines of code are kept as comments"),
  why: () =>
    l10n.t(
      "Code that is commented out is neither code nor comment. It does not run, so nobody notices when it stops being right; it explains nothing, so every reader has to guess whether it was forgotten, is still wanted, or warns of something.\n\nThe history of the repository keeps what was there. If the lines say something that a reader must know, a sentence says it better. Code is written for colleagues who know less of it than you do now, says the tutorial *Código para produção*.",
    ),
  example: {
    path: "prices.py",
    bad: `def total(rows):
    result = 0
    for row in rows:
        result += row.price
    # for row in rows:
    #     if row.tax:
    #         result += row.tax
    return result
`,
    good: `def total(rows):
    result = 0
    for row in rows:
        result += row.price
    # Taxes are added where the invoice is made.
    return result
`,
  },
  *check(module) {
    const blocks = commentBlocks(module.lines).flatMap((block) => {
      const found = largestCode(block);
      return found ? [found] : [];
    });
    if (blocks.length === 0) return;
    const real = new Set(syntaxOf(module).comments.map((comment) => comment.start));
    for (const { lines, at } of blocks) {
      // What looks like a comment may stand in a string.
      if (!lines.every((line) => real.has(line.at.start))) continue;
      yield { at, message: l10n.t("{0} lines of code are commented out", lines.length) };
    }
  },
  *fixes(module, problem) {
    const { lines } = module;
    const start = lines.startOf(lines.lineAt(problem.at.start));
    const end = lines.startOf(lines.lineAt(problem.at.end) + 1);
    const edits = [{ path: module.path, edits: [{ at: { start, end }, text: "" }] }];
    yield { title: l10n.t("Delete these lines"), kind: "quickfix", safe: false, edits };
  },
};

interface CommentLine {
  readonly at: Span;
  /** What stands behind `#`. */
  readonly text: string;
}

/** Runs of neighbouring lines with nothing but a comment, at one indentation, told without a tree. */
function commentBlocks(lines: Lines): CommentLine[][] {
  const blocks: CommentLine[][] = [];
  let open: CommentLine[] = [];
  let column = -1;
  for (const match of lines.text.matchAll(/^([ \t]*)#([^\r\n]*)\r?$/gm)) {
    const start = match.index + (match[1]?.length ?? 0);
    const at = { start, end: start + 1 + (match[2]?.length ?? 0) };
    const last = open.at(-1);
    const follows = last && isNextLine(lines.text, last.at.end, match.index) && column === (match[1]?.length ?? 0);
    if (!follows) {
      if (open.length >= fewestLines) blocks.push(open);
      open = [];
    }
    column = match[1]?.length ?? 0;
    open.push({ at, text: match[2] ?? "" });
  }
  if (open.length >= fewestLines) blocks.push(open);
  return blocks;
}

function isNextLine(text: string, end: number, start: number): boolean {
  return text.slice(end, start) === "\n" || text.slice(end, start) === "\r\n";
}

/** Comments for tools, licences, tables, examples, and lines that say why they are kept. */
const meant =
  /^\s*(?:!|:|%%|\/\/\/|\+|\||-{3,}|={3,}|\*{3,}|#|>>>|\$|@)|\be\.g\.|\b(?:TODO|FIXME|XXX|NOTE|uncomment|example|usage|copyright|licen[cs]e|noqa|type:|pragma|pylint|mypy|doctest|equivalent|pseudo\w*|for instance|exemplo|descomente)\b/i;
/** Words of what the code did before. */
const ofThePast =
  /\b(?:old|previous\w*|former\w*|disabled?|removed?|replaced|used to|no longer|antig\w+|desativad\w+|removid\w+)\b/i;
/** A line of code: it calls, assigns, indexes or opens a suite. */
const codeLine =
  /[)\]}:,([{\\]\s*(?:#.*)?$|^\s*[\w.[\]'", ]+\s*[-+*/|&]?=[^=]|^\s*(?:return|import|from|del|raise|assert|pass|break|continue|yield)\b/;

/** The largest part of a block, between lines that hold nothing, that is code and nothing else. */
function largestCode(
  block: readonly CommentLine[],
): { readonly lines: readonly CommentLine[]; readonly at: Span } | undefined {
  if (block.some((line) => meant.test(line.text))) return undefined;
  const margin = marginOf(block);
  // What prose introduces is an example, unless it speaks of what was.
  const paragraphs = paragraphsOf(block);
  const parts = paragraphs.filter((part, index) => {
    const above = paragraphs[index - 1];
    return marginOf(part) === margin && (!above || isCode(above) || above.some((line) => ofThePast.test(line.text)));
  });
  parts.sort((a, b) => b.length - a.length);
  const best = [block, ...parts].find((part) => part.length >= fewestLines && isCode(part));
  const [first] = best ?? [];
  const last = best?.at(-1);
  return best && first && last && { lines: best, at: { start: first.at.start, end: last.at.end } };
}

function paragraphsOf(block: readonly CommentLine[]): CommentLine[][] {
  const paragraphs: CommentLine[][] = [[]];
  for (const line of block) {
    if (line.text.trim() === "") paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs.filter((part) => part.length > 0);
}

/** The indentation that the filled lines of a part share. */
function marginOf(part: readonly CommentLine[]): number {
  const filled = part.filter((line) => line.text.trim() !== "");
  return Math.min(...filled.map((line) => /^[ \t]*/.exec(line.text)?.[0].length ?? 0));
}

const statementsThatDo = new Set(["assignment", "augmented_assignment", "call", "await"]);

function isCode(part: readonly CommentLine[]): boolean {
  const filled = part.filter((line) => line.text.trim() !== "");
  if (filled.length < fewestLines) return false;
  if (filled.filter((line) => codeLine.test(line.text)).length * 2 < filled.length) return false;
  const margin = marginOf(filled);
  const tree = parse("python", part.map((line) => `${line.text.slice(margin)}\n`).join(""));
  try {
    const { rootNode } = tree;
    if (rootNode.hasError) return false;
    const statements = rootNode.namedChildren.filter((each) => each.type !== "comment");
    const does = statements.some(({ type, namedChildren: [inner] }) =>
      type === "expression_statement"
        ? statementsThatDo.has(inner?.type ?? "")
        : /_(?:statement|definition)$/.test(type),
    );
    // Words of prose are expressions, too.
    const idle = statements.filter(
      ({ type, namedChildren: [inner] }) => type === "expression_statement" && !statementsThatDo.has(inner?.type ?? ""),
    );
    return does && idle.length === 0 && !statements.every(isForm);
  } finally {
    tree.delete();
  }
}

/** `Node(left=Node, right=[…])`, made and thrown away: a comment that tells what something looks like. */
function isForm({ type, namedChildren: [inner] }: Node): boolean {
  if (type !== "expression_statement" || inner?.type !== "call") return false;
  const called = inner.childForFieldName("function")?.text ?? "";
  const given = inner.childForFieldName("arguments")?.namedChildren ?? [];
  const isKind = (value: Node | null) => /^(?:[A-Z]\w*|\[(?:\.\.\.|[A-Z]\w*(?:,[^\]]*)?)\])$/.test(value?.text ?? "");
  return /(?:^|\.)[A-Z]\w*$/.test(called) || given.some((each) => isKind(each?.childForFieldName("value") ?? null));
}
