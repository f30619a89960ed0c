import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defaultSettings, type Settings } from "../core/settings.ts";
import { findEnvironment } from "../environments/find.ts";
import { EnvironmentWatch } from "../host/environment-watch.ts";
import { configurationOf } from "../host/project-root.ts";
import { variableNames } from "../host/variables.ts";
import { posixPath } from "../host/walk.ts";
import { Workspace } from "../host/workspace.ts";
import { type Baseline, baselineName, readBaseline } from "../project/baseline.ts";
import type { PythonEnvironment } from "../project/project.ts";
import { FolderScans, type ScanEvents, type ScannedFolders } from "./folder-scans.ts";
import type { Places } from "./platform.ts";

/** What the editor says of one folder. */
export interface FolderSettings {
  readonly overrides: Partial<Record<keyof Settings, unknown>>;
  /** The selected interpreter or environment folder. */
  readonly environment: string | undefined;
  /** Whether the package index may be asked: never, after a question each time, or unasked. */
  readonly network: Network;
  /** Another extension tells already which requirements are not installed. */
  readonly missingIsTold: boolean;
  /** Whether the person trusts the folder, so that programs may be run in it. */
  readonly isTrusted: boolean;
}

export type Network = "ask" | "never" | "always";

export interface FolderEvents extends ScanEvents {
  /** A folder's facts changed as a whole: settings, environment or the end of a scan. */
  onChange(workspace: Workspace): void;
  /** A file outside of every folder has one of its own now, whose settings nobody has told yet. */
  onLoose(workspace: Workspace): void;
}

/** A file's place: the folder that holds it, and its POSIX path below. */
export interface Place {
  readonly workspace: Workspace;
  readonly path: string;
}

