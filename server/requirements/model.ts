import type { SourceFile } from "../core/rule.ts";
import type { Span } from "../core/text.ts";

/**
 * A requirements file as pip reads it (pip's "Requirements File Format"): logical lines with values, spans and, on the
 * lines that pip refuses, pip's reason. Spans are UTF-16 offsets into `text`.
 */
export interface RequirementsFile extends SourceFile, Disposable {
  /** Every logical line that holds more than blanks and a comment, in file order. */
  readonly entries: readonly Entry[];
  /** The physical lines as Python's `str.splitlines` cuts them, line ends not included. */
  readonly physicalLines: readonly Span[];
}

export type EntryKind = "requirement" | "editable" | "include" | "constraint" | "option" | "error";

export interface Entry {
  readonly kind: EntryKind;
  /** First and last physical line, from 0, as pip counts. */
  readonly line: number;
  readonly endLine: number;
  /** From the first character that is no blank to the end of the last continuation, comment and line end left out. */
  readonly at: Span;
  /** The comment behind the entry, from its `#`. */
  readonly comment: Span | undefined;
  /** The distribution's name as it is spelt; for a URL without a name, undefined. */
  readonly name: string | undefined;
  readonly nameAt: Span | undefined;
  readonly extras: readonly string[];
  /**
   * The version specifiers (PEP 440) as they are spelt, without parentheses; empty when there are none. For a wheel's
   * URL or path, what its file name pins (`==1.0`), with no `specifierAt`.
   */
  readonly specifier: string;
  /** What a pin replaces: the specifiers with their parentheses; empty behind name and extras when there are none. */
  readonly specifierAt: Span | undefined;
  /** The environment marker (PEP 508) as it is spelt. */
  readonly marker: string | undefined;
  readonly url: string | undefined;
  /** What `-r`, `-c` or `-e` names, or the path that stands in a requirement's place; extras are left out. */
  readonly path: string | undefined;
  /** Options as they are spelt, one string an option: `--hash=sha256:…`, `--index-url https://…`. */
  readonly options: readonly string[];
  /** Why pip refuses the line, and where; on a `requirement` that is a path, why it looks like prose. */
  readonly error: { readonly message: string; readonly at: Span } | undefined;
}
