import * as l10n from "@vscode/l10n";
import type { Node } from "web-tree-sitter";
import { similarityOf } from "../../clones/similarity.ts";
import { isTestPath } from "../../clones/test-path.ts";
import type { Problem, Rule } from "../../core/rule.ts";
import type { Project } from "../../project/project.ts";
import { baseOf, isOfSeries, originalsOf } from "../../project/versioned-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { isRetired } from "./retired.ts";
import { isShown } from "./shown.ts";

/** From here on two bodies are versions of one function; names alone mislead four times of five. */
const leastAlike = 0.7;
const fewestStatements = 4;
/** Shorter files that share a name and a shape are small tables, codecs and the like, unless one says that it is a copy. */
const fewestStatementsOfFile = 20;
/** What is longer is not compared: the time grows with the product of their sizes. */
const longestFunction = 30_000;
const longestFile = 100_000;

export const versionedCopy: Rule<PythonModule> = {
  name: "versioned-copy",
  topic: "production",
  severity: { production: "warning", undecided: "warning", experimental: "hint" },
  summary: () => l10n.t("An older or newer version of a function or file stands beside it"),
  why: () =>
    l10n.t(
      "`train`, `train2`, `train_new`, `train_final`: in an experiment a copy with a number is a quick way back. In code that others run it is a question: which of them is called, which one has the correction, and may the other be deleted? The version control system remembers what a function was; the module should say what it is.\n\nKeep one. What really differs becomes a parameter with a good default. Only functions of one class or module are compared, and files of one folder (`train.py`, `train_v2.py`, `train-Copy1.ipynb`), by name and by what they do: at least 70 % of their statements are the same but for names and values. Three or more numbered functions are a series, and demonstrations (`sample2`) are no versions. The rule comes from the questions about repeated code in the tutorial *Código para produção*.",
    ),
  example: {
    path: "train.py",
    bad: `def load(path):
    rows = read_rows(path)
    rows = [row for row in rows if row.total]
    log.info("read %d rows", len(rows))
    return rows


def load_new(path):
    rows = read_rows(path)
    rows = [row for row in rows if row.total]
    log.info("read %d rows", len(rows))
    return sorted(rows)
`,
    good: `def load(path):
    rows = read_rows(path)
    rows = [row for row in rows if row.total]
    log.info("read %d rows", len(rows))
    return sorted(rows)
`,
  },
  concerns: (path, project) =>
    (project.hasVersions(path) || originalOf(path, project) !== undefined) &&
    !isTestPath(path) &&
    !isShown(path) &&
    !isRetired(path, project) &&
    !/(^|\/)(api|v\d+)(\/|$)/.test(path),
  *check(module, project) {
    yield* fileVersion(module, project);
    for (const suite of suitesIn(module.tree.rootNode)) yield* versionsIn(module, suite);
  },
  *fixes(module, problem) {
    const [other] = problem.related ?? [];
    if (other && other.path !== module.path) {
      const name = nameOf(other.path);
      const command = { name: "groundwork.compareFiles", arguments: [module.path, name] };
      yield { title: l10n.t("Compare with `{0}`", name), kind: "quickfix", safe: false, edits: [], command };
      return;
    }
    const node = module.tree.rootNode.descendantForIndex(problem.at.start)?.parent;
    if (!other || !node) return;
    const [start, end] = [node.startIndex, node.endIndex].map((offset) => module.lines.lineAt(offset));
    const lines = [start, end, other.range.start.line, other.range.end.line];
    const command = { name: "groundwork.compareVersions", arguments: [module.path, ...lines] };
    yield { title: l10n.t("Compare the versions"), kind: "quickfix", safe: false, edits: [], command };
  },
};

function originalOf(path: string, project: Project): string | undefined {
  return originalsOf(path).find((each) => project.isFile(each));
}

/** Told at the first statement that does something: a docstring and imports are alike anywhere. */
function* fileVersion(module: PythonModule, project: Project): Generator<Problem> {
  const original = originalOf(module.path, project);
  const text = original === undefined ? undefined : project.textOf(original);
  if (original === undefined || text === undefined || Math.max(text.length, module.text.length) > longestFile) return;
  const root = module.tree.rootNode;
  const fewest = /copy/i.test(nameOf(module.path)) ? fewestStatements : fewestStatementsOfFile;
  if (statementCount(root) < fewest) return;
  const alike = similarityOf(text, module.text);
  const first = root.namedChildren.find((each) => each !== null && !isPreamble(each));
  if (alike < leastAlike || !first) return;
  const [name, other] = [nameOf(module.path), nameOf(original)];
  const start = { line: 0, column: 0 };
  const end = first.startIndex + (/^.*/.exec(first.text)?.[0].length ?? 0);
  yield {
    at: { start: first.startIndex, end },
    message: messageOf(name, other, [text, module.text], alike),
    related: [{ path: original, range: { start, end: start }, message: l10n.t("The other version, `{0}`", other) }],
  };
}

