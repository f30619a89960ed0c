import type { SourceFile } from "../core/rule.ts";
import type { Span } from "../core/text.ts";

/** A conda environment file (`environment.yml`) as `conda env create` reads it. Spans are UTF-16 offsets into `text`. */
export interface EnvironmentFile extends SourceFile, Disposable {
  /** Whether it is one: a mapping with a list of `dependencies`. Everything else is empty when it is not. */
  readonly isEnvironment: boolean;
  /** The pair `prefix: …`, without its line end. */
  readonly prefix: Span | undefined;
  /** The entries of `dependencies` that are conda's, in file order. */
  readonly packages: readonly CondaPackage[];
  /** The list `pip:` with the requirements in it, in pip's syntax. */
  readonly pip: { readonly at: Span; readonly requirements: readonly PipRequirement[] } | undefined;
}

/** One package specification (conda's MatchSpec): `channel::name=version=build`, or the same with blanks. */
export interface CondaPackage {
  /** As it is spelt, without quotes. */
  readonly text: string;
  readonly at: Span;
  readonly name: string;
  readonly version: string | undefined;
  readonly build: string | undefined;
  /** The build with the sign before it; undefined when the spelling is not a plain one. */
  readonly buildAt: Span | undefined;
}

export interface PipRequirement {
  readonly text: string;
  readonly at: Span;
}
