import type { Edit } from "../core/edit.ts";
import { docstringOf, type FunctionFacts, functionsOf } from "../python/definitions.ts";
import type { PythonModule } from "../python/module.ts";
import { type Parameter, parametersOf } from "../python/parameters.ts";
import { type Syntax, statementsOf, textOf } from "../python/syntax.ts";
import { isGenerator } from "./jumps.ts";

/** The three ways in which Python projects describe parameters. */
export type DocstringStyle = "numpy" | "google" | "rest";

/** The style of a module's own docstrings; Google's, the shortest, where they show none. */
export function docstringStyle(text: string): DocstringStyle {
  const counts: [DocstringStyle, RegExp][] = [
    ["numpy", /^[ \t]*(?:Parameters|Returns|Yields|Raises)\r?\n[ \t]*-{3,}[ \t]*$/gm],
    ["google", /^[ \t]*(?:Args|Arguments|Returns|Yields|Raises):[ \t]*$/gm],
    ["rest", /^[ \t]*:(?:param|type|return|returns|rtype|raises)\b[^:\n]*:/gm],
  ];
  const [best] = counts
    .map(([style, pattern]) => ({ style, count: text.match(pattern)?.length ?? 0 }))
    .sort((a, b) => b.count - a.count);
  return best && best.count > 0 ? best.style : "google";
}

/** A docstring with everything that the signature tells and a place for what it does not; undefined in one-line suites. */
export function docstringSkeleton(module: PythonModule, syntax: Syntax, found: FunctionFacts): Edit | undefined {
  const [first] = statementsOf(found.body);
  if (!first || docstringOf(found.body)) return undefined;
  const line = module.lines.lineAt(first.start);
  if (line === module.lines.lineAt(found.node.child("parameters")?.end ?? first.start)) return undefined;
  const start = module.lines.startOf(line);
  const indentation = module.text.slice(start, first.start);
  if (indentation.trim() !== "") return undefined;
  const lineEnd = module.text.includes("\r\n") ? "\r\n" : "\n";
  const style = docstringStyle(docstringsIn(module, syntax));
  const inner = unitOf(indentation);
  const parts = [
    `"""${summaryOf(found.name)}`,
    ...sectionsOf(style, parametersOf(syntax, found), returnOf(syntax, found), inner),
    '"""',
  ];
  const text = parts.map((part) => (part === "" ? lineEnd : `${indentation}${part}${lineEnd}`)).join("");
  return { at: { start, end: start }, text };
}

function docstringsIn(module: PythonModule, syntax: Syntax): string {
  const strings = functionsOf(syntax).flatMap(({ body }) => docstringOf(body) ?? []);
  return strings.map((each) => module.text.slice(each.start, each.end)).join("\n");
}

function unitOf(indentation: string): string {
  return indentation.startsWith("\t") ? "\t" : "    ";
}

/** `read_prices` reads as “Read prices.” */
function summaryOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/_+/g, " ")
    .trim();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** What comes back: its annotation, `""` when there is one without annotation, or undefined. */
function returnOf(syntax: Syntax, { node, body }: FunctionFacts): string | undefined {
  const annotated = node.child("return_type");
  if (annotated) return textOf(syntax, annotated) === "None" ? undefined : textOf(syntax, annotated);
  if (isGenerator(node)) return undefined;
  const returns = syntax
    .ofType("return_statement")
    .filter(
      (each) => body.holds(each) && [...each.ancestors()].find(({ type }) => type === "function_definition") === node,
    );
  return returns.some((each) => each.named.length > 0) ? "" : undefined;
}

function sectionsOf(
  style: DocstringStyle,
  parameters: readonly Parameter[],
  returned: string | undefined,
  inner: string,
): string[] {
  if (style === "rest") {
    const rows = parameters.flatMap(({ name, type }) => [
      `:param ${name}: ...`,
      ...(type ? [`:type ${name}: ${type}`] : []),
    ]);
    if (returned !== undefined) rows.push(":returns: ...", ...(returned ? [`:rtype: ${returned}`] : []));
    return rows.length > 0 ? ["", ...rows] : [];
  }
  if (style === "google") {
    const rows = parameters.map(({ name, type }) => `${inner}${name}${type ? ` (${type})` : ""}: ...`);
    return [
      ...(rows.length > 0 ? ["", "Args:", ...rows] : []),
      ...(returned === undefined ? [] : ["", "Returns:", `${inner}${returned ? `${returned}: ` : ""}...`]),
    ];
  }
  const rows = parameters.flatMap(({ name, type }) => [`${name}${type ? ` : ${type}` : ""}`, `${inner}...`]);
  return [
    ...(rows.length > 0 ? ["", "Parameters", "----------", ...rows] : []),
    ...(returned === undefined
      ? []
      : ["", "Returns", "-------", ...(returned ? [returned] : []), `${returned ? inner : ""}...`]),
  ];
}
