import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { ValueFlow } from "../../python/value-flow.ts";

/** Where the code stands that is spelt anew, and where it is to stand. */
export interface Places {
  /** The function or module whose code it is. */
  readonly from: SyntaxNode;
  /** The statement below which it is to stand, in the function or module `to`. */
  readonly to: SyntaxNode;
  readonly below: SyntaxNode;
  /** What the parameters of `from` are called with there. */
  readonly given: ReadonlyMap<string, string>;
  /** The names of networks, which may be called. */
  readonly networks: ReadonlySet<string>;
}

const methods = new Set(
  `to cpu cuda numpy detach float long int double bool type type_as view view_as reshape flatten ravel squeeze unsqueeze permute
  transpose t contiguous argmax max round sigmoid softmax exp tolist values astype item data_ptr size items`.split(
    /\s+/,
  ),
);
const builtins = new Set("enumerate range len zip list tqdm min".split(" "));
const functions =
  /^(?:tqdm\.(?:\w+\.)*tqdm|torch\.(?:nn\.functional\.)?(?!rand|load|save|manual_seed|no_grad)\w+|numpy\.(?:array|asarray|argmax|round|squeeze|ravel))$/;

/**
 * Spells expressions out of loops and functions so that they mean the same behind them: names that are bound on the way are
 * replaced by what they were bound to, parameters by what is given for them. The targets of loops stay, for a
 * comprehension over the same loop.
 */
export class Inliner {
  /** The loops whose targets the expressions use. */
  readonly loops = new Set<SyntaxNode>();
  /** The calls of networks among them. */
  readonly networkCalls = new Set<SyntaxNode>();
  readonly #flow: ValueFlow;
  readonly #places: Places;

  constructor(flow: ValueFlow, places: Places) {
    this.#flow = flow;
    this.#places = places;
  }

  /** On one line; undefined where the code does more than to look at its data. */
  text(node: SyntaxNode): string | undefined {
    const { syntax } = this.#flow;
    switch (node.type) {
      case "identifier":
        return this.#name(node);
      case "attribute": {
        const object = node.child("object");
        const before = object && this.#tight(object);
        const attribute = node.child("attribute");
        return before === undefined || !attribute ? undefined : `${before}.${textOf(syntax, attribute)}`;
      }
      case "keyword_argument": {
        const [name, value] = [node.child("name"), node.child("value")];
        const text = value && this.text(value);
        return name && text !== undefined ? `${textOf(syntax, name)}=${text}` : undefined;
      }
      case "call": {
        if (!this.#mayCall(node)) return undefined;
        const [callee] = node.named;
        const isShaped = callee?.type === "attribute" && /\.view_as$/.test(textOf(syntax, callee));
        if (isShaped) return this.text(callee.child("object") ?? callee);
        break;
      }
      case "string":
        return node.named.some(({ type }) => type === "interpolation") ? undefined : textOf(syntax, node);
      case "lambda":
      case "named_expression":
      case "await":
        return undefined;
    }
    if (/comprehension|generator|yield/.test(node.type)) return undefined;
    return this.#spliced(node);
  }

  /** The clauses of a comprehension over the loops that were used; undefined where there are several, or they cannot be spelt. */
  clause(): string | undefined {
    const [loop, ...others] = this.loops;
    if (!loop) return "";
    const [left, right] = [loop.child("left"), loop.child("right")];
    const iterable = right && this.text(right);
    if (others.length > 0 || this.loops.size > 1 || !left || iterable === undefined) return undefined;
    return ` for ${textOf(this.#flow.syntax, left)} in ${iterable}`;
  }

  #spliced(node: SyntaxNode): string | undefined {
    const { syntax } = this.#flow;
    let [text, end] = ["", node.start];
    for (const child of node.named) {
      const inner = this.text(child);
      if (inner === undefined) return undefined;
      text += this.#between(end, child.start) + inner;
      end = child.end;
    }
    return syntax.comments.some((comment) => node.holds(comment)) ? undefined : text + this.#between(end, node.end);
  }

  #between(start: number, end: number): string {
    return textOf(this.#flow.syntax, { start, end })
      .replace(/([([{])\s*\n\s*/g, "$1")
      .replace(/,?\s*\n\s*([)\]}])/g, "$1")
      .replace(/\s*\n\s*/g, " ");
  }

