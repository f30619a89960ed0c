/** What a column holds, as pandas reads it. */
export type Kind = "integer" | "number" | "boolean" | "text";

export interface TableColumn {
  readonly name: string;
  readonly kind: Kind;
  /** Whether a row of the sample leaves it empty. */
  readonly hasEmpty: boolean;
  /** Its value in a row that leaves nothing empty, as it is spelt; undefined where there is no such row. */
  readonly example: string | undefined;
}

/** How the code reads a file. */
export interface TableFormat {
  readonly separator: string | undefined;
  /** Its columns, where the file does not name them. */
  readonly names: readonly string[] | undefined;
}

/** The columns of the first rows of a file; undefined where they have no names of their own, or nothing is there. */
export function tableOf(
  rows: readonly (readonly string[])[],
  names: TableFormat["names"],
): readonly TableColumn[] | undefined {
  const header = names ?? rows[0];
  const body = names ? rows : rows.slice(1);
  const isNamed = header?.every((name) => name !== "" && !name.includes("\ufffd"));
  if (!header || !isNamed || new Set(header).size < header.length) return undefined;
  const whole = body.find((row) => row.length === header.length && !row.some(isEmpty));
  return header.map((name, index) => {
    const values = body.map((row) => row[index] ?? "");
    const given = values.filter((value) => !isEmpty(value));
    const hasEmpty = given.length < values.length;
    return { name, kind: kindOf(given, hasEmpty), hasEmpty, example: whole?.[index] };
  });
}

/** pandas makes floating-point numbers of integers where one is missing. */
function kindOf(values: readonly string[], hasEmpty: boolean): Kind {
  if (values.length === 0) return "number";
  if (values.every((value) => /^(?:true|false)$/i.test(value))) return hasEmpty ? "text" : "boolean";
  if (!hasEmpty && values.every((value) => /^\s*[-+]?\d{1,18}\s*$/.test(value))) return "integer";
  const number = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i;
  return values.every((value) => number.test(value)) ? "number" : "text";
}

/** What `pandas.read_csv` takes for a missing value by default. */
const missing = new Set(
  [
    "",
    "#N/A",
    "#N/A N/A",
    "#NA",
    "-1.#IND",
    "-1.#QNAN",
    "-NaN",
    "-nan",
    "1.#IND",
    "1.#QNAN",
    "<NA>",
    "N/A",
    "NA",
    "NULL",
  ].concat(["NaN", "None", "n/a", "nan", "null"]),
);

function isEmpty(value: string): boolean {
  return missing.has(value);
}
