import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { usualFolders } from "../environments/find.ts";
import { sitePackagesOf } from "../environments/site-packages.ts";
import type { PythonEnvironment } from "../project/project.ts";

/** pip touches hundreds of files: so many milliseconds of quiet after the last one tell that it is done. */
const quiet = 500;

/**
 * Tells when a folder may use another environment, or when something was installed into or removed from the one it uses.
 * Only the folders that hold the names of distributions are watched, not what is below them.
 */
export class EnvironmentWatch implements Disposable {
  readonly #folder: string;
  readonly #onChange: () => void;
  #watchers: FSWatcher[] = [];
  #timer: NodeJS.Timeout | undefined;
  #watched = "";

  constructor(folder: string, onChange: () => void) {
    this.#folder = folder;
    this.#onChange = onChange;
  }

  /** Watches this environment from now on, and the places in the folder where another one may come up. */
  async follow(environment: PythonEnvironment | undefined): Promise<void> {
    const places = environment ? await placesOf(environment) : [];
    const watched = places.join("\n");
    if (watched === this.#watched && this.#watchers.length > 0) return;
    this.#close();
    this.#watched = watched;
    const firstNames = usualFolders.map((each) => each.split(/[\\/]/)[0]);
    this.#add(this.#folder, (name) => firstNames.includes(name));
    for (const place of places) this.#add(place, () => true);
  }

  [Symbol.dispose](): void {
    this.#close();
    clearTimeout(this.#timer);
  }

  /** A folder that is not there, or that the system does not watch, tells nothing. */
  #add(folder: string, concerns: (name: string) => boolean): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name === null || concerns(name)) this.#tell();
      });
      watcher.on("error", () => watcher.close());
      this.#watchers.push(watcher);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onChange, quiet).unref();
  }

  #close(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }
}

async function placesOf({ prefix, version }: PythonEnvironment): Promise<readonly string[]> {
  return [prefix, join(prefix, "conda-meta"), ...(await sitePackagesOf(prefix, version, process.env))];
}
