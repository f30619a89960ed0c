/** Where rows, their labels and the answers of a model come from: expressions of arrays, which a loop may hand out in parts. */
export interface DataSource {
  readonly rows: string;
  readonly labels: string;
  readonly answers?: string;
  /** ` for rows, labels in loader`, as the clause of a comprehension; empty where all is there at once. */
  readonly loop: string;
}

/** Arrays of two dimensions, which models of scikit-learn take, and the lines that make them. */
export interface Arrays {
  readonly lines: readonly string[];
  /** Lines that give the rows two dimensions, behind the others. */
  readonly shapes: readonly string[];
  readonly imports: readonly (readonly [module: string, name: string])[];
  readonly training: readonly [rows: string, labels: string];
  readonly rows: string;
  readonly truth: string;
  readonly answers: string;
}

/** Names for the arrays of what was learnt and of what was held back. */
export function gathered(learnt: DataSource, held: DataSource, free: (name: string) => string): Arrays {
  const [training, labels, rows, truth, answers] = [
    "rows_train",
    "labels_train",
    "rows_test",
    "labels_test",
    "answers",
  ].map(free) as [string, string, string, string, string];
  const isLooped = learnt.loop !== "" || held.loop !== "";
  const [parts, part] = isLooped ? [free("parts"), free("part")] : ["", ""];
  const take = (names: readonly string[], expressions: readonly string[], loop: string) => {
    if (loop === "") return names.map((name, index) => `${name} = ${expressions[index]}`);
    return [
      `${parts} = [`,
      ...inLines(expressions),
      `   ${loop}`,
      "]",
      `${names.join(", ")} = (concatenate(${part}) for ${part} in zip(*${parts}))`,
    ];
  };
  const isAnswered = held.answers !== undefined;
  return {
    lines: [
      ...take([training, labels], [learnt.rows, learnt.labels], learnt.loop),
      ...take(
        [rows, truth, ...(isAnswered ? [answers] : [])],
        [held.rows, held.labels, ...(held.answers === undefined ? [] : [held.answers])],
        held.loop,
      ),
    ],
    shapes: [training, rows].map((name) => `${name} = ${name}.reshape(len(${name}), -1)`),
    imports: isLooped ? [["numpy", "concatenate"]] : [],
    training: [training, labels],
    rows,
    truth,
    answers,
  };
}

/** A tuple on one line, or one part on each. */
function inLines(parts: readonly string[]): readonly string[] {
  const line = `    (${parts.join(", ")})`;
  return line.length <= 100 ? [line] : ["    (", ...parts.map((each) => `        ${each},`), "    )"];
}
