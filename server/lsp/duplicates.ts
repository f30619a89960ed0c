import type { CancellationToken, Connection } from "vscode-languageserver";
import type { CloneClass } from "../clones/clone-class.ts";
import { Lines } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import { type CopiesAnswer, linesSavedBy, toAnswer } from "./copies.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { Folders } from "./folders.ts";

/** At most so many classes are told; nobody reads a longer list. */
const mostClasses = 500;

/** Milliseconds without a change before a list that was asked for is called outdated. */
const quiet = 500;

/** The answer to the request `groundwork/duplicates`. */
export interface DuplicatesAnswer {
  /** Those first that would save most; `code` is the first line of the first copy. */
  readonly classes: readonly (CopiesAnswer & { readonly code: string })[];
  /** How many there are in all. */
  readonly total: number;
}

/** Every clone class of all folders, for a client that shows them as a list. */
export class Duplicates {
  readonly #connection: Connection;
  readonly #folders: Folders;
  readonly #diagnostics: Diagnostics;
  #isAsked = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: Connection, folders: Folders, diagnostics: Diagnostics) {
    this.#connection = connection;
    this.#folders = folders;
    this.#diagnostics = diagnostics;
    diagnostics.onChange = () => this.#changed();
  }

  /** Waits for the scan; only files that changed since the last time cost more than a look. */
  async list(token: CancellationToken): Promise<DuplicatesAnswer> {
    this.#isAsked = true;
    await this.#folders.settled();
    const all: { readonly workspace: Workspace; readonly found: CloneClass; readonly saves: number }[] = [];
    let started = performance.now();
    for (const workspace of this.#folders.workspaces) {
      for (const path of workspace.paths) {
        for (const found of this.#diagnostics.classesOf({ workspace, path })) {
          if (found.copies[0]?.path === path) all.push({ workspace, found, saves: linesSavedBy(found) });
        }
        if (performance.now() - started < 8) continue;
        await new Promise(setImmediate);
        if (token.isCancellationRequested) return { classes: [], total: 0 };
        started = performance.now();
      }
    }
    all.sort((a, b) => b.saves - a.saves);
    const classes = all.slice(0, mostClasses).map(({ workspace, found }) => ({
      ...toAnswer(this.#folders, workspace, found),
      code: codeOf(workspace, found),
    }));
    return { classes, total: all.length };
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Only who has asked once is told, with the notification `groundwork/duplicatesChanged`. */
  #changed(): void {
    if (!this.#isAsked) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connection.sendNotification("groundwork/duplicatesChanged"), quiet);
  }
}

function codeOf(workspace: Workspace, { copies: [first] }: CloneClass): string {
  if (!first) return "";
  return new Lines(workspace.textOf(first.path) ?? "").lineText(first.range.start.line).trim();
}
