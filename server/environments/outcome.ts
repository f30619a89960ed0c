/** Why no environment was made; stable words for callers, `message` is for the person. */
export type FailureReason =
  | "refused"
  | "not-an-environment"
  | "in-use"
  | "not-started"
  | "packages-not-found"
  | "unsatisfiable"
  | "network"
  | "terms-of-service"
  | "read-only"
  | "disk-full"
  | "bad-name"
  | "arguments"
  | "bad-spec"
  | "bad-file"
  /** The tool wanted to ask something, which nobody can answer here. */
  | "question"
  /** The tool itself broke down, with an exception of Python's own. */
  | "crashed"
  | "exists"
  | "frozen"
  | "pip-failed"
  | "timeout"
  | "no-ensurepip"
  | "nothing-made"
  | "unreadable"
  | "other";

/** A prefix that a run began and did not finish. Plain data, so that an editor can hand it back to be removed. */
export interface HalfMade {
  readonly prefix: string;
  /** Identifies this very folder: device, inode and birth, so that a later one at its place is not taken for it. */
  readonly identity: string;
}

interface Answer {
  /** One localised text: what happened, what was left as it was, what to do next. */
  readonly message: string;
  /** Everything that was run and what it printed, credentials masked. */
  readonly log: string;
}

/** What came of {@link createEnvironment}. */
export type Outcome =
  | (Answer & { readonly outcome: "created"; readonly prefix: string; readonly python: string })
  /** It is there already and was not touched; ask, then set `replaceExisting`. */
  | (Answer & { readonly outcome: "exists"; readonly prefix: string })
  /** The environment was made and is kept, but not all requirements are in it. */
  | (Answer & { readonly outcome: "pip-failed"; readonly prefix: string; readonly python: string })
  | (Answer & { readonly outcome: "failed"; readonly reason: FailureReason; readonly halfMade?: HalfMade })
  | (Answer & { readonly outcome: "cancelled"; readonly halfMade?: HalfMade });
