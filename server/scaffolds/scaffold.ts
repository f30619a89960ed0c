import type { Feature } from "./features.ts";
import type { Training } from "./training.ts";

/** A new file; `path` is POSIX, relative to the project's root. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** What is to be written, all of it or nothing, and what a person must know who uses it. */
export interface Scaffold {
  readonly files: readonly NewFile[];
  /** The file that explains the others. */
  readonly readme: string;
  /** One sentence each. */
  readonly notes: readonly string[];
}

/** What a scaffold is made of. */
export interface ServedModel {
  readonly training: Training;
  readonly features: readonly Feature[];
  /** The folder from which the training is run (POSIX, relative to the root; empty for the root): the new one lies in it. */
  readonly base: string;
  /** The name of the new folder, which is also a Python package. */
  readonly folder: string;
  /** Relative to `base`. */
  readonly modelPath: string;
  /** Whether `modelPath` is a guess, because the code names no literal. */
  readonly isModelAssumed: boolean;
  /** Modules and packages of the project that the training code imports, relative to `base`: a pickle may need them. */
  readonly ownCode: readonly string[];
  /** The version of a distribution that is installed or fixed by the project; undefined where neither tells. */
  versionOf(distribution: string): string | undefined;
  /** `3.12` */
  readonly python: string;
}

/** The sentence that names the columns which the training code computes and the model does not. */
export function preparedFeatures({ features }: ServedModel): readonly Feature[] {
  return features.filter(({ computedAt }) => computedAt !== undefined);
}

export function inFolder({ base, folder }: ServedModel, name: string): string {
  return [base, folder, name].filter((part) => part !== "").join("/");
}
