import type { Project, PythonEnvironment } from "../project/project.ts";
import type { FileEdits } from "./edit.ts";
import type { RefactoringKind } from "./refactoring.ts";
import type { Range, Span } from "./text.ts";

export type Topic = "environment" | "production" | "baseline" | "serving";
export type Severity = "error" | "warning" | "information" | "hint";
export type Stage = "production" | "undecided" | "experimental";

/** What every file that a rule looks at has in common. */
export interface SourceFile {
  /** POSIX path relative to the project's root. */
  readonly path: string;
  readonly text: string;
}

/**
 * One smell: metadata, documentation and check in one value. Its name is also its file, its literate test, its page
 * in `docs/rules/`, its settings key and the word in `# groundwork: ignore[…]`.
 */
export interface Rule<File extends SourceFile = SourceFile> {
  readonly name: string;
  readonly topic: Topic;
  /** The severity in each stage; a stage that is missing hears nothing. Without any it is off until a project asks for it. */
  readonly severity: Readonly<Partial<Record<Stage, Severity>>>;
  /** One line, localised. */
  summary(): string;
  /** One or two paragraphs, localised, ending with the tutorial they come from. */
  why(): string;
  readonly example: {
    readonly path: string;
    readonly bad: string;
    readonly good: string;
    /** In which `bad` is stored, as Python names it, where that is the smell; else UTF-8. */
    readonly encoding?: string;
    /** The other files of the project, by path, where the smell needs them. */
    readonly beside?: Readonly<Record<string, string>>;
    /** The environment of the project, where the smell needs one: its kind, and the versions that are installed. */
    readonly environment?: {
      readonly kind: PythonEnvironment["kind"];
      readonly distributions: Readonly<Record<string, string>>;
      /** conda's own packages. */
      readonly packages?: Readonly<Record<string, string>>;
    };
    /** A Python script beside the example that runs it, and the lines which it prints with `bad` and with `good`. */
    readonly trial?: { readonly text: string; readonly bad: string; readonly good: string };
  };
  /** Under which codes and names other linters ask the same: who silenced those at a place has answered. */
  readonly alsoAskedAs?: readonly string[];
  /** One of these ASCII words stands in every file with a problem; a file without any of them is not even read. */
  readonly needles?: readonly string[];
  /** Can a file of this path hold a problem at all? Where it cannot, the file is not even read. */
  concerns?(path: string, project: Project): boolean;
  /** The problems of one file. Pure: looks only at the file and the project's facts. */
  check(file: File, project: Project): Iterable<Problem>;
  /** The problems that follow from what an ignore comment silenced in this file. */
  review?(file: File, project: Project, silenced: readonly Finding[]): Iterable<Problem>;
  /** The fixes of one problem that `check` found in this very text; computed only when they are asked for. */
  fixes?(file: File, problem: Problem, project: Project): Iterable<Fix>;
  /**
   * What could be done, told at once where `fixes` takes long: for reports of many findings. It may still be refused
   * when its edits are computed.
   */
  offers?(file: File, problem: Problem, project: Project): Iterable<Offer>;
}

/** What a rule yields: where and what. */
export interface Problem {
  readonly at: Span;
  readonly message: string;
  readonly related?: readonly Related[];
  /** Replaces the rule's severity where one case weighs less (a copy in a test). */
  readonly severity?: Severity;
}

/** A further place that belongs to a problem; `path` is relative to the project's root. */
export interface Related {
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** A problem with the rule that found it and the severity in its folder's stage. */
export interface Finding extends Problem {
  readonly rule: string;
  readonly topic: Topic;
  readonly severity: Severity;
}

/** A fix without its edits. */
export type Offer = Pick<Fix, "title" | "kind" | "safe" | "command" | "encoding">;

/** What the code action is, in the protocol's vocabulary of kinds. */
export type FixKind = "quickfix" | RefactoringKind | "source.sortRequirements";

/**
 * A way to remove a problem. `safe` fixes keep behaviour and comments and may be applied in bulk. Without edits it
 * is refused, and `refused` says why in one sentence.
 */
export interface Fix {
  readonly title: string;
  readonly kind: FixKind;
  readonly safe: boolean;
  readonly edits: readonly FileEdits[];
  readonly refused?: string;
  /** Its edits are shown before they are made; an editor that cannot do that is not given them. */
  readonly preview?: boolean;
  /** The new name, where there is one that a person may want to choose. */
  readonly name?: string;
  /** The file's text is stored anew in this encoding; only who holds the bytes can do that. */
  readonly encoding?: "utf-8";
  /** A command that the editor runs instead of, or after, the edits. */
  readonly command?: { readonly name: string; readonly arguments: readonly unknown[] };
}
