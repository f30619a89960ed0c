import * as l10n from "@vscode/l10n";
import type { Fix } from "../../core/rule.ts";
import type { PlacedCell } from "../../notebook/cells.ts";
import type { NotebookModule } from "../../notebook/module.ts";
import type { Project } from "../../project/project.ts";
import { readScopes, type Scopes } from "../../python/scopes.ts";
import { readSyntax, type Syntax, type SyntaxNode, textOf, undecorated } from "../../python/syntax.ts";

/**
 * A cell of functions and classes becomes a module beside the notebook, which imports them from there. Refused for
 * cells that do something, and where a definition takes more than imports from other cells.
 */
export function extractCell(module: NotebookModule, cell: PlacedCell, project: Project): Fix {
  const common = { title: l10n.t("Extract the cell to a module"), kind: "quickfix", safe: false } as const;
  const refuse = (refused: string): Fix => ({ ...common, edits: [], refused });
  const syntax = readSyntax(module);
  const statements = syntax.root.named.filter((each) => cell.start <= each.start && each.end <= cell.end);
  const source = module.sourceOf(cell);
  const definitions = statements.map(undecorated).filter((each) => /^(?:function|class)_definition$/.test(each.type));
  const isPlain = statements.every((each) => isImport(each) || definitions.includes(undecorated(each)));
  if (
    syntax.isBroken ||
    syntax.ofType("wildcard_import").length > 0 ||
    !isPlain ||
    definitions.length === 0 ||
    source !== module.text.slice(cell.start, cell.end)
  ) {
    return refuse(l10n.t("only a cell of functions and classes can be moved: extract functions first"));
  }
  const target = module.path.replace(/[^/]*$/, (name) => `${wordOf(name)}_functions.py`);
  if (project.dependencies?.importing.some(({ path }) => path === target))
    return refuse(l10n.t("{0} is there already", target));
  const scopes = readScopes(syntax);
  const imports = new Set<string>();
  for (const name of namesFromOutside(definitions, scopes, syntax)) {
    const bindings = (scopes.module.bindings.get(name) ?? []).filter(
      (each) => !(cell.start <= each.start && each.end <= cell.end),
    );
    if (!bindings.every(isImport)) return refuse(l10n.t("the cell uses `{0}` of another cell", name));
    for (const each of bindings) imports.add(textOf(syntax, each));
  }
  const names = definitions.flatMap((each) => each.child("name") ?? []).map((each) => textOf(syntax, each));
  const text = `${[...imports].join("\n")}${imports.size > 0 ? "\n\n\n" : ""}${source.trim()}\n`;
  const stem = target.replace(/^.*\//, "").replace(/\.py$/, "");
  return {
    ...common,
    edits: [
      { path: target, creates: true, edits: [{ at: { start: 0, end: 0 }, text }] },
      {
        path: module.path,
        edits: [{ at: { start: cell.start, end: cell.end }, text: `from ${stem} import ${names.join(", ")}` }],
      },
    ],
  };
}

function isImport({ type }: SyntaxNode): boolean {
  return type === "import_statement" || type === "import_from_statement";
}

/** A notebook's name as a module may have it. */
function wordOf(name: string): string {
  const word = name
    .replace(/\.ipynb$/, "")
    .replace(/\W+/g, "_")
    .toLowerCase();
  return /^\d/.test(word) ? `notebook_${word}` : word;
}

/** Names that definitions take from around them: in their bodies, their headers and their decorators. */
function namesFromOutside(definitions: readonly SyntaxNode[], scopes: Scopes, syntax: Syntax): ReadonlySet<string> {
  const names = new Set<string>();
  for (const definition of definitions) {
    for (const name of scopes.of(definition)?.freeNames() ?? []) names.add(name);
    const body = definition.child("body");
    const whole = definition.parent?.type === "decorated_definition" ? definition.parent : definition;
    for (const each of whole.descendants()) {
      const isName = each.type === "identifier" && each.field !== "attribute" && each.field !== "name";
      if (isName && !body?.holds(each) && !scopes.of(definition)?.parameters.has(textOf(syntax, each)))
        names.add(textOf(syntax, each));
    }
  }
  return names;
}
