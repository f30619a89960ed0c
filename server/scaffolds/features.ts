import type { PythonModule } from "../python/module.ts";
import type { SyntaxNode } from "../python/syntax.ts";
import type { Column } from "./columns.ts";
import type { Kind, TableColumn } from "./table.ts";

/** One column of what the saved model is asked with. */
export interface Feature {
  /** As the model knows it. */
  readonly column: string;
  /** Its name in Python: the column's own where that can be one. */
  readonly field: string;
  readonly kind: Kind;
  /** Whether the data leaves it empty here and there, so that the model must cope with that. */
  readonly isOptional: boolean;
  /** A value that it may have, as Python spells it. */
  readonly example: string;
  /** The line, from 1, of the code that computes it outside of the model; undefined for a column of the file. */
  readonly computedAt: number | undefined;
  /** Nothing says what it holds: a number is assumed. */
  readonly isAssumed: boolean;
}

/** Their kinds are those of the data, else what the code makes of them. */
export function featuresOf(
  columns: readonly Column[],
  table: readonly TableColumn[],
  module: PythonModule,
): readonly Feature[] {
  const fields = new Fields();
  return columns.map(({ name, computed }) => {
    const read = table.find((each) => each.name === name);
    const kind = (computed ? computedKind(computed, read, module) : read?.kind) ?? "number";
    return {
      column: name,
      field: fields.nameFor(name),
      kind,
      isOptional: computed === undefined && read?.hasEmpty === true,
      example: exampleOf(kind, read),
      computedAt: computed && lineOf(computed, module),
      isAssumed: !computed && !read,
    };
  });
}

/** `age:integer,plan:text?,fee`: what a person says where the code does not; a sentence part that is none. */
export function featuresFrom(text: string): readonly Feature[] | { readonly wrong: string } {
  const fields = new Fields();
  const features: Feature[] = [];
  for (const part of text.split(",")) {
    const found = /^\s*([^:?]*[^:?\s])\s*(?::\s*(integer|number|boolean|text)\s*)?(\?)?\s*$/.exec(part);
    const [, column, word, optional] = found ?? [];
    if (column === undefined || features.some((each) => each.column === column)) return { wrong: part.trim() };
    const kind = kinds.find((each) => each === word) ?? "number";
    features.push({
      column,
      field: fields.nameFor(column),
      kind,
      isOptional: optional !== undefined,
      example: exampleOf(kind, undefined),
      computedAt: undefined,
      isAssumed: false,
    });
  }
  return features;
}

const kinds: readonly Kind[] = ["integer", "number", "boolean", "text"];

/** What an assignment makes: a whole number, a number, or what was there before. */
function computedKind(computed: SyntaxNode, read: TableColumn | undefined, { text }: PythonModule): Kind {
  const right = computed.child("right") ?? computed;
  const code = text.slice(right.start, right.end);
  if (/\.astype\(\s*["']?(?:int|bool)\w*["']?\s*\)\s*$/.test(code)) return "integer";
  if (/\.str\.(?!len\b|count\b)|\.astype\(\s*["']?str|\.astype\(\s*["']category/.test(code)) return "text";
  const isSpelt = /\.map\(|np\.|numpy\.|\.cat\.codes|\.dt\.|\.astype\(\s*["']?float|[-*/]/.test(code);
  return read?.kind === "text" && !isSpelt ? "text" : "number";
}

function lineOf(node: SyntaxNode, module: PythonModule): number {
  return module.lines.lineAt(node.start) + 1;
}

function exampleOf(kind: Kind, read: TableColumn | undefined): string {
  const given = read?.kind === kind || kind === "number" ? read?.example?.trim() : undefined;
  if (kind === "text") return JSON.stringify(given ?? "text");
  if (kind === "boolean") return /^t/i.test(given ?? "t") ? "True" : "False";
  const value = Number(given ?? 1);
  if (!Number.isFinite(value)) return kind === "integer" ? "1" : "1.0";
  return kind === "number" && Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** Names that Python or Pydantic have taken, besides those that begin with `model_`. */
const taken = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if import in is
  lambda nonlocal not or pass raise return try while with yield construct copy dict fields from_orm json parse_file parse_obj
  parse_raw schema schema_json update_forward_refs validate bool float int str list`.split(/\s+/),
);

/** Gives every column a name of its own in Python. */
class Fields {
  readonly #used = new Set<string>();

  nameFor(column: string): string {
    const plain = column
      .normalize("NFKD")
      .replace(/\W+/g, "_")
      .replace(/^_+|_+$/g, "");
    const safe = plain === "" || /^\d/.test(plain) ? `column_${plain}` : plain;
    const first = taken.has(safe) || safe.startsWith("model_") ? `${safe}_` : safe;
    let name = first;
    for (let number = 2; this.#used.has(name); number++) name = `${first}_${number}`;
    this.#used.add(name);
    return name;
  }
}
