import { plainString } from "../python/strings.ts";
import { type SyntaxNode, textOf } from "../python/syntax.ts";
import type { Call, Value } from "../python/value.ts";
import type { ValueFlow } from "../python/value-flow.ts";

/** A column of a table that code made or read. */
export interface Column {
  readonly name: string;
  /** The last assignment that computes it; undefined where it is as the file has it. */
  readonly computed: SyntaxNode | undefined;
  /** Whether it was taken out of its table by itself: a series, no table of one column. */
  readonly isSeries: boolean;
}

/** The columns that a call reads from a file; undefined where they are not known. */
export type ReadColumns = (call: Call) => readonly string[] | undefined;

/** Methods of a table whose result has the same columns; those of the second line write into every one of them. */
const keeping = new Set(
  "copy reset_index sample dropna sort_values sort_index head tail query drop_duplicates convert_dtypes infer_objects".split(
    " ",
  ),
);
const changing = new Set("fillna ffill bfill interpolate replace clip round astype apply".split(" "));

/** Which columns a table has at a place of the code, as far as its text tells; a guess is no answer. */
export class ColumnFlow {
  readonly #flow: ValueFlow;
  readonly #columnsRead: ReadColumns;
  readonly #known = new Map<Value, readonly Column[] | undefined>();

  constructor(flow: ValueFlow, columnsRead: ReadColumns) {
    this.#flow = flow;
    this.#columnsRead = columnsRead;
  }

