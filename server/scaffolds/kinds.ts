/** The ways to serve a model that are scaffolded. */
export const scaffoldKinds = ["service", "batch", "spark", "mlflow", "bentoml"] as const;

export type ScaffoldKind = (typeof scaffoldKinds)[number];

export function isScaffoldKind(word: unknown): word is ScaffoldKind {
  return scaffoldKinds.some((kind) => kind === word);
}

/** The folder of each, unless another is wanted; `mlflow` would stand in the way of the library. */
export const usualFolders: Readonly<Record<ScaffoldKind, string>> = {
  service: "service",
  batch: "batch",
  spark: "batch",
  mlflow: "served",
  bentoml: "service",
};
