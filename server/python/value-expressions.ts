import type { QualifiedNames } from "./qualified-names.ts";
import { isComprehension, parameterName } from "./scopes.ts";
import { nameOf, type Syntax, type SyntaxNode, textOf } from "./syntax.ts";
import { type Argument, type Call, merged, mergedArgument, Value } from "./value.ts";

type Values = readonly Value[];

/** Methods that hand back the very value that they belong to. */
const returningSelf = new Set(["fit", "partial_fit", "set_params", "to", "cuda", "cpu", "float", "eval", "train"]);
/** Methods that put their arguments into the value that they belong to. */
const taking = new Set(["append", "add", "extend", "insert", "update", "setdefault", "put"]);

/** What expressions yield, and what they bind; statements are value-flow.ts's. */
export class ExpressionFlow {
  readonly syntax: Syntax;
  /** By the node, so that a second reading of a loop adds to the first. */
  readonly calls = new Map<SyntaxNode, Call>();
  protected owner: SyntaxNode;
  /** What a name, or a dotted path such as `self.model`, may have at this point. */
  protected environment = new Map<string, Values>();
  readonly #names: QualifiedNames;
  readonly #byNode = new Map<SyntaxNode, Value>();
  readonly #byKey = new Map<string, Value>();
  readonly #numbers = new Map<Value, number>();

  constructor(syntax: Syntax, names: QualifiedNames) {
    this.syntax = syntax;
    this.#names = names;
    this.owner = syntax.root;
  }

  protected evaluateAll(nodes: readonly SyntaxNode[]): Values {
    return nodes.flatMap((node) => this.evaluate(node));
  }