  /** Those of what an expression may yield; undefined unless every way to it gives the same. */
  columnsOf(values: readonly Value[]): readonly Column[] | undefined {
    const [first, ...others] = values.map((value) => this.#of(value));
    const names = (columns: readonly Column[] | undefined) => columns?.map(({ name }) => name).join("\0");
    return others.every((other) => names(other) === names(first)) ? first : undefined;
  }

  /** The literal words of an expression: a string, a list of them, or a name that is bound once to such a list. */
  wordsOf(node: SyntaxNode | undefined): readonly string[] | undefined {
    if (!node) return undefined;
    if (node.type === "string") {
      const word = plainString(this.#flow.syntax, node);
      return word === undefined || word.includes("\\") ? undefined : [word];
    }
    if (/^(?:list|tuple|set|binary_operator|parenthesized_expression|list_splat)$/.test(node.type)) {
      if (node.type === "binary_operator" && !node.hasToken("+")) return undefined;
      const parts = node.named.map((part) => this.wordsOf(part));
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    if (node.type !== "identifier") return undefined;
    const name = textOf(this.#flow.syntax, node);
    const bindings = this.#flow.names.scopeOf(node).ownerOf(name).bindings.get(name) ?? [];
    const [binding] = bindings;
    if (!binding || bindings.length > 1) return undefined;
    for (const each of [binding, ...binding.ancestors()]) {
      const isBinding = each.type === "assignment" || each.type === "for_statement";
      if (isBinding && each.child("left")?.type === "identifier") return this.wordsOf(each.child("right"));
      if (each.type.endsWith("statement") || each.type === "block") return undefined;
    }
    return undefined;
  }

  #of(value: Value): readonly Column[] | undefined {
    if (this.#known.has(value)) return this.#known.get(value);
    // A loop leads back to where it began: nothing is known of that.
    this.#known.set(value, undefined);
    const columns = this.#withoutTaken(value, this.#computed(value));
    this.#known.set(value, columns);
    return columns;
  }

  #computed(value: Value): readonly Column[] | undefined {
    const { call, node, piece } = value;
    if (piece) {
      const made = piece.of.call;
      if (!made?.callee?.endsWith(".train_test_split")) return undefined;
      const argument = made.positional[Math.floor(piece.index / 2)];
      return argument && this.columnsOf(argument.values);
    }
    if (call) return this.#ofCall(call);
    if (node.parent?.type === "parameters") return this.#given(node, node.parent);
    const [whole] = value.from;
    if (!whole) return undefined;
    if (node.type === "subscript") return isTarget(node) ? this.#stored(node, whole) : this.#selected(node, whole);
    const isView = node.type === "attribute" && /\.(?:loc|iloc|values)$/.test(textOf(this.#flow.syntax, node));
    return isView ? this.#of(whole) : undefined;
  }

  /** What the calls of a function of this file hand to its parameter. */
  #given(parameter: SyntaxNode, list: SyntaxNode): readonly Column[] | undefined {
    const { syntax, calls } = this.#flow;
    const name = list.parent?.child("name");
    const own = textOf(syntax, parameter.type === "identifier" ? parameter : (parameter.named[0] ?? parameter));
    const index = list.named.indexOf(parameter);
    const callers = name ? calls.filter(({ callee }) => callee === textOf(syntax, name)) : [];
    return this.columnsOf(
      callers.flatMap(({ positional, keywords }) => (positional[index] ?? keywords.get(own))?.values ?? []),
    );
  }

  #ofCall(call: Call): readonly Column[] | undefined {
    const { method, positional, keywords, receiver, callee } = call;
    if (method === undefined) {
      const [definition] = (callee !== undefined && this.#flow.scopes.module.bindings.get(callee)) || [];
      const returned = definition && this.#flow.returned.get(definition);
      if (returned) return this.columnsOf(returned);
      const read = this.#columnsRead(call);
      if (read) return read.map((name) => ({ name, computed: undefined, isSeries: false }));
      return call.callee === "pandas.DataFrame" && positional[0] && keywords.size === 0
        ? this.columnsOf(positional[0].values)
        : undefined;
    }
    const before = this.columnsOf(receiver);
    if (!before) return undefined;
    if (keeping.has(method)) return before;
    if (method === "to_numpy") return before;
    if (changing.has(method)) return before.map(({ name }) => ({ name, computed: call.node, isSeries: false }));
    if (method === "drop") return this.#dropped(call, before);
    if (method === "filter") return this.#chosen(this.wordsOf(keywords.get("items")?.node), before);
    if (method === "pop") return undefined;
    if (method === "assign") {
      return [...keywords.keys()].reduce((columns, name) => withColumn(columns, name, call.node), before);
    }
    return undefined;
  }

  #dropped(call: Call, before: readonly Column[]): readonly Column[] | undefined {
    const { positional, keywords } = call;
    const { syntax } = this.#flow;
    const axis = keywords.get("axis") ?? positional[1];
    const isColumns = axis && /^(?:1|["']columns["'])$/.test(textOf(syntax, axis.node));
    const labels = keywords.get("columns") ?? (isColumns ? (positional[0] ?? keywords.get("labels")) : undefined);
    if (!labels) return before;
    const words = this.wordsOf(labels.node);
    return words && before.filter(({ name }) => !words.includes(name));
  }

  /** `frame["x"] = …`, `frame.loc[rows, "x"] = …`. */
  #stored(node: SyntaxNode, whole: Value): readonly Column[] | undefined {
    const before = this.#of(whole);
    const words = this.wordsOf(node.named.at(-1));
    return before && words?.reduce((columns, name) => withColumn(columns, name, node.parent ?? node), before);
  }

  /** `frame[["x", "y"]]` has two columns, `frame["x"]` is one, `frame[mask]` has all. */
  #selected(node: SyntaxNode, whole: Value): readonly Column[] | undefined {
    const before = this.#of(whole);
    const [, ...indices] = node.named;
    const last = indices.at(-1);
    if (!last) return undefined;
    const words = this.wordsOf(last);
    if (words) return this.#chosen(words, before, last.type === "string");
    const isRows =
      indices.length === 1 && /^(?:comparison_operator|binary_operator|unary_operator|call|slice)$/.test(last.type);
    const isWholeRow = indices.length === 2 && textOf(this.#flow.syntax, last) === ":";
    return isRows || isWholeRow ? before : undefined;
  }

  /** Where the table itself is unknown, the names alone tell. */
  #chosen(
    words: readonly string[] | undefined,
    before: readonly Column[] | undefined,
    isSeries = false,
  ): readonly Column[] | undefined {
    return words?.map((word) => {
      const known = before?.find(({ name }) => name === word);
      return { name: word, computed: known?.computed, isSeries };
    });
  }

  /** What `pop`, `del` and `drop(inplace=True)` take out of the very table. */
  #withoutTaken(value: Value, columns: readonly Column[] | undefined): readonly Column[] | undefined {
    if (!columns) return undefined;
    let left = columns;
    for (const call of this.#flow.calls) {
      if (!call.receiver.includes(value)) continue;
      if (call.method === "pop") {
        const words = this.wordsOf(call.positional[0]?.node);
        left = left.filter(({ name }) => !words?.includes(name));
      }
      const inplace = call.keywords.get("inplace");
      if (!inplace || textOf(this.#flow.syntax, inplace.node) !== "True") continue;
      if (keeping.has(call.method ?? "")) continue;
      const dropped = call.method === "drop" ? this.#dropped(call, left) : undefined;
      if (!dropped) return undefined;
      left = dropped;
    }
    const deleted = this.#deleted();
    return left.filter(({ name }) => !deleted.has(name));
  }

  /** `del frame["x"]` */
  #deleted(): ReadonlySet<string> {
    const targets = this.#flow.syntax
      .ofType("delete_statement")
      .flatMap((statement) =>
        statement.named.flatMap((each) => (each.type === "expression_list" ? each.named : [each])),
      );
    const subscripts = targets.filter((target) => target.type === "subscript");
    return new Set(subscripts.flatMap((target) => this.wordsOf(target.named.at(-1)) ?? []));
  }
}

function withColumn(columns: readonly Column[], name: string, computed: SyntaxNode): readonly Column[] {
  if (!columns.some((column) => column.name === name)) return [...columns, { name, computed, isSeries: false }];
  return columns.map((column) => (column.name === name ? { name, computed, isSeries: false } : column));
}

function isTarget(subscript: SyntaxNode): boolean {
  const { parent } = subscript;
  return (
    (parent?.type === "assignment" || parent?.type === "augmented_assignment") && parent.child("left") === subscript
  );
}
