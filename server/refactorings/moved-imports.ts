import type { Edit } from "../core/edit.ts";
import { nameOf, type Syntax, type SyntaxNode, textOf } from "../python/syntax.ts";

/**
 * The edits after which a file imports a module by another name; none where it does not import it, undefined where that
 * takes more than another name. `isMoved` tells by a dotted name, with the dots of a relative import, whether it is meant.
 */
export function renamedImports(
  syntax: Syntax,
  isMoved: (name: string) => boolean,
  name: string,
): readonly Edit[] | undefined {
  const edits: (readonly Edit[] | undefined)[] = [];
  for (const node of syntax.ofType("import_statement")) {
    for (const item of node.all("name")) {
      const named = item.type === "aliased_import" ? item.child("name") : item;
      if (!named || !isMoved(compact(textOf(syntax, named)))) continue;
      if (name.startsWith(".")) edits.push(undefined);
      else edits.push(item === named ? qualifiedUses(syntax, named, name) : [{ at: spanOf(named), text: name }]);
    }
  }
  for (const node of syntax.ofType("import_from_statement")) edits.push(fromImport(syntax, node, isMoved, name));
  return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
}

function fromImport(syntax: Syntax, node: SyntaxNode, isMoved: (name: string) => boolean, name: string) {
  const from = node.child("module_name");
  const module = from && compact(textOf(syntax, from));
  if (!from || module === undefined) return [];
  if (isMoved(module)) return [{ at: spanOf(from), text: name }];
  const items = node.all("name");
  const members = items.map((item) => nameOf(syntax, item.child("name") ?? item));
  if (!members.some((member) => isMoved(`${module}${module.endsWith(".") ? "" : "."}${member}`))) return [];
  const [, around = "", own] = /^(.*\.)?(\w+)$/.exec(name) ?? [];
  const prefix = /^\.+$/.test(around) ? around : around.slice(0, -1);
  const [item] = items;
  if (items.length !== 1 || !item || own === undefined || prefix === "") return undefined;
  const moved = { at: spanOf(from), text: prefix };
  if (own === members[0]) return [moved];
  const named = item.child("name");
  return [moved, named ? { at: spanOf(named), text: own } : { at: spanOf(item), text: `${own} as ${members[0]}` }];
}

/** `import lab.model` binds `lab`: every use must be of `lab.model`, and is told by the new name. */
function qualifiedUses(syntax: Syntax, named: SyntaxNode, name: string): readonly Edit[] | undefined {
  const old = compact(textOf(syntax, named));
  const [top = ""] = old.split(".");
  const uses = syntax
    .ofType(old.includes(".") ? "attribute" : "identifier")
    .filter((node) => textOf(syntax, node) === old);
  const plain = uses.filter((node) => !isInImport(node) && node.field !== "attribute");
  const all = syntax.variablesNamed(top).filter((node) => !isInImport(node));
  const isTold = all.every((node) => plain.some((use) => use.holds(node)));
  const isAlone = syntax
    .ofType("dotted_name")
    .every(
      (node) =>
        node === named ||
        compact(textOf(syntax, node)).split(".")[0] !== top ||
        node.parent?.type !== "import_statement",
    );
  const isRebound = plain.some(({ field, parent }) => field === "left" && parent?.type === "assignment");
  if (
    !isTold ||
    !isAlone ||
    isRebound ||
    syntax.variablesNamed(name.split(".")[0] ?? "").some((node) => !isInImport(node) && top !== name.split(".")[0])
  )
    return undefined;
  return [named, ...plain].map((node) => ({ at: spanOf(node), text: name }));
}

function isInImport(node: SyntaxNode): boolean {
  return [...node.ancestors()].some(({ type }) => /^import_(?:from_)?statement$/.test(type));
}

function compact(dotted: string): string {
  return dotted.replace(/\s+/g, "");
}

function spanOf({ start, end }: SyntaxNode): Edit["at"] {
  return { start, end };
}
