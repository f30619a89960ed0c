import * as l10n from "@vscode/l10n";
import type { Node } from "web-tree-sitter";
import { parse } from "../../core/grammar.ts";
import type { Rule } from "../../core/rule.ts";
import type { Lines, Span } from "../../core/text.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Syntax, type SyntaxNode, syntaxOf } from "../../python/syntax.ts";
import { type CommentLine, commentBlocks, isBlankLine, marginOf, spanOf } from "./comment-blocks.ts";
import { isRetired } from "./retired.ts";

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
  alsoAskedAs: ["ERA001", "E800"],
  concerns: (path, project) => !isRetired(path, project),
  *check(module) {
    const pieces = commentBlocks(module.lines, fewestLines).flatMap((block) => {
      const lines = largestCode(block);
      return lines ? [{ block, lines, at: spanOf(lines) }] : [];
    });
    if (pieces.length === 0) return;
    const syntax = syntaxOf(module);
    const real = new Set(syntax.comments.map((comment) => comment.start));
    // What looks like a comment may stand in a string.
    const found = pieces.filter(({ lines }) => lines.every((line) => real.has(line.at.start)));
    let told: Span | undefined;
    for (const { block, lines, at } of wholesOf(module.text, found)) {
      if (isOffered(module.lines, block) || isAnnouncedBelow(module.lines, at) || isKeywords(syntax, lines)) continue;
      if (isFormOfNext(module.lines, lines)) continue;
      // What blank lines and comments alone divide is one piece of code, and told once.
      const isSame = told && /^(?:\s*#[^\n]*\n)*\s*$/.test(module.text.slice(told.end, at.start));
      told = at;
      if (!isSame) yield { at, message: l10n.t("{0} lines of code are commented out", lines.length) };
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

interface Piece {
  /** The comment that it is a part of. */
  readonly block: readonly CommentLine[];
  readonly lines: readonly CommentLine[];
  readonly at: Span;
}

/** Pieces of code that one blank line divides are one. */
function wholesOf(text: string, pieces: readonly Piece[]): readonly Piece[] {
  const wholes: Piece[] = [];
  for (const piece of pieces) {
    const before = wholes.at(-1);
    if (before && isBlankLine(text.slice(before.at.end, piece.at.start))) {
      const lines = [...before.lines, ...piece.lines];
      wholes[wholes.length - 1] = { block: before.block, lines, at: spanOf(lines) };
    } else wholes.push(piece);
  }
  return wholes;
}

/** Comments for tools, licences, tables, examples, and lines that say why they are kept. */
const meant =
  /^\s*(?:!|:|%%|\/\/\/|\+|\||-{3,}|={3,}|\*{3,}|#|>>>|\$|@)|\be\.g\.|\b(?:TODO|FIXME|XXX|NOTE|uncomment|example|usage|copyright|licen[cs]e|noqa|type:|pragma|pylint|mypy|doctest|equivalent|pseudo\w*|for instance|exemplo|descomente)\b/i;
/** Comments that offer the reader the lines below to choose from, or to switch on. */
const offers =
  /\b(?:uncomment\w*|comment(?:ing)? in|alternativ\w+|optional\w*|choose|pick one|to (?:enable|activate|try|debug|switch)|turn on|if you (?:want|need|prefer|like)|descoment\w*|escolh\w+|para (?:ativar|habilitar|testar)|opciona\w+)\b/i;
/** Comments that say that the code waits on purpose. */
const reserves = /\b(?:TODO|FIXME|XXX|[Ff]or now|[Nn]ot yet|[Uu]ntil)\b/;
/** Comments that say what it waits for. */
const awaits =
  /\b(?:when|once|as soon as|quando|assim que)\b.*\b(?:available|exists?|fixed|land(?:s|ed)|merged|ready|released|supported|supports|works|dispon\w+|corrigid\w+|pront[ao])/i;
/** As many lines may stand between an offer and what it offers: the choice that is made. */
const widestOffer = 4;
/** Words of what the code did before. */
const ofThePast =
  /\b(?:old|previous\w*|former\w*|disabled?|removed?|replaced|used to|no longer|antig\w+|desativad\w+|removid\w+)\b/i;
/** A line of code: it calls, assigns, indexes or opens a suite. */
const codeLine =
  /[)\]}:,([{\\]\s*(?:#.*)?$|^\s*[\w.[\]'", ]+\s*[-+*/|&]?=[^=]|^\s*(?:return|import|from|del|raise|assert|pass|break|continue|yield)\b/;

/** Whether the comment above a block, with a few lines of code or none between them, offers its lines. */
function isOffered(lines: Lines, block: readonly CommentLine[]): boolean {
  const [first] = block;
  let paragraph: "none" | "prose" | "code" = "none";
  let left = widestOffer;
  for (let line = first ? lines.lineAt(first.at.start) - 1 : -1; line >= 0; line--) {
    const text = lines.text.slice(lines.startOf(line), lines.startOf(line + 1)).trim();
    if (text.startsWith("#")) {
      // Right above, blank lines and more of the code aside, it may say why the lines are kept.
      if (offers.test(text) || (left === widestOffer && isReserved(text))) return true;
      if (paragraph !== "code") paragraph = codeLine.test(text.slice(1)) ? "code" : "prose";
    } else if (text === "") {
      if (paragraph === "prose") return false;
    } else if (paragraph !== "none" || left-- === 0) return false;
  }
  return false;
}

function isReserved(comment: string): boolean {
  return reserves.test(comment) || awaits.test(comment);
}

/** Whether the comment on the line right below says what the lines are kept for. */
function isAnnouncedBelow(lines: Lines, { end }: Span): boolean {
  const below = lines.lineAt(end) + 1;
  const comment = /#.*/.exec(lines.text.slice(lines.startOf(below), lines.startOf(below + 1)))?.[0] ?? "";
  return offers.test(comment) || isReserved(comment);
}

/** `width=80,` between the parameters of a function that takes `**options`: what may be passed. */
function isKeywords(syntax: Syntax, lines: readonly CommentLine[]): boolean {
  const { start, end } = spanOf(lines);
  const takesAll = (each: SyntaxNode) =>
    [...each.descendants()].some(({ type }) => type === "dictionary_splat_pattern");
  return (
    lines.every(({ text }) => keyword.test(text)) &&
    syntax.ofType("parameters").some((each) => each.start < start && end < each.end && takesAll(each))
  );
}

const keyword = /^\s*\w+\s*=\s*(?:-?\d[\w.]*|"[^"]*"|'[^']*'|None|True|False|\[\]|\(\)|\{\})\s*,?\s*$/;

/** `# rates = {city: {year: Rate}}` right above `rates = {}`: names alone, which say what is to stand where nothing stands yet. */
function isFormOfNext(lines: Lines, comment: readonly CommentLine[]): boolean {
  const margin = marginOf(comment);
  const code = comment.map(({ text }) => text.slice(margin)).join("\n");
  const [, name, form] = /^([\w.]+)\s*(?::[^=]+)?=\s*(\{[^=]*)$/.exec(code) ?? [];
  if (name === undefined || form === undefined || !form.includes(":") || hasValue.test(form)) return false;
  const next = lines.lineAt(spanOf(comment).end) + 1;
  return next < lines.count && empty.exec(lines.lineText(next))?.[1] === name;
}

/** A number, call, operator or word that computes; strings may be the keys. */
const hasValue =
  /\b\d|[\w\])}]\s*\(|[^\s\w,:.{}[\]()|"']|["'](?!\w+["']\s*:|\s*:)|\b(?:await|for|if|in|is|lambda|not|None|True|False)\b/;
const empty = /^\s*([\w.]+)\s*(?::.*)?=\s*(?:\{\}|\[\]|(?:\w+\.)*(?:dict|list|set|\w*[dD]ict)\(\w*\))\s*(?:#.*)?$/;

/** The largest part of a block, between lines that hold nothing, that is code and nothing else. */
function largestCode(block: readonly CommentLine[]): readonly CommentLine[] | undefined {
  if (block.some((line) => meant.test(line.text))) return undefined;
  const margin = marginOf(block);
  // What prose introduces is an example, unless it speaks of what was.
  const paragraphs = paragraphsOf(block);
  const parts = paragraphs.filter((part, index) => {
    const above = paragraphs[index - 1];
    return marginOf(part) === margin && (!above || isCode(above) || above.some((line) => ofThePast.test(line.text)));
  });
  parts.sort((a, b) => b.length - a.length);
  return [block, ...parts].find((part) => part.length >= fewestLines && isCode(part));
}

function paragraphsOf(block: readonly CommentLine[]): CommentLine[][] {
  const paragraphs: CommentLine[][] = [[]];
  for (const line of block) {
    if (line.text.trim() === "") paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs.filter((part) => part.length > 0);
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
      ({ type, namedChildren: [inner] }) =>
        type === "expression_statement" && (!statementsThatDo.has(inner?.type ?? "") || isOfText(inner)),
    );
    return (
      does &&
      idle.length === 0 &&
      ![isForm, isSetting].some((is) => statements.every(is)) &&
      !isChoice(statements) &&
      !isSketch(rootNode)
    );
  } finally {
    tree.delete();
  }
}

/** `"|".join(signs)` does nothing where nobody takes what it makes: a comment that tells how a value was made. */
function isOfText(expression: Node | undefined): boolean {
  const called = expression?.type === "call" ? expression.childForFieldName("function") : undefined;
  return called?.childForFieldName("object")?.type === "string";
}

/** `Node(left=Node, right=[…])`, made and thrown away: a comment that tells what something looks like. */
function isForm({ type, namedChildren: [inner] }: Node): boolean {
  if (type !== "expression_statement" || inner?.type !== "call") return false;
  const called = inner.childForFieldName("function")?.text ?? "";
  const given = inner.childForFieldName("arguments")?.namedChildren ?? [];
  const isKind = (value: Node | null) => /^(?:[A-Z]\w*|\[(?:\.\.\.|[A-Z]\w*(?:,[^\]]*)?)\])$/.test(value?.text ?? "");
  return /(?:^|\.)[A-Z]\w*$/.test(called) || given.some((each) => isKind(each?.childForFieldName("value") ?? null));
}

/** `width = 80`: what may be set, or is set elsewhere; `scores: (batch, classes)`: what a name holds. */
function isSetting(statement: Node): boolean {
  const { left, right } = assigned(statement) ?? {};
  if (left?.type === "identifier" && !right) return true;
  return (
    left?.type === "identifier" &&
    (right?.type === "tuple" || /^[\w.]+$|^(["']).*\1$|^(?:\[\]|\{\})$/.test(right?.text ?? ""))
  );
}

/** Several statements that each bind the same one name: one may take the place of another. */
function isChoice(statements: readonly Node[]): boolean {
  const names = new Set(statements.map(boundName));
  return statements.length > 1 && names.size === 1 && !names.has(undefined);
}

function boundName(statement: Node): string | undefined {
  if (statement.type === "import_from_statement" || statement.type === "import_statement") {
    const bound = statement.childrenForFieldName("name");
    return bound.length === 1 ? (bound[0]?.childForFieldName("alias") ?? bound[0])?.text : undefined;
  }
  const { left, right } = assigned(statement) ?? {};
  if (left?.type !== "identifier") return undefined;
  // What is computed from the name itself is the next step, and no other choice.
  return new RegExp(`\\b${left.text}\\b`).test(right?.text ?? "") ? undefined : left.text;
}

function assigned({ type, namedChildren: [inner] }: Node): { left: Node | null; right: Node | null } | undefined {
  if (type !== "expression_statement" || inner?.type !== "assignment") return undefined;
  return { left: inner.childForFieldName("left"), right: inner.childForFieldName("right") };
}

/** `name = ...` and `def name(self): ...` leave out what code would say. */
function isSketch(root: Node): boolean {
  return root
    .descendantsOfType("ellipsis")
    .some((each) => each?.parent?.type === "expression_statement" || each?.parent?.type === "assignment");
}
