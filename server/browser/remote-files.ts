import type { Connection } from "vscode-languageserver";
import { type FetchedFile, files } from "./file-table.ts";
import { places } from "./places.ts";

/** A name in a folder; symbolic links are told by what they lead to. */
export interface RemoteEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link to a folder";
}

/** Asks the client for files and lets it write them: it alone reaches them. */
export class RemoteFiles {
  #connection: Connection | undefined;

  connect(connection: Connection): void {
    this.#connection = connection;
  }

  /** What is in a folder; nothing where it is gone. */
  list(path: string): Promise<readonly RemoteEntry[]> {
    return this.#ask("groundwork/files/list", { uri: places.uriAt(path) });
  }

  /** The files at these paths, null for those that are gone. A file above `limit` bytes comes without its bytes. */
  read(paths: readonly string[], limit: number): Promise<readonly (FetchedFile | null)[]> {
    return this.#ask("groundwork/files/read", { uris: paths.map(places.uriAt), limit });
  }

  /** Replaces a file, or makes it where `replaces` is not set and there is none. */
  async write(path: string, bytes: Uint8Array, replaces: boolean): Promise<void> {
    await this.#ask("groundwork/files/write", { uri: places.uriAt(path), bytes, replaces });
    files.set(path, { size: bytes.length, modified: Date.now(), bytes });
  }

  async remove(path: string): Promise<void> {
    await this.#ask("groundwork/files/remove", { uri: places.uriAt(path) });
    files.remove(path);
  }

  async #ask<Answer>(method: string, params: object): Promise<Answer> {
    if (!this.#connection) throw new Error("no client was connected");
    return this.#connection.sendRequest<Answer>(method, params);
  }
}

/** The client of this worker. */
export const remote = new RemoteFiles();
