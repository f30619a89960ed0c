import { nameOf, type SyntaxNode, textOf } from "../python/syntax.ts";
import { isReplaceable } from "./expression-at.ts";
import type { Extraction } from "./extraction.ts";
import { isLiteral, literalKey } from "./literals.ts";
import { contentAsLiteral, isStored, kindOfName } from "./node-kinds.ts";
import { unnamedText } from "./same-code.ts";
import { isInside, type Selection, scopesAround } from "./selection.ts";
import { isBoundOnce } from "./stable-names.ts";

/** The nodes at one place, one for each copy. */
export type Column = readonly SyntaxNode[];

/** What a name is to a copy: bound inside, a variable from outside, of the module, or of a scope inside the copy. */
export type Role = "bound" | "outer" | "global" | "inner";

/** What stands in the copies of a clone, each found by its index, and what it means there. */
export class CopiedCode {
  private readonly copies: readonly Extraction[];

  constructor(copies: readonly Extraction[]) {
    this.copies = copies;
  }

  /** Values that may be computed at any time and as often as one likes. */
  areSimple(column: Column): boolean {
    return column.every((node, index) => isReplaceable(node) && this.isSimple(index, node));
  }

  private isSimple(index: number, node: SyntaxNode): boolean {
    const copy = this.copies[index];
    if (!copy) return false;
    const { syntax, host, scopes } = copy.selection;
    if (isLiteral(node)) return true;
    if (node.type !== "identifier" || kindOfName(node) !== "variable" || isStored(node)) return false;
    const role = this.roleOf(index, node);
    const name = nameOf(syntax, node);
    if (role === "outer") return copy.inputs.has(name);
    if (role !== "global") return false;
    if (!isBoundOnce(name, syntax, scopes)) return false;
    return host.kind !== "module" || !host.bindings.has(name) || copy.isBoundAtStart(name);
  }

  /** Does it use no name that the copy binds, or that belongs to a scope inside the copy around it? */
  isFromOutside(index: number, node: SyntaxNode): boolean {
    for (const inner of node.descendants()) {
      if (inner.type !== "identifier" || kindOfName(inner) !== "variable") continue;
      const role = this.roleOf(index, inner);
      if (role === "bound" || (role === "inner" && !node.holds(this.ownerOf(index, inner).node))) return false;
    }
    return true;
  }

  ownerOf(index: number, node: SyntaxNode) {
    const { scopes, syntax } = this.selection(index);
    const { host = scopes.module, inner } = scopesAround(node, scopes);
    return (inner[0] ?? host).ownerOf(nameOf(syntax, node));
  }

  roleOf(index: number, node: SyntaxNode): Role {
    const copy = this.copies[index];
    if (!copy) return "global";
    const { scopes, syntax, host } = copy.selection;
    const name = nameOf(syntax, node);
    const owner = this.ownerOf(index, node);
    if (isInside(owner.node, copy.selection)) return "inner";
    if (owner === host && copy.assigned.has(name)) return "bound";
    return owner === scopes.module ? "global" : "outer";
  }

  /** Nodes with the same key have the same value. */
  key(index: number, node: SyntaxNode): string {
    const argument = this.argument(index, node) ?? "";
    return isLiteral(node) ? literalKey(node, this.selection(index).syntax) : `${node.type} ${argument}`;
  }

  /** What a node is as an argument; undefined where it is none. */
  argument(index: number, node: SyntaxNode): string | undefined {
    const text = this.text(index, node);
    const { syntax } = this.selection(index);
    if (node.type === "string_content") return contentAsLiteral(this.text(index, node.parent ?? node), text);
    return /[\r\n]/.test(text) || syntax.comments.some((comment) => node.holds(comment)) ? undefined : text;
  }

  haveEqualGaps(column: Column): boolean {
    const gaps = column.map((node, index) => {
      const { syntax } = this.selection(index);
      let done = node.start;
      const parts = node.children.map((child) => {
        const gap = unnamedText(syntax, done, child.start);
        done = child.end;
        return gap;
      });
      return [...parts, unnamedText(syntax, done, node.end)].join("\u0000");
    });
    return new Set(gaps).size === 1;
  }

  text(index: number, node: SyntaxNode): string {
    return textOf(this.selection(index).syntax, node);
  }

  nameAt(index: number, node: SyntaxNode): string {
    return nameOf(this.selection(index).syntax, node);
  }

  private selection(index: number): Selection {
    const copy = this.copies[index] ?? this.copies[0];
    if (!copy) throw new RangeError("there is no such copy");
    return copy.selection;
  }
}
