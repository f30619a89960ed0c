import type { Connection, InitializeParams, WorkDoneProgressReporter } from "vscode-languageserver";
import type { InstalledMetadata } from "../environments/metadata.ts";
import type { IndexVersions } from "../pins/index-versions.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { Documents } from "./documents.ts";
import type { Folders } from "./folders.ts";
import type { Platform } from "./platform.ts";

/** What the editor can do that no capability of the protocol tells; known once it has introduced itself. */
export interface Editor {
  /** It asks the person how an environment should be, when it is told `groundwork/createEnvironment`. */
  readonly createsEnvironments: boolean;
  /** It has the command `groundwork.compareWithCopy`, for the block at the cursor. */
  readonly comparesCopies: boolean;
  /** It starts a rename at a place, when a code action asks for `groundwork.renameInPlace`. */
  readonly renamesInPlace: boolean;
  /** It shows edits that need a confirmation before it makes them, those that make a file too. */
  readonly previewsEdits: boolean;
  /** It asks for the edit of an action when the action is chosen. */
  readonly resolvesEdits: boolean;
}

/** An editor that has said nothing of itself. */
export const plainEditor: Editor = {
  createsEnvironments: false,
  comparesCopies: false,
  renamesInPlace: false,
  previewsEdits: false,
  resolvesEdits: false,
};

/** What an editor says of itself in its greeting: in options of ours, and in what the protocol calls otherwise. */
export function editorOf({ capabilities, initializationOptions }: InitializeParams): Editor {
  const says = (option: keyof Editor) => initializationOptions?.[option] === true;
  const { changeAnnotationSupport, resourceOperations } = capabilities.workspace?.workspaceEdit ?? {};
  const { resolveSupport, dataSupport } = capabilities.textDocument?.codeAction ?? {};
  return {
    createsEnvironments: says("createsEnvironments"),
    comparesCopies: says("comparesCopies"),
    renamesInPlace: says("renamesInPlace"),
    previewsEdits:
      changeAnnotationSupport !== undefined &&
      ["create", "rename"].every((each) => resourceOperations?.some((operation) => operation === each)),
    resolvesEdits: resolveSupport?.properties.includes("edit") === true && dataSupport === true,
  };
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
  /** Known once it has introduced itself. */
  editor: Editor;
  /** Where the request at hand wants its progress shown; otherwise the server opens a progress of its own. */
  readonly workDone?: WorkDoneProgressReporter;
}
