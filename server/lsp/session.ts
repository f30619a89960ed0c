import type { Connection, WorkDoneProgressReporter } from "vscode-languageserver";
import type { InstalledMetadata } from "../environments/metadata.ts";
import type { IndexVersions } from "../pins/index-versions.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { Documents } from "./documents.ts";
import type { Folders } from "./folders.ts";
import type { Platform } from "./platform.ts";

/** What the editor can do that no capability of the protocol tells; known once it has introduced itself. */
export interface Editor {
  /** It asks the person how an environment should be, when it is told `groundwork/createEnvironment`. */
  createsEnvironments: boolean;
  /** It has the command `groundwork.compareWithCopy`, for the block at the cursor. */
  comparesCopies: boolean;
  /** It starts a rename at a place, when a code action asks for `groundwork.renameInPlace`. */
  renamesInPlace: boolean;
  /** It shows edits that need a confirmation before it makes them, those that make a file too. */
  previewsEdits: boolean;
  /** It asks for the edit of an action when the action is chosen. */
  resolvesEdits: boolean;
}

/** What the handlers of one connection share. */
export interface Session {
  readonly connection: Connection;
  readonly folders: Folders;
  readonly documents: Documents;
  readonly diagnostics: Diagnostics;
  readonly metadata: InstalledMetadata;
  readonly index: IndexVersions;
  readonly platform: Platform;
  readonly editor: Editor;
  /** Where the request at hand wants its progress shown; otherwise the server opens a progress of its own. */
  readonly workDone?: WorkDoneProgressReporter;
}
