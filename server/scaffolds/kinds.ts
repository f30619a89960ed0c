/** The ways to serve a model that are scaffolded. */
export const scaffoldKinds = ["service", "batch", "spark"] as const;

export type ScaffoldKind = (typeof scaffoldKinds)[number];

export function isScaffoldKind(word: unknown): word is ScaffoldKind {
  return scaffoldKinds.some((kind) => kind === word);
}

/** The folder of each, unless another is wanted. */
export function usualFolder(kind: ScaffoldKind): string {
  return kind === "spark" ? "batch" : kind;
}
