/** Which requirements files read which others, by `-r` and `-c`, directly or through others. Paths are POSIX. */
export class Inclusions {
  readonly #read = new Map<string, readonly string[]>();

  /** `paths` are all that `reader` names, there or not. */
  set(reader: string, paths: readonly string[]): void {
    if (paths.length > 0) this.#read.set(reader, paths);
    else this.#read.delete(reader);
  }

  delete(reader: string): void {
    this.#read.delete(reader);
  }

  clear(): void {
    this.#read.clear();
  }

  /** The files that must be read again when this one changes. */
  readersOf(path: string): string[] {
    return [...this.#read].flatMap(([reader, paths]) => (paths.includes(path) ? [reader] : []));
  }

  /** Every file that some other one names. */
  get paths(): ReadonlySet<string> {
    return new Set([...this.#read.values()].flat());
  }
}
