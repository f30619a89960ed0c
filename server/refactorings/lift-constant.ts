import * as l10n from "@vscode/l10n";
import type { Fix } from "../core/rule.ts";
import type { Span } from "../core/text.ts";
import { docstringOf } from "../python/definitions.ts";
import type { PythonModule } from "../python/module.ts";
import { plainString } from "../python/strings.ts";
import { nameOf, type Syntax, type SyntaxNode, statementsOf, syntaxOf, textOf } from "../python/syntax.ts";

/**
 * Gives a plain string literal a name at the top of the module, behind its imports. Undefined where the literal has a
 * name already, is part of something that needs a literal, or the tree is not to be trusted.
 */
export function liftToConstant(module: PythonModule, at: Span, suffix: string): Fix | undefined {
  const syntax = syntaxOf(module);
  const literal = syntax.ofType("string").find((node) => node.start === at.start && node.end === at.end);
  const text = literal && plainString(syntax, literal);
  if (!literal || text === undefined || syntax.isBroken || !canBeName(literal)) return undefined;
  const place = behindImports(syntax, literal);
  if (place === undefined) return undefined;
  const name = freeName(syntax, constantName(text, suffix));
  const lineEnd = module.text.includes("\r\n") ? "\r\n" : "\n";
  const definition = `${name} = ${textOf(syntax, literal)}`;
  const insertion = place === 0 ? `${definition}${lineEnd}` : `${lineEnd}${lineEnd}${definition}`;
  return {
    title: l10n.t("Lift to the constant `{0}`", name),
    kind: "quickfix",
    safe: false,
    edits: [
      {
        path: module.path,
        edits: [
          { at: { start: place, end: place }, text: insertion },
          { at, text: name },
        ],
      },
    ],
  };
}

function canBeName(literal: SyntaxNode): boolean {
  const { parent } = literal;
  if (!parent || parent.type === "concatenated_string" || /pattern|^type$|interpolation/.test(parent.type))
    return false;
  const isNamed = parent.type === "assignment" && parent.parent?.parent?.type === "module";
  return !isNamed && ![...literal.ancestors()].some(({ type }) => type === "case_pattern" || type === "type");
}

/** The end of the last import before the first other statement; undefined when the literal stands above that. */
function behindImports(syntax: Syntax, literal: SyntaxNode): number | undefined {
  const statements = statementsOf(syntax.root);
  let last = docstringOf(syntax.root);
  for (const statement of statements.slice(last ? 1 : 0)) {
    if (!/^(?:future_)?import(?:_from)?_statement$/.test(statement.type)) break;
    last = statement;
  }
  if (last && last.end > literal.start) return undefined;
  if (!last) return syntax.comments.some((each) => each.start < (statements[0]?.start ?? 0)) ? undefined : 0;
  return last.end + (/^[^\r\n]*/.exec(syntax.text.slice(last.end))?.[0].length ?? 0);
}

/** `DATA_PATH` for `…/data.csv`. */
export function constantName(text: string, suffix: string): string {
  const [last = ""] = text
    .split(/[\\/]+/)
    .filter((part) => part !== "")
    .slice(-1);
  const stem = last
    .replace(/\.\w+$/, "")
    .normalize("NFKD")
    .replace(/[^\w]+/g, "_");
  const words = stem
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/_+/g, "_")
    .replace(/^_|_$/g, "")
    .toUpperCase();
  const name = words === "" || words.endsWith(suffix) ? words || suffix : `${words}_${suffix}`;
  return /^\d/.test(name) ? `${suffix}_${name}` : name;
}

function freeName(syntax: Syntax, wanted: string): string {
  const taken = new Set(syntax.ofType("identifier").map((node) => nameOf(syntax, node)));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
  return name;
}
