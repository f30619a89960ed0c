import type { CancellationToken, Connection } from "vscode-languageserver";
import type { Diagnostics } from "./diagnostics.ts";
import type { Folders, Place } from "./folders.ts";

/** Milliseconds without a change before an overview that was asked for is called outdated. */
const quiet = 500;

/** How long an overview may hold up a keystroke, in milliseconds. */
const slice = 8;

/**
 * What lists of the whole workspace have in common: they look at every file in slices, and who has asked once is told
 * of changes, with the notification `groundwork/findingsChanged`.
 */
export class Overview {
  readonly #connection: Connection;
  readonly #folders: Folders;
  #isAsked = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: Connection, folders: Folders, diagnostics: Diagnostics) {
    this.#connection = connection;
    this.#folders = folders;
    diagnostics.onChange = () => this.#changed();
  }

  /** Waits for the scan and visits every file; false when it was cancelled meanwhile. */
  async visit(token: CancellationToken, look: (place: Place) => void): Promise<boolean> {
    this.#isAsked = true;
    await this.#folders.settled();
    let started = performance.now();
    for (const place of this.#folders.files()) {
      look(place);
      if (performance.now() - started < slice) continue;
      await new Promise(setImmediate);
      if (token.isCancellationRequested) return false;
      started = performance.now();
    }
    return true;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #changed(): void {
    if (!this.#isAsked) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connection.sendNotification("groundwork/findingsChanged"), quiet);
  }
}
