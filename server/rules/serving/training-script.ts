import * as l10n from "@vscode/l10n";
import type { Fix } from "../../core/rule.ts";
import type { Project } from "../../project/project.ts";
import type { PythonModule } from "../../python/module.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { statementOf } from "../baseline/estimators.ts";
import { importEdits, importRefusal } from "../baseline/insertion.ts";

/**
 * The first statements of a handler, down to the fit, become a script that stores the model; the service loads it when it
 * starts. Refused where those statements take anything but imports, or the rest takes anything but the model from them.
 */
export function trainingScript(module: PythonModule, flow: ValueFlow, fit: Call, project: Project): Fix {
  const common = { title: l10n.t("Train in a script of its own"), kind: "quickfix", safe: false } as const;
  const refuse = (refused: string): Fix => ({ ...common, edits: [], refused });
  const { syntax } = flow;
  const handler = fit.owner;
  const body = handler.child("body");
  const last = statementOf(fit.node);
  const holder = handler.parent?.type === "decorated_definition" ? handler.parent : handler;
  const model = modelName(fit, last, flow);
  if (!body || last.parent !== body || holder.parent !== syntax.root || model === undefined || syntax.isBroken)
    return refuse(l10n.t("the model is not fitted by a plain statement of the handler"));
  const training = body.named.slice(0, body.named.indexOf(last) + 1);
  const rest = body.named.slice(training.length);
  const made = new Set(training.flatMap((each) => namesIn(each, flow)));
  const imports = importsOf(training, made, handler, flow);
  if ("refused" in imports) return refuse(imports.refused);
  const later = new Set(rest.flatMap((each) => namesIn(each, flow)));
  const bound = boundIn(training, handler, flow);
  if (rest.length === 0 || [...bound].some((name) => name !== model && later.has(name)))
    return refuse(l10n.t("the handler goes on with more than the model"));
  const taken = importRefusal(flow, "joblib", ["joblib"], holder);
  if (taken) return refuse(taken.refused);
  if (flow.scopes.module.bindings.has(model)) return refuse(l10n.t("`{0}` is there already", model));
  if (syntax.comments.some((each) => each.start > (training[0]?.start ?? 0) && each.end < last.end))
    return refuse(l10n.t("a comment stands between the statements that train"));
  const folder = module.path.replace(/[^/]*$/, "");
  const target = `${folder}train_${module.path.slice(folder.length).replace(/\.py$/, "")}.py`;
  if (project.isFile(target)) return refuse(l10n.t("{0} is there already", target));
  const stored = `${model}.joblib`;
  const statements = training.map((each) => dedented(textOf(syntax, each), module, each));
  const script = [...imports.lines, "import joblib"].sort().join("\n");
  const text = `${script}\n\n${statements.join("\n")}\njoblib.dump(${model}, "${stored}")\n`;
  const start = module.lines.startOf(module.lines.lineAt(training[0]?.start ?? last.start));
  const end = module.lines.startOf(module.lines.lineAt(last.end) + 1);
  const loading = `${model} = joblib.load("${stored}")\n\n\n`;
  return {
    ...common,
    edits: [
      { path: target, creates: true, edits: [{ at: { start: 0, end: 0 }, text }] },
      {
        path: module.path,
        edits: [
          ...joblibImport(module, flow),
          { at: { start: holder.start, end: holder.start }, text: loading },
          { at: { start, end }, text: "" },
        ],
      },
    ],
  };
}

function joblibImport(module: PythonModule, flow: ValueFlow) {
  if (flow.scopes.module.bindings.has("joblib")) return [];
  return importEdits(module, flow, "joblib", ["joblib"]).map((edit) => ({
    ...edit,
    text: edit.text.replace("from joblib import joblib", "import joblib"),
  }));
}

function modelName(fit: Call, statement: SyntaxNode, { syntax }: ValueFlow): string | undefined {
  const expression = statement.named[0];
  if (statement.type !== "expression_statement") return undefined;
  const left = expression?.type === "assignment" && expression.child("right") === fit.node && expression.child("left");
  if (left && left.type === "identifier") return textOf(syntax, left);
  const object = expression === fit.node ? fit.node.child("function")?.child("object") : undefined;
  return object?.type === "identifier" ? textOf(syntax, object) : undefined;
}

function namesIn(node: SyntaxNode, { syntax }: ValueFlow): readonly string[] {
  return [node, ...node.descendants()]
    .filter(({ type, field }) => type === "identifier" && field !== "attribute" && field !== "name")
    .map((each) => textOf(syntax, each));
}

function boundIn(statements: readonly SyntaxNode[], handler: SyntaxNode, { scopes }: ValueFlow): ReadonlySet<string> {
  const bound = new Set<string>();
  for (const [name, nodes] of scopes.of(handler)?.bindings ?? [])
    if (nodes.some((node) => statements.some((each) => each.holds(node)))) bound.add(name);
  return bound;
}

/** The import statements that the training needs; refused where it needs anything else. */
function importsOf(
  statements: readonly SyntaxNode[],
  names: ReadonlySet<string>,
  handler: SyntaxNode,
  flow: ValueFlow,
): { readonly lines: readonly string[] } | { readonly refused: string } {
  const { scopes, syntax } = flow;
  const own = scopes.of(handler);
  const lines = new Set<string>();
  for (const name of names) {
    const isOwn = own?.bindings.get(name)?.some((node) => statements.some((each) => each.holds(node)));
    if (isOwn) continue;
    if (own?.parameters.has(name)) return { refused: l10n.t("the training takes `{0}` from the request", name) };
    const bindings = scopes.module.bindings.get(name);
    if (!bindings) continue;
    if (!bindings.every((each) => /^import/.test(each.type)))
      return { refused: l10n.t("the training takes `{0}` from the service", name) };
    for (const each of bindings) lines.add(textOf(syntax, each));
  }
  return { lines: [...lines] };
}

/** A statement without the handler's indentation. */
function dedented(text: string, module: PythonModule, statement: SyntaxNode): string {
  const { column } = module.lines.positionAt(statement.start);
  return text.replace(new RegExp(`(\\r?\\n)[ \\t]{${column}}`, "g"), "$1");
}
