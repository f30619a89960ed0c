import type { RefactoringResult } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import type { Project } from "../project/project.ts";
import type { PythonModule } from "../python/module.ts";
import { scopesOf } from "../python/scopes.ts";
import { nameOf, type Syntax, type SyntaxNode, statementsOf, syntaxOf, undecorated } from "../python/syntax.ts";
import { type Extraction, extractionOf } from "./extraction.ts";
import { lifetimeRefusal } from "./frames.ts";
import { isFreeName, namesIn } from "./function-name.ts";
import { isLiteral } from "./literals.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";
import { hasWholePairs } from "./same-code.ts";
import { isInside, selectionAt } from "./selection.ts";
import { SourceLines } from "./source-lines.ts";

/**
 * Puts the work below a module's definitions into `main()`, called behind `if __name__ == "__main__":`. As a script the
 * module does what it did; when it is imported the work no longer runs, so that nobody may need its variables: functions
 * of the module that read them, and files that import them, refuse. `firstEffect` is where the work begins.
 */
export function wrapInMain(module: PythonModule, firstEffect: Span, project: Project): RefactoringResult {
  const syntax = syntaxOf(module);
  if (!isFreeName("main", namesIn(syntax))) return refuse("NAME_TAKEN", ["main"]);
  const statements = statementsOf(syntax.root);
  const below = statements.slice(statements.findLastIndex(isDefinition) + 1);
  const between = statements.filter((each) => isDefinition(each) && each.start > firstEffect.start);
  if (between.length > 0)
    return refuse(
      "MODULE_STATE",
      between.flatMap((each) => definedName(syntax, each)),
    );
  const start = below.findIndex((each) => each.start >= firstEffect.start || !staysAbove(each, below, syntax, module));
  // What stands right above may have to come along; nothing else runs between.
  let refusal = refuse("MODULE_STATE");
  for (const from of [start, 0]) {
    const work = below.slice(from);
    const extraction = workOf(work, module, project);
    if (!isRefusal(extraction)) return wrapped(module, extraction);
    if (from === start) refusal = extraction;
  }
  return refusal;
}

function isDefinition(statement: SyntaxNode): boolean {
  return /^(function|class)_definition$/.test(undecorated(statement).type);
}

function definedName(syntax: Syntax, statement: SyntaxNode): readonly string[] {
  const name = undecorated(statement).child("name");
  return name ? [nameOf(syntax, name)] : [];
}

/** Imports, values that are written down, and what functions read belong to the module. */
function staysAbove(
  statement: SyntaxNode,
  below: readonly SyntaxNode[],
  syntax: Syntax,
  module: PythonModule,
): boolean {
  if (/^import(_from)?_statement$/.test(statement.type)) return true;
  const [assignment] = statement.type === "expression_statement" ? statement.named : [];
  const target = assignment?.type === "assignment" ? assignment.child("left") : undefined;
  const value = assignment?.child("right");
  if (target?.type !== "identifier" || !value) return false;
  const { module: scope } = scopesOf(module);
  const name = nameOf(syntax, target);
  const isSeen = scope.children.some((inner) => inner.kind !== "comprehension" && inner.freeNames().has(name));
  const isRebound = (scope.bindings.get(name)?.length ?? 0) > 1 && below.some((each) => each.holds(statement));
  return !isRebound && (isSeen || isLiteral(value));
}

/** The statements as the body of a function; refuses what would see a difference. */
function workOf(work: readonly SyntaxNode[], module: PythonModule, project: Project): Extraction | Refusal {
  const syntax = syntaxOf(module);
  const [first] = work;
  if (!first) return refuse("PARTIAL");
  const source = new SourceLines(syntax);
  const start = source.lines.startOf(source.firstLineOf(first));
  const scopes = scopesOf(module);
  const selection = selectionAt(syntax, scopes, { start, end: syntax.text.length });
  if (isRefusal(selection)) return selection;
  const extraction = extractionOf(selection);
  if (isRefusal(extraction)) return extraction;
  // What stays at the module's level and is rebound here would become another variable.
  if (extraction.inputs.size > 0) return refuse("MODULE_STATE", extraction.inputs);
  const outside = (name: string) => scopes.module.bindings.get(name)?.some((node) => !isInside(node, selection));
  const shared = [...extraction.assigned].filter((name) => outside(name));
  if (shared.length > 0) return refuse("MODULE_STATE", shared);
  const imported = [...extraction.assigned].filter((name) => isImportedElsewhere(name, syntax.path, project));
  if (imported.length > 0) return refuse("MODULE_STATE", imported);
  const comments = syntax.comments.filter((comment) => isInside(comment, source.extentOf(selection)));
  const pairs = comments.map(({ start: from, end }) => syntax.text.slice(from, end));
  if (!source.isIndentedEvenly(selection) || !hasWholePairs(pairs)) return refuse("PARTIAL");
  return lifetimeRefusal(selection, new Set()) ?? extraction;
}

/** Does a file that may import the module mention one of its variables? */
function isImportedElsewhere(name: string, path: string, project: Project): boolean {
  const stem = path.slice(path.lastIndexOf("/") + 1).replace(/\.py$/, "");
  const word = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, "u");
  const isImport = new RegExp(
    `import[^#\\n]*\\b${stem}\\b|from[^#\\n]*\\b${stem}\\b[^#\\n]*import|["'][\\w.]*\\b${stem}\\b`,
  );
  return (project.dependencies?.importing ?? []).some((file) => {
    const text = file.path === path ? "" : (project.sourceOf(file.path) ?? "");
    return isImport.test(text) && word.test(text);
  });
}

function wrapped(module: PythonModule, { selection }: Extraction): RefactoringResult {
  const { syntax } = selection;
  const source = new SourceLines(syntax);
  const { lines, lineEnd, unit } = source;
  const extent = source.extentOf(selection);
  const first = lines.lineAt(extent.start);
  let top = first;
  while (top > 0 && source.isBlank(top - 1)) top--;
  const gap = top === 0 ? [] : ["", ""];
  const body = source.moved(extent, unit, "");
  const text = [...gap, "def main():", ...body, "", "", 'if __name__ == "__main__":', `${unit}main()`];
  const end = extent.end;
  const isLast = syntax.text.slice(end).trim() === "";
  const at = { start: lines.startOf(top), end: isLast ? syntax.text.length : end };
  const edits = [{ at, text: text.join(lineEnd) + (isLast ? lineEnd : "") }];
  return breaks(module, edits) ? refuse("BROKEN") : { applied: true, edits: [{ path: syntax.path, edits }] };
}
