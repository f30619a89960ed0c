import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { Fix } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { importEdits, importRefusal } from "../baseline/insertion.ts";

/**
 * A Pydantic model of the keys that a handler takes from its `dict` becomes the type of the parameter, so that FastAPI
 * refuses what lacks one. Every field is a number at first: which type and which bounds it has, only a person knows.
 */
export function inputModelFix(
  module: PythonModule,
  flow: ValueFlow,
  definition: SyntaxNode,
  parameter: SyntaxNode,
): Fix {
  const common = { title: l10n.t("Declare the input with Pydantic"), kind: "quickfix", safe: false } as const;
  const name = parameter.named[0];
  const type = parameter.child("type");
  const top = definition.parent?.type === "decorated_definition" ? definition.parent : definition;
  const uses = name ? usesOf(name, definition, flow) : [];
  const keys = uses.map((use) => keyOf(use, flow));
  const word = name ? modelName(textOf(flow.syntax, name)) : "";
  const isPlain = keys.length > 0 && keys.every((key) => key !== undefined) && top.parent?.type === "module";
  if (!type || !isPlain || flow.scopes.module.bindings.has(word)) {
    return { ...common, edits: [], refused: l10n.t("only a `dict` whose keys are plain words here can be declared") };
  }
  const taken = importRefusal(flow, "pydantic", ["BaseModel"], top);
  if (taken) return { ...common, edits: [], ...taken };
  const fields = [...new Set(keys)].map((key) => `    ${key}: float\n`).join("");
  const edits: Edit[] = [
    ...importEdits(module, flow, "pydantic", ["BaseModel"]),
    { at: { start: top.start, end: top.start }, text: `class ${word}(BaseModel):\n${fields}\n\n` },
    { at: type, text: word },
    ...uses.map((use, index) => {
      const subscript = use.parent ?? use;
      return { at: { start: use.end, end: subscript.end }, text: `.${keys[index]}` };
    }),
  ];
  return { ...common, edits: [{ path: module.path, edits }] };
}

/** Where the body of a function speaks of its parameter. */
function usesOf(name: SyntaxNode, definition: SyntaxNode, { syntax }: ValueFlow): readonly SyntaxNode[] {
  const word = textOf(syntax, name);
  const body = definition.child("body");
  return [...(body?.descendants() ?? [])].filter((each) => each.type === "identifier" && textOf(syntax, each) === word);
}

/** The word in `payload["age"]`, if it can be an attribute. */
function keyOf(use: SyntaxNode, { syntax }: ValueFlow): string | undefined {
  const subscript = use.parent;
  const [object, index, ...more] = subscript?.named ?? [];
  if (subscript?.type !== "subscript" || object !== use || index?.type !== "string" || more.length > 0)
    return undefined;
  return /^["']([A-Za-z]\w*)["']$/.exec(textOf(syntax, index))?.[1];
}

/** `customer_data` is declared by `CustomerData`. */
function modelName(parameter: string): string {
  return parameter.replace(/(?:^|_)+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
}