function isPreamble({ type, firstNamedChild }: Node): boolean {
  return (
    /^(?:comment|import_|future_import)/.test(type) ||
    (type === "expression_statement" && firstNamedChild?.type === "string")
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The module and the bodies of its classes. */
function suitesIn(root: Node): Node[] {
  const bodies = root.descendantsOfType("class_definition").map((each) => each?.childForFieldName("body") ?? null);
  return [root, ...bodies].filter((each) => each !== null);
}

function* versionsIn(module: PythonModule, suite: Node): Generator<Problem> {
  const functions = new Map<string, Node>();
  for (const child of suite.namedChildren) {
    const name = child?.type === "function_definition" ? child.childForFieldName("name")?.text : undefined;
    if (child && name) functions.set(name, child);
  }
  for (const [name, version] of functions) {
    const base = baseOf(name, functions.keys());
    const original = base === undefined ? undefined : functions.get(base);
    const at = version.childForFieldName("name");
    if (base === undefined || !original || !at || isOfSeries(name, functions.keys())) continue;
    const codes = [original, version].every(isNamedForSize) ? undefined : codesOf(module, original, version);
    const alike = codes ? similarityOf(...codes) : 0;
    if (!codes || alike < leastAlike) continue;
    const start = module.lines.positionAt(original.startIndex);
    const end = module.lines.positionAt(original.endIndex);
    yield {
      at: { start: at.startIndex, end: at.endIndex },
      message: messageOf(name, base, codes, alike),
      related: [{ path: module.path, range: { start, end }, message: l10n.t("The other version, `{0}`", base) }],
    };
  }
}

/** How alike they are; what has other names or values is not the same, however alike. */
function messageOf(name: string, other: string, texts: readonly [string, string], alike: number): string {
  const share = Math.floor(alike * 100);
  if (similarityOf(...texts, "exact") >= alike) return l10n.t("`{0}` is {1} % the same as `{2}`", name, share, other);
  return l10n.t("`{0}` is {1} % the same as `{2}` but for names and values", name, share, other);
}

/** `pcb_p4` has `parts=4`: its number is a value, and counts no versions. */
function isNamedForSize(definition: Node): boolean {
  const number = /\d+$/.exec(definition.childForFieldName("name")?.text ?? "")?.[0];
  const integers = definition.childForFieldName("body")?.descendantsOfType("integer") ?? [];
  return number !== undefined && integers.some((each) => each?.text === number);
}

/** What two functions do, where they are long enough to tell, and not too long to be compared. */
function codesOf(module: PythonModule, ...functions: [Node, Node]): [string, string] | undefined {
  const bodies = functions.map((each) => each.childForFieldName("body"));
  if (bodies.some((body) => (body?.text.length ?? 0) > longestFunction)) return undefined;
  if (bodies.some((body) => statementCount(body) < fewestStatements)) return undefined;
  return [codeOf(module, functions[0]), codeOf(module, functions[1])];
}

/** The whole lines of the function's body, so that its statements keep their depth. */
function codeOf(module: PythonModule, node: Node): string {
  const body = node.childForFieldName("body");
  const start = body?.startIndex ?? node.startIndex;
  const lineStart = module.text.lastIndexOf("\n", start - 1) + 1;
  return module.text.slice(lineStart < node.startIndex ? start : lineStart, node.endIndex);
}

/** Statements at any depth, comments and the docstring left out. */
function statementCount(body: Node | null): number {
  if (!body) return 0;
  const blocks = [body, ...body.descendantsOfType("block").filter((each) => each !== null)];
  const within = blocks.flatMap((block) => block.namedChildren.filter((child) => child && child.type !== "comment"));
  const statements = new Set(within.map((child) => child?.id));
  const [first] = body.namedChildren;
  const hasDocstring = first?.type === "expression_statement" && first.firstNamedChild?.type === "string";
  return statements.size - (hasDocstring ? 1 : 0);
}