  protected evaluate(node: SyntaxNode): Values {
    switch (node.type) {
      case "identifier":
        return this.#read(nameOf(this.syntax, node), node);
      case "attribute":
        return this.#attribute(node);
      case "subscript":
        return this.#subscript(node);
      case "call":
        return this.#call(node);
      case "parenthesized_expression":
      case "await":
      case "expression_list":
      case "list_splat":
        if (node.named.length === 1) return this.evaluateAll(node.named);
        return [this.#collection(node, node.named)];
      case "tuple":
      case "list":
      case "set":
        return [this.#collection(node, node.named)];
      case "dictionary":
        return [
          this.#collection(
            node,
            node.named.flatMap((pair) => pair.child("value") ?? pair.named),
          ),
        ];
      case "assignment":
      case "augmented_assignment":
        return this.#assignment(node);
      case "named_expression": {
        const values = this.evaluateAll(node.all("value"));
        this.bind(node.child("name"), values);
        return values;
      }
      case "as_pattern": {
        const values = this.evaluateAll(node.named.slice(0, 1));
        this.bind(node.child("alias")?.named[0], values);
        return values;
      }
      case "conditional_expression": {
        const [body, test, otherwise] = node.named;
        if (test) this.evaluate(test);
        return [body, otherwise].flatMap((each) => (each ? this.evaluate(each) : []));
      }
      case "boolean_operator":
        return this.evaluateAll(node.named);
      case "lambda":
        return this.#lambda(node);
      case "function_definition":
        return [this.#made(node, [])];
    }
    if (isComprehension(node)) return this.#comprehension(node);
    return [this.#made(node, this.evaluateAll(node.named))];
  }

  /** Gives a target its values; a part of an unknown whole is a piece of it. */
  protected bind(target: SyntaxNode | undefined, values: Values): void {
    if (!target) return;
    const path = this.#pathOf(target);
    if (path !== undefined) this.environment.set(path, values);
    else if (target.type === "subscript") this.#store(target, values);
    else if (/^(?:pattern_list|tuple_pattern|list_pattern|tuple|list|expression_list)$/.test(target.type)) {
      for (const [index, part] of target.named.entries()) this.bind(part, this.#pieces(values, index, part));
    } else if (target.named[0]) this.bind(target.named[0], values);
  }

  /** Gives the target of a loop what the iterable holds. */
  protected bindElements(target: SyntaxNode | undefined, iterable: SyntaxNode | undefined): void {
    if (!target || !iterable) return;
    const values = this.evaluate(iterable);
    const listed = values.flatMap((value) => value.elements ?? []).flat();
    this.bind(target, listed.length > 0 ? listed : [this.#made(target, values)]);
  }

  protected bindParameters(definition: SyntaxNode): void {
    for (const parameter of definition.child("parameters")?.named ?? []) {
      const name = parameterName(parameter);
      if (name) this.environment.set(nameOf(this.syntax, name), [this.#made(parameter, [])]);
    }
  }

  #made(node: SyntaxNode, from: Values): Value {
    const known = this.#byNode.get(node);
    if (known) for (const each of from) if (each !== known) known.from.add(each);
    const value = known ?? new Value(node, from);
    this.#byNode.set(node, value);
    return value;
  }

  /** The same value whenever it is asked for by these words: `data.target` of one `data` is one value. */
  #keyed(value: Value, word: string, make: () => Value): Value {
    const number = this.#numbers.get(value) ?? this.#numbers.size;
    this.#numbers.set(value, number);
    const key = `${number} ${word}`;
    const known = this.#byKey.get(key) ?? make();
    this.#byKey.set(key, known);
    return known;
  }

  #read(name: string, node: SyntaxNode): Values {
    const values = this.environment.get(name);
    if (values) return values;
    const free = this.#byKey.get(name) ?? new Value(node);
    this.#byKey.set(name, free);
    return [free];
  }

  #attribute(node: SyntaxNode): Values {
    const path = this.#pathOf(node);
    const known = path === undefined ? undefined : this.environment.get(path);
    if (known) return known;
    const attribute = node.child("attribute");
    const word = attribute ? nameOf(this.syntax, attribute) : "";
    return this.evaluateAll(node.all("object")).map((value) =>
      this.#keyed(value, `.${word}`, () => new Value(node, [value])),
    );
  }

  #subscript(node: SyntaxNode): Values {
    const [object, ...indices] = node.named;
    if (!object) return [];
    const word = `[${textOf(this.syntax, { start: object.end, end: node.end })}`;
    const inside = this.evaluateAll(indices);
    const isFixed = indices.every((index) => !/identifier|call/.test(index.type));
    return this.evaluate(object).map((value) => {
      if (!isFixed) return this.#made(node, [value, ...inside]);
      return this.#keyed(value, word, () => new Value(node, [value, ...inside]));
    });
  }

  /** `frame["x"] = values` makes another frame, of what it was and of the values. */
  #store(target: SyntaxNode, values: Values): void {
    const [object, ...indices] = target.named;
    if (!object) return;
    this.evaluateAll(indices);
    const changed = this.#made(target, [...this.evaluate(object), ...values]);
    const holder = object.type === "attribute" && this.#pathOf(object) === undefined ? object.child("object") : object;
    const whole =
      holder?.type === "attribute" && /^(?:loc|iloc|at|iat)$/.test(this.#lastWord(holder))
        ? holder.child("object")
        : holder;
    this.bind(whole, [changed]);
  }

  #lastWord(node: SyntaxNode): string {
    const attribute = node.child("attribute");
    return attribute ? nameOf(this.syntax, attribute) : "";
  }

  #pieces(values: Values, index: number, part: SyntaxNode): Values {
    if (part.type === "list_splat_pattern") return values;
    return values.flatMap((value) => {
      const element = value.elements?.[index];
      if (element) return element;
      return this.#keyed(value, `#${index}`, () => new Value(part, [value], { of: value, index }));
    });
  }

  #collection(node: SyntaxNode, parts: readonly SyntaxNode[]): Value {
    const elements = parts.map((part) => this.evaluate(part));
    const value = this.#made(node, elements.flat());
    value.elements = elements;
    return value;
  }

