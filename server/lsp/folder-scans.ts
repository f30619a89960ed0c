import { basename } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import { skippedMessage } from "../core/settings.ts";
import type { FileRecord, FileStamp } from "../host/file-record.ts";
import { indexCacheOf, readIndexCache, writeIndexCache } from "../host/index-cache.ts";
import { ScanThreads } from "../host/scan-threads.ts";
import { scanInThreads } from "../host/threaded-scan.ts";
import { reasonOf } from "../host/walk.ts";
import type { Workspace } from "../host/workspace.ts";

/** A scan that takes longer than so many milliseconds shows its progress, and how far it is as often. */
export const patience = 1000;

/** How long the scan may hold up a keystroke, in milliseconds. */
const slice = 8;

export interface ScanEvents {
  onBusy(busy: boolean): void;
  onProblem(message: string): void;
  /** A scan takes long: shows its progress, with a way to cancel it. */
  startProgress(title: string): Promise<ScanProgress | undefined>;
}

/** How a long scan is shown. */
export interface ScanProgress {
  report(message: string): void;
  done(): void;
  readonly isCancelled: boolean;
}

/** Of the folders what a scan has to know. */
export interface ScannedFolders {
  readonly isStopped: boolean;
  /** Where the client lets files of ours stand between two starts. */
  readonly storage: string | undefined;
  /** Whether a folder is one of ours, still. */
  has(workspace: Workspace): boolean;
  /** Whether the editor has opened it, rather than a document outside of all folders. */
  isDeclared(workspace: Workspace): boolean;
  refreshEnvironment(workspace: Workspace): Promise<void>;
}

/** Reads the files of folders, one folder after another. */
export class FolderScans {
  readonly #folders: ScannedFolders;
  readonly #events: ScanEvents;
  #last: Promise<void> = Promise.resolve();

  constructor(folders: ScannedFolders, events: ScanEvents) {
    this.#folders = folders;
    this.#events = events;
  }

  /** Resolves when the folder was scanned, or could not be, which is told. */
  schedule(workspace: Workspace): Promise<void> {
    this.#last = this.#last
      .then(() => this.#scan(workspace))
      .catch((error: unknown) => this.#events.onProblem(`${workspace.root}: ${reasonOf(error)}`));
    return this.#last;
  }

  /** Scans in slices, so that requests are answered meanwhile; a reset during the scan starts another one. */
  async #scan(workspace: Workspace): Promise<void> {
    const { isStopped, storage } = this.#folders;
    if (isStopped || !this.#folders.has(workspace)) return;
    // A document outside of every folder does not make its whole folder ours: it may be a home.
    if (!this.#folders.isDeclared(workspace)) return this.#folders.refreshEnvironment(workspace);
    this.#events.onBusy(true);
    try {
      const cache = storage === undefined ? undefined : indexCacheOf(storage, workspace.root);
      const records = cache === undefined ? new Map() : await this.#recordsIn(cache, workspace);
      const isComplete = await this.#read(workspace, records);
      if (this.#folders.isStopped) return;
      if (isComplete && cache !== undefined) this.#keep(cache, workspace, records);
      for (const error of workspace.errors.values()) this.#events.onProblem(`${error.path}: ${error.message}`);
      for (const path of workspace.skipped) this.#events.onProblem(skippedMessage(path));
      await this.#folders.refreshEnvironment(workspace);
    } finally {
      this.#events.onBusy(false);
    }
  }

  /** Reads every file that no record tells of; false when it was cancelled, stopped or begun anew. */
  async #read(workspace: Workspace, records: ReadonlyMap<string, FileRecord>): Promise<boolean> {
    const { settings } = workspace;
    let started = performance.now();
    let told = started;
    let files = 0;
    let progress: Promise<ScanProgress | undefined> | undefined;
    using threads = new ScanThreads();
    try {
      for await (const _ of scanInThreads(workspace, { threads, records, isHelping: false })) {
        files++;
        if (performance.now() - started < slice) continue;
        await nextTurn();
        if (performance.now() - told > patience) {
          progress ??= this.#events.startProgress(l10n.t("Reading {0}", basename(workspace.root)));
          (await progress)?.report(l10n.t("{0} files", files));
          told = performance.now();
        }
        if ((await progress)?.isCancelled) {
          this.#events.onProblem(l10n.t("Cancelled after {0} files; restart the server to read the others.", files));
          return false;
        }
        if (this.#folders.isStopped || !this.#folders.has(workspace)) return false;
        started = performance.now();
      }
      return workspace.settings === settings;
    } finally {
      (await progress)?.done();
    }
  }

  async #recordsIn(cache: string, { root }: Workspace): Promise<ReadonlyMap<string, FileRecord>> {
    try {
      return await readIndexCache(cache, root);
    } catch (error) {
      this.#events.onProblem(`${cache}: ${reasonOf(error)}`);
      return new Map();
    }
  }

  /** Writes the cache anew, beside everything else, when the files are no longer those that it tells of. */
  #keep(cache: string, workspace: Workspace, records: ReadonlyMap<string, FileRecord>): void {
    const stamps = [...workspace.stamps];
    const isSame = ([path, stamp]: readonly [string, FileStamp]) => {
      const record = records.get(path);
      return record?.size === stamp.size && record.modified === stamp.modified;
    };
    if (stamps.length === records.size && stamps.every(isSame)) return;
    writeIndexCache(cache, workspace.root, workspace.records()).catch((error: unknown) =>
      this.#events.onProblem(`${cache}: ${reasonOf(error)}`),
    );
  }
}
