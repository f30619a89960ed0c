import type { Connection } from "vscode-languageserver";
import { URI } from "vscode-uri";

/** How the editor's URIs and the paths of files belong together. */
export interface Places {
  /** The absolute path of a document or folder; undefined where it has none. */
  pathOf(uri: string): string | undefined;
  uriAt(path: string): string;
}

/** What differs between a process on a computer and a worker of a browser. */
export interface Platform {
  readonly places: Places;
  /** Whether there are programs that could be run. */
  readonly runsPrograms: boolean;
  /** Awaited before the first answer. */
  loadGrammars(): Promise<void>;
  /** Where there is no disk, files must be fetched before they are looked at. */
  readonly files?: FetchedFiles;
}

export interface FetchedFiles {
  /** From now on the files are asked of this client. */
  connect(connection: Connection): void;
  /**
   * Fetches everything below a folder that could be of interest. `goesOn` hears now and then how many files there are;
   * with `false` it leaves out what was not asked for yet.
   */
  fetchFolder(root: string, goesOn: (files: number) => Promise<boolean>): Promise<void>;
  /** Fetches files of a folder again that changed, came or went. */
  fetchFiles(root: string, paths: readonly string[]): Promise<void>;
}

/** Only `file:` URIs have a place on the disk. */
export const disk: Places = {
  pathOf(uri) {
    const parsed = URI.parse(uri);
    return parsed.scheme === "file" ? parsed.fsPath : undefined;
  },
  uriAt: (path) => URI.file(path).toString(),
};