  #assignment(node: SyntaxNode): Values {
    const right = node.child("right");
    if (!right) return [];
    const values = this.evaluate(right);
    const left = node.child("left");
    if (node.type === "augmented_assignment" && left) {
      const changed = [this.#made(node, [...this.evaluate(left), ...values])];
      this.bind(left, changed);
      return changed;
    }
    this.bind(left, values);
    return values;
  }

  #comprehension(node: SyntaxNode): Values {
    const outer = this.environment;
    this.environment = new Map(outer);
    const clauses = node.named.filter((child) => child.type === "for_in_clause");
    for (const clause of clauses) this.bindElements(clause.child("left"), clause.child("right"));
    const inside = node.named
      .filter((child) => child.type !== "for_in_clause")
      .flatMap((child) => this.evaluate(child));
    const value = this.#made(node, inside);
    this.environment = outer;
    return [value];
  }

  /** Its body is looked at as if it were called at once. */
  #lambda(node: SyntaxNode): Values {
    const outer = this.environment;
    this.environment = new Map(outer);
    this.bindParameters(node);
    const value = this.#made(node, this.evaluateAll(node.all("body")));
    this.environment = outer;
    return [value];
  }

  #call(node: SyntaxNode): Values {
    const callee = node.child("function");
    const list = node.child("arguments");
    if (!callee || !list) return [];
    const qualified = this.#names.of(callee);
    const isMethod = callee.type === "attribute" && qualified === undefined;
    const receiver = isMethod ? this.evaluateAll(callee.all("object")) : [];
    if (!isMethod && callee.type !== "identifier" && qualified === undefined) this.evaluate(callee);
    const positional: Argument[] = [];
    const keywords = new Map<string, Argument>();
    const all = list.type === "argument_list" ? list.named : [list];
    for (const argument of all) {
      const value = argument.type === "keyword_argument" ? argument.child("value") : argument;
      const name = argument.type === "keyword_argument" ? argument.child("name") : undefined;
      if (!value) continue;
      const given = { node: value, values: this.evaluate(value) };
      if (name) keywords.set(nameOf(this.syntax, name), given);
      else positional.push(given);
    }
    const given = [...positional, ...keywords.values()].flatMap((each) => each.values);
    const value = this.#made(node, [...receiver, ...given]);
    const method = isMethod ? this.#lastWord(callee) : undefined;
    const before = this.calls.get(node);
    const call: Call = {
      node,
      callee: qualified ?? (callee.type === "identifier" ? nameOf(this.syntax, callee) : undefined),
      method,
      receiver: merged(before?.receiver, receiver),
      positional: positional.map((each, index) => mergedArgument(before?.positional[index], each)),
      keywords: new Map([...keywords].map(([name, each]) => [name, mergedArgument(before?.keywords.get(name), each)])),
      hasSplat: all.some((each) => each.type === "list_splat" || each.type === "dictionary_splat"),
      value,
      owner: this.owner,
    };
    this.calls.set(node, call);
    value.call = call;
    if (method !== undefined && taking.has(method)) {
      for (const each of receiver) for (const argument of given) if (argument !== each) each.from.add(argument);
    }
    const unpacked = method === "items" || method === "values" ? receiver.flatMap((each) => each.elements ?? []) : [];
    if (unpacked.length > 0)
      value.elements = method === "items" ? unpacked.map((each) => this.#item(node, each)) : unpacked;
    return method !== undefined && returningSelf.has(method) && receiver.length > 0 ? receiver : [value];
  }

  /** A pair of a key, of which nothing is known, and a value. */
  #item(node: SyntaxNode, values: Values): Values {
    const pair = new Value(node, values);
    pair.elements = [[new Value(node)], values];
    return [pair];
  }

  /** `name`, or `self.name` however deep; undefined for anything that is no plain path. */
  #pathOf(node: SyntaxNode): string | undefined {
    if (node.type === "identifier") return nameOf(this.syntax, node);
    if (node.type !== "attribute") return undefined;
    const object = node.child("object");
    const before = object && this.#pathOf(object);
    return before === undefined ? undefined : `${before}.${this.#lastWord(node)}`;
  }
}
