import type { ServedModel } from "./scaffold.ts";

/** Versions that `npm run test:scaffolds` installs and runs together: used where the project has none of its own. */
const tried: Readonly<Record<string, string>> = {
  bentoml: "1.4.40",
  fastapi: "0.165.0",
  httpx2: "2.16.2",
  joblib: "1.4.2",
  mlflow: "3.17.2",
  pandas: "2.2.3",
  pyarrow: "25.0.1",
  pydantic: "2.14.4",
  pyspark: "4.3.0",
  pytest: "9.2.0",
  "scikit-learn": "1.5.2",
  starlette: "1.10.0",
  uvicorn: "0.54.0",
};

/** The distribution of a module that writes models. */
const distributions: Readonly<Record<string, string>> = { sklearn: "scikit-learn", imblearn: "imbalanced-learn" };

export interface Pinned {
  /** The lines, sorted. */
  readonly text: string;
  /** Libraries of the model whose version is a guess: it must be that of the training. */
  readonly assumed: readonly string[];
}

/** A requirements file of these distributions, each fixed: as installed, else as the project has it, else as it was tried. */
export function pinnedRequirements(names: readonly string[], served: ServedModel): Pinned {
  const assumed: string[] = [];
  const own = new Set([...modelLibraries(served), "pandas", "joblib"]);
  const lines = names.map((spelt) => {
    const name = spelt.replace(/\[.*/, "");
    const known = served.versionOf(name);
    if (known === undefined && own.has(name)) assumed.push(name);
    const version = known ?? tried[name];
    return version === undefined ? spelt : `${spelt}==${version}`;
  });
  return { text: `${lines.sort().join("\n")}\n`, assumed };
}

/** What must be installed to read the saved model. */
export function modelLibraries({ training }: ServedModel): readonly string[] {
  return training.modules.map((module) => distributions[module] ?? module);
}
