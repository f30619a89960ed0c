import type { Edit } from "../core/edit.ts";
import { PythonModule } from "../python/module.ts";
import { syntaxOf } from "../python/syntax.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { futuresOf, importEdit, topImports } from "./top-imports.ts";

/** Code for a module that holds nothing but shared code: a definition, the imports it needs, and its `__future__`. */
export interface Addition {
  readonly lines: readonly string[];
  readonly imports: readonly string[];
  readonly futures: readonly string[];
}

/** The edits that put code at the end of a module, whose text is empty where it is new. */
export function additionTo(
  path: string,
  text: string,
  { lines, imports, futures }: Addition,
  lineEnd: string,
): readonly Edit[] | Refusal {
  if (text.trim() === "") {
    const future = futures.length > 0 ? [`from __future__ import ${futures.join(", ")}`] : [];
    const head = [...future, ...(future.length > 0 && imports.length > 0 ? [""] : []), ...ordered(imports)];
    const all = [...head, ...(head.length > 0 ? ["", ""] : []), ...lines];
    return [{ at: { start: 0, end: text.length }, text: all.map((line) => line + lineEnd).join("") }];
  }
  using module = new PythonModule(path, text);
  const syntax = syntaxOf(module);
  if (futuresOf(syntax).join() !== futures.join()) return refuse("CLONE_GLOBALS", ["__future__"]);
  const ownEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const known = new Set(topImports(syntax).map((each) => each.text));
  const missing = ordered(imports.filter((line) => !known.has(line)));
  const names = missing.map((line) => line.replace(/^.*\s/, "").replace(/\..*$/, ""));
  const taken = names.filter((name) => syntax.variablesNamed(name).length > 0);
  if (taken.length > 0) return refuse("NAME_TAKEN", taken);
  const imported = missing.length > 0 ? importEdit(syntax, missing.join(ownEnd), () => true) : undefined;
  const end = text.length;
  const gap = `${text.endsWith("\n") ? "" : ownEnd}${ownEnd}${ownEnd}`;
  const added = { at: { start: end, end }, text: gap + lines.map((line) => line + ownEnd).join("") };
  return imported ? [imported, added] : [added];
}

/** Plain imports first, each kind by its module. */
function ordered(imports: readonly string[]): readonly string[] {
  const key = (line: string) =>
    line
      .replace(/^import /, "0")
      .replace(/^from \./, "2")
      .replace(/^from /, "1");
  return [...new Set(imports)].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}