/** The workspace's folders, each a {@link Workspace}. A file outside of all of them gets one of its own, not scanned. */
export class Folders implements ScannedFolders {
  readonly #folders = new Map<string, Workspace>();
  readonly #loose = new Map<string, Workspace>();
  readonly #settings = new Map<Workspace, FolderSettings>();
  readonly #watches = new Map<Workspace, EnvironmentWatch>();
  readonly #events: FolderEvents;
  readonly #places: Places;
  /** Where the client lets files of ours stand between two starts; without it every start reads every file. */
  storage: string | undefined;
  readonly #scans: FolderScans;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(events: FolderEvents, places: Places) {
    this.#events = events;
    this.#places = places;
    this.#scans = new FolderScans(this, events);
  }

  get workspaces(): Workspace[] {
    return [...this.#folders.values(), ...this.#loose.values()];
  }

  /** The folders that the editor has opened, the innermost first. */
  get declared(): Workspace[] {
    return [...this.#folders.values()].sort((a, b) => b.root.length - a.root.length);
  }

  /** Work that belongs to a scan, such as asking the client for its settings: {@link settled} waits for it, too. */
  during(work: () => Promise<void>): Promise<void> {
    const done = Promise.all([this.#running, work()]).then(() => undefined);
    this.#running = done.catch(() => undefined);
    return done;
  }

  /** Resolves when nothing is being scanned. */
  async settled(): Promise<void> {
    let seen: Promise<void>;
    do {
      seen = this.#running;
      await seen;
    } while (seen !== this.#running);
  }

  /** Makes a folder known, so that the documents below belong to it. It is looked at once {@link add} was called. */
  declare(uri: string): Workspace {
    const root = this.pathOf(uri);
    if (root === undefined) throw new Error(`${uri} has no path here`);
    const known = this.#folders.get(root);
    if (known) return known;
    const workspace = new Workspace(root, defaultSettings);
    this.#folders.set(root, workspace);
    return workspace;
  }

  /** Whether a folder is one of ours, still. */
  has(workspace: Workspace): boolean {
    return this.isDeclared(workspace) || this.#loose.get(workspace.root) === workspace;
  }

  isDeclared(workspace: Workspace): boolean {
    return this.#folders.get(workspace.root) === workspace;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Forgets a folder that the editor closed; undefined where it was none of ours. */
  remove(uri: string): Workspace | undefined {
    const workspace = this.#folders.get(this.pathOf(uri) ?? "");
    if (!workspace) return undefined;
    this.#watches.get(workspace)?.[Symbol.dispose]();
    this.#watches.delete(workspace);
    this.#settings.delete(workspace);
    this.#folders.delete(workspace.root);
    return workspace;
  }

  /** Forgets the folders that were made for documents outside of all others, where none is open any more. */
  release(isUsed: (workspace: Workspace) => boolean): Workspace[] {
    const unused = [...this.#loose.values()].filter((workspace) => !isUsed(workspace));
    for (const workspace of unused) {
      this.#settings.delete(workspace);
      this.#loose.delete(workspace.root);
    }
    return unused;
  }

  /** Every known file, once: what lies in a folder within a folder is the inner one's. */
  *files(): Generator<Place> {
    for (const workspace of this.workspaces) {
      const below = [...this.#folders.keys()].map((root) => `${posixPath(workspace.root, root)}/`);
      const inner = below.filter((path) => path !== "/" && !path.startsWith("../"));
      for (const path of workspace.paths) {
        if (!inner.some((folder) => path.startsWith(folder))) yield { workspace, path };
      }
    }
  }

  /** Takes new settings, or reads the configuration again, and starts over. */
  reload(workspace: Workspace, settings = this.#settings.get(workspace)): void {
    if (!settings || !this.has(workspace)) return;
    this.#settings.set(workspace, settings);
    workspace.missingIsTold = settings.missingIsTold;
    workspace.baseline = this.#baselineOf(workspace.root);
    workspace.reset(this.#configure(workspace.root, settings));
    void this.during(() => this.#scans.schedule(workspace));
  }

  /** Facts of a folder changed that no scan would notice. */
  changed(workspace: Workspace): void {
    this.#events.onChange(workspace);
  }

  /** Looks for every folder's environment again. */
  async refreshEnvironments(): Promise<void> {
    await Promise.all(this.workspaces.map((workspace) => this.refreshEnvironment(workspace)));
  }

  /** Looks for the environment again. */
  async refreshEnvironment(workspace: Workspace): Promise<void> {
    const selected = this.#settings.get(workspace)?.environment;
    const environment = await findEnvironment({
      folder: workspace.root,
      env: process.env,
      ...(selected ? { selected } : {}),
    });
    if (!this.has(workspace)) return;
    // First, so that nothing is missed which happens once somebody has been told.
    await this.#watch(workspace, environment);
    workspace.environment = environment;
    workspace.variables = variableNames(workspace.root, process.env);
    this.#events.onChange(workspace);
  }

  /** From now on a change of its environment on the disk is noticed by itself. */
  async #watch(workspace: Workspace, environment: PythonEnvironment | undefined): Promise<void> {
    if (this.#isStopped || !this.isDeclared(workspace)) return;
    let watch = this.#watches.get(workspace);
    if (!watch) {
      watch = new EnvironmentWatch(workspace.root, () => void this.refreshEnvironment(workspace));
      this.#watches.set(workspace, watch);
    }
    await watch.follow(environment);
  }

  /** Whether the editor lets this window run programs; never before it has said so of every folder. */
  get isTrusted(): boolean {
    return this.workspaces.every((workspace) => this.#settings.get(workspace)?.isTrusted === true);
  }

  /** The absolute path that a URI names; undefined where it names none. */
  pathOf(uri: string): string | undefined {
    return this.#places.pathOf(uri);
  }

  /** The place of a document that is opened: outside of every folder it gets one of its own. */
  placeToOpen(uri: string): Place | undefined {
    const path = this.#places.pathOf(uri);
    return path === undefined ? undefined : (this.placeOf(uri) ?? this.#loosePlace(path));
  }

  /** The place of a file, in the innermost folder that holds it; undefined outside of what was opened. */
  placeOf(uri: string): Place | undefined {
    return this.placesOf(uri)[0];
  }

  /** Where a file of the disk is known: in each folder that holds it, or with the open documents beside it. */
  placesOf(uri: string): readonly Place[] {
    const path = this.#places.pathOf(uri);
    if (path === undefined) return [];
    const places = this.#placesBelow(path);
    const loose = places.length === 0 ? this.#loose.get(dirname(path)) : undefined;
    return loose ? [{ workspace: loose, path: posixPath(loose.root, path) }] : places;
  }

  /** The innermost folder first. */
  #placesBelow(path: string): Place[] {
    return this.declared.flatMap((workspace) => {
      const below = posixPath(workspace.root, path);
      return below === "" || below.startsWith("../") ? [] : [{ workspace, path: below }];
    });
  }

  /** What the person said about the package index for this folder; without trust nobody asks it. */
  networkOf(workspace: Workspace): Network {
    return this.isTrusted ? (this.#settings.get(workspace)?.network ?? "ask") : "never";
  }

  uriOf(workspace: Workspace, path: string): string {
    return this.#places.uriAt(join(workspace.root, path));
  }

  stop(): void {
    this.#isStopped = true;
    for (const watch of this.#watches.values()) watch[Symbol.dispose]();
  }

  #loosePlace(path: string): Place {
    const root = dirname(path);
    const overrides = {};
    const workspace = new Workspace(root, configurationOf(root, overrides).settings, "open documents");
    this.#loose.set(root, workspace);
    // Nothing is trusted before the editor has said so.
    this.#settings.set(workspace, {
      overrides,
      environment: undefined,
      network: "ask",
      missingIsTold: false,
      isTrusted: false,
    });
    this.#events.onLoose(workspace);
    return { workspace, path: posixPath(root, path) };
  }

  #configure(root: string, settings: FolderSettings): Settings {
    const configuration = configurationOf(root, settings.overrides);
    for (const problem of configuration.problems) this.#events.onProblem(problem);
    return configuration.settings;
  }

  #baselineOf(root: string): Baseline | undefined {
    const path = join(root, baselineName);
    if (!existsSync(path)) return undefined;
    const baseline = readBaseline(readFileSync(path, "utf8"));
    if (!("error" in baseline)) return baseline;
    this.#events.onProblem(baseline.error);
    return undefined;
  }
}