  #mayCall(node: SyntaxNode): boolean {
    const callee = node.child("function");
    const list = node.child("arguments");
    if (!callee || list?.type !== "argument_list") return false;
    const qualified = this.#flow.names.of(callee);
    if (qualified?.includes(".")) return functions.test(qualified);
    const method = callee.type === "attribute" ? callee.child("attribute") : undefined;
    if (method) return methods.has(textOf(this.#flow.syntax, method));
    const name = textOf(this.#flow.syntax, callee);
    if (this.#places.networks.has(name)) {
      this.networkCalls.add(node);
      return true;
    }
    return builtins.has(name);
  }

  #name(node: SyntaxNode): string | undefined {
    const { from, to, below, given } = this.#places;
    const name = textOf(this.#flow.syntax, node);
    const scope = this.#flow.names.scopeOf(node).ownerOf(name);
    if (scope.node !== from) return scope.kind === "module" ? name : undefined;
    const bound = scope.bindings.get(name) ?? [];
    const around = [...node.ancestors()];
    const loop = around.find((each) => from.holds(each) && isLoop(each) && bound.some((by) => each.holds(by)));
    const last = bound.findLast((by) => by.end <= node.start || (by.type === "for_statement" && around.includes(by)));
    if (from === to && !loop) {
      const isChanged = bound.some(({ start }) => node.end < start && start < below.end);
      return this.#predicted(last, name, around) ?? (isChanged ? undefined : name);
    }
    if (!last || (loop && !loop.holds(last))) return undefined;
    if (last.parent?.type === "parameters") return given.get(name);
    if (last.type !== "for_statement") return this.#assigned(last, name, around);
    if (!around.includes(last)) return undefined;
    this.loops.add(last);
    return name;
  }

  /** What a name has that could stay, if a network answered it. */
  #predicted(binding: SyntaxNode | undefined, name: string, around: readonly SyntaxNode[]): string | undefined {
    const inner = new Inliner(this.#flow, this.#places);
    const text = binding && inner.#assigned(binding, name, around);
    if (text === undefined || inner.networkCalls.size === 0) return undefined;
    for (const each of inner.loops) this.loops.add(each);
    for (const each of inner.networkCalls) this.networkCalls.add(each);
    return text;
  }

  /** What an assignment that certainly ran gives to a name. */
  #assigned(assignment: SyntaxNode, name: string, around: readonly SyntaxNode[]): string | undefined {
    if (assignment.type !== "assignment") return undefined;
    let suite = assignment.parent?.parent;
    while (suite?.parent?.type === "with_statement") suite = suite.parent.parent;
    if (!suite || !(suite.type === "module" || around.includes(suite))) return undefined;
    return this.#bound(assignment, name);
  }

  /** What an assignment gives to one of its names. */
  #bound(assignment: SyntaxNode, name: string): string | undefined {
    const [left, right] = [assignment.child("left"), assignment.child("right")];
    if (!left || !right) return undefined;
    if (left.type === "identifier") return this.#tight(right);
    const index = left.named.findIndex((part) => textOf(this.#flow.syntax, part) === name);
    if (index < 0) return undefined;
    const isListed = /^(?:expression_list|tuple)$/.test(right.type) && right.named.length === left.named.length;
    const part = isListed ? right.named[index] : undefined;
    if (part) return this.#tight(part);
    const whole = this.#tight(right);
    return whole === undefined ? undefined : `${whole}[${index}]`;
  }

  /** As a part of another expression: in parentheses, where an operator could bind otherwise. */
  #tight(node: SyntaxNode): string | undefined {
    const text = this.text(node);
    return text === undefined || isTight(text) ? text : `(${text})`;
  }
}

/** Can its parts be asked for as it stands: names, calls and subscripts, and no operator outside of brackets? */
function isTight(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (/[([{]/.test(sign)) depth++;
    else if (/[)\]}]/.test(sign)) depth--;
    else if (depth === 0 && !/[\w.]/.test(sign)) return false;
  }
  return /^\w/.test(text);
}

export function isLoop({ type }: SyntaxNode): boolean {
  return type === "for_statement" || type === "while_statement";
}
