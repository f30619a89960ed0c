import * as l10n from "@vscode/l10n";
import type { Fix } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { readScopes } from "../../python/scopes.ts";
import { type Syntax, type SyntaxNode, syntaxOf, textOf, undecorated } from "../../python/syntax.ts";

/** What nbconvert writes above each cell. */
export const exportMark = /^# In ?\[[\d* ]*\]:?$/;

/**
 * What a notebook was exported to becomes a script that can be imported: imports and definitions stand first, the cells run in
 * `main`. Refused where a definition needs what the cells make, or where the text cannot be moved as it is.
 */
export function scriptOfExport(module: PythonModule): Fix {
  const common = { title: l10n.t("Put the cells into `main()`"), kind: "quickfix", safe: false } as const;
  const syntax = syntaxOf(module);
  const statements = syntax.root.named;
  const working = statements.filter((each) => !isImport(each) && !isDefinition(each));
  const reason = refusalFor(syntax, working);
  if (reason !== undefined) return { ...common, edits: [], refused: reason };
  const newLine = module.text.includes("\r\n") ? "\r\n" : "\n";
  const blocks = blocksOf(module, statements);
  const take = (accepts: (node: SyntaxNode) => boolean) => blocks.filter(({ node }) => accepts(node));
  const indented = take((node) => working.includes(node)).flatMap(({ lines, isFirst }) => [
    ...(isFirst ? [""] : []),
    ...lines.map((line) => (line.trim() === "" ? "" : `    ${line}`)),
  ]);
  const text = [
    ...take(isImport).flatMap(({ lines }) => lines),
    ...take(isDefinition).flatMap(({ lines }) => ["", "", ...lines]),
    "",
    "",
    "def main():",
    ...indented.slice(indented[0] === "" ? 1 : 0),
    "",
    "",
    'if __name__ == "__main__":',
    "    main()",
    "",
  ].join(newLine);
  const first = blocks[0]?.start ?? 0;
  return {
    ...common,
    edits: [{ path: module.path, edits: [{ at: { start: first, end: module.text.length }, text: text.trimStart() }] }],
  };
}

function isImport({ type }: SyntaxNode): boolean {
  return /^(?:future_)?import(?:_from)?_statement$/.test(type);
}

function isDefinition(node: SyntaxNode): boolean {
  return /^(?:function|class)_definition$/.test(undecorated(node).type);
}

function refusalFor(syntax: Syntax, working: readonly SyntaxNode[]): string | undefined {
  const text = (node: SyntaxNode) => textOf(syntax, node);
  const asked = /\b(?:globals|locals|vars|exec|eval|get_ipython)\s*\(|^\s*global\b/m;
  if (syntax.isBroken || syntax.ofType("wildcard_import").length > 0 || asked.test(syntax.text) || working.length === 0)
    return l10n.t("its names can be reached in other ways than by reading them");
  if (syntax.ofType("string").some((each) => text(each).includes("\n") && working.some((node) => node.holds(each))))
    return l10n.t("a text of several lines would be indented with the code");
  const scopes = readScopes(syntax);
  const made = new Set(
    [...scopes.module.bindings].flatMap(([name, nodes]) =>
      nodes.some((node) => working.some((each) => each.holds(node))) ? [name] : [],
    ),
  );
  for (const node of syntax.root.named.filter(isDefinition)) {
    const used = [...namesInHead(node, syntax), ...(scopes.of(undecorated(node))?.freeNames() ?? [])];
    const name = used.find((each) => made.has(each));
    if (name !== undefined) return l10n.t("`{0}` is made by a cell, and a function uses it", name);
  }
  return working.some(({ type }) => /^(?:return|yield|await)/.test(type))
    ? l10n.t("its names can be reached in other ways than by reading them")
    : undefined;
}

/** The names that a definition reads where it stands: in its decorators, defaults, annotations and bases. */
function namesInHead(node: SyntaxNode, syntax: Syntax): readonly string[] {
  const definition = undecorated(node);
  const parameters = (definition.child("parameters")?.named ?? []).flatMap((each) => [
    ...each.all("value"),
    ...each.all("type"),
  ]);
  const heads = [...(definition === node ? [] : node.named.filter((each) => each !== definition)), ...parameters];
  return [...heads, ...definition.all("superclasses"), ...definition.all("return_type")]
    .flatMap((each) => [each, ...each.descendants()])
    .filter(({ type, field }) => type === "identifier" && field !== "attribute")
    .map((each) => textOf(syntax, each));
}

interface Block {
  readonly node: SyntaxNode;
  readonly start: number;
  readonly lines: readonly string[];
  /** Whether a cell begins with it. */
  readonly isFirst: boolean;
}

/** Each statement with the comments above it, without the marks of cells. */
function blocksOf(module: PythonModule, statements: readonly SyntaxNode[]): readonly Block[] {
  const { lines } = module;
  let next = statements[0] ? firstCommentAbove(module, statements[0]) : 0;
  return statements.map((node) => {
    const last = lines.lineAt(node.end);
    const all = Array.from({ length: last - next + 1 }, (_, index) => lines.lineText(next + index).trimEnd());
    const start = lines.startOf(next);
    next = last + 1;
    const isFirst = all.some((line) => exportMark.test(line));
    const code = lines.lineAt(node.start) - (last - all.length + 1);
    const own = all.filter((line, index) => index >= code || (line.trim() !== "" && !exportMark.test(line)));
    return { node, start, lines: own, isFirst };
  });
}

/** The line from which on the file's first cell is: its shebang and coding comment stay above. */
function firstCommentAbove({ lines }: PythonModule, first: SyntaxNode): number {
  const until = lines.lineAt(first.start);
  for (let line = 0; line < until; line++) if (exportMark.test(lines.lineText(line).trimEnd())) return line;
  return until;
}
