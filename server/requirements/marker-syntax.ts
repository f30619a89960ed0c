import { pythonString } from "./python-string.ts";

/** A marker variable by its present name, or a quoted string. */
export interface MarkerTerm {
  readonly isVariable: boolean;
  readonly text: string;
}

export interface MarkerOperation {
  readonly left: MarkerTerm;
  readonly operation: string;
  readonly right: MarkerTerm;
}

/** `and` binds stronger than `or`. */
export type MarkerTree = MarkerOperation | { readonly joined: "and" | "or"; readonly parts: readonly MarkerTree[] };

const patterns = {
  blank: /[ \t]+/y,
  open: /\(/y,
  close: /\)/y,
  string: /'[^']*'|"[^"]*"/y,
  operator: /===|==|~=|!=|<=|>=|<|>/y,
  word: /\b(?:or|and)\b/y,
  inside: /\bin\b/y,
  outside: /\bnot[ \t]+in\b/y,
  variable: new RegExp(
    "\\b(?:python_version|python_full_version|os[._]name|sys[._]platform|platform_(?:release|system)" +
      "|platform[._](?:version|machine|python_implementation)|python_implementation" +
      "|implementation_(?:name|version)|extras?|dependency_groups)\\b",
    "y",
  ),
} as const;

/** Reads a whole text as a marker (PEP 508, as `packaging` 26 tokenizes it); undefined when it is none. */
export function parseMarker(text: string): MarkerTree | undefined {
  const reader = new Reader(text);
  const tree = alternatives(reader);
  return tree && reader.isAtEnd ? tree : undefined;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** Reads one token if it stands here. */
  take(kind: keyof typeof patterns): string | undefined {
    const pattern = patterns[kind];
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}

function alternatives(reader: Reader): MarkerTree | undefined {
  const first = atom(reader);
  if (!first) return undefined;
  const groups = [[first]];
  for (let word = reader.take("word"); word; word = reader.take("word")) {
    const next = atom(reader);
    if (!next) return undefined;
    if (word === "or") groups.push([next]);
    else groups.at(-1)?.push(next);
  }
  return joined(
    "or",
    groups.map((group) => joined("and", group)),
  );
}

function joined(word: "and" | "or", parts: readonly MarkerTree[]): MarkerTree {
  const [only, ...others] = parts;
  return only && others.length === 0 ? only : { joined: word, parts };
}

function atom(reader: Reader): MarkerTree | undefined {
  reader.take("blank");
  const tree = reader.take("open") ? inParentheses(reader) : operation(reader);
  reader.take("blank");
  return tree;
}

function inParentheses(reader: Reader): MarkerTree | undefined {
  const tree = alternatives(reader);
  return tree && reader.take("close") ? tree : undefined;
}

function operation(reader: Reader): MarkerOperation | undefined {
  const left = term(reader);
  reader.take("blank");
  const operator = reader.take("inside") ?? reader.take("outside")?.replace(/[ \t]+/, " ") ?? reader.take("operator");
  reader.take("blank");
  const right = term(reader);
  return left && operator && right ? { left, operation: operator, right } : undefined;
}

/** Names of variables from before PEP 508 (`os.name`) mean the present ones. */
function term(reader: Reader): MarkerTerm | undefined {
  const variable = reader.take("variable")?.replace(".", "_");
  if (variable) {
    const text = variable === "python_implementation" ? "platform_python_implementation" : variable;
    return { isVariable: true, text };
  }
  const quoted = reader.take("string");
  const text = quoted === undefined ? undefined : pythonString(quoted);
  return text === undefined ? undefined : { isVariable: false, text };
}
