/** Words of paths: of what runs while it waits for others, and of what waits. */
const asynchronousWord = /^(?:async|asynchronous|asyncio|aio)$/;
const synchronousWord = /^(?:sync|synchronous)$/;

/** A path without the words that tell whether its code is asynchronous. */
interface PlainPath {
  readonly plain: string;
  readonly isAsynchronous: boolean;
}

/**
 * Finds the modules that are written twice, once with `async` and once without: `pool.py` beside `asynchronous/pool.py`,
 * `_sync/pool.py` beside `_async/pool.py`, `pool.py` beside `pool_async.py`. What reads these paths (POSIX) tells by their
 * code whether they are twins.
 */
export class Twins {
  readonly #paths: () => Iterable<string>;
  readonly #isRewritten: (path: string, other: string) => boolean;
  /** The asynchronous modules by their plain paths; the same while no file comes or goes. */
  #byPlainPath: ReadonlyMap<string, readonly string[]> | undefined;
  readonly #answers = new Map<string, boolean>();

  constructor(paths: () => Iterable<string>, isRewritten: (path: string, other: string) => boolean) {
    this.#paths = paths;
    this.#isRewritten = isRewritten;
  }

  /** Is a module the synchronous one of two twins? */
  isSynchronous(path: string): boolean {
    const known = this.#answers.get(path);
    if (known !== undefined) return known;
    const answer = this.#asynchronousLike(path).some((other) => this.#isRewritten(path, other));
    this.#answers.set(path, answer);
    return answer;
  }

  /** A file changed; `isNew` where it came or went. */
  changed(isNew: boolean): void {
    if (this.#answers.size > 0) this.#answers.clear();
    if (isNew) this.#byPlainPath = undefined;
  }

  #asynchronousLike(path: string): readonly string[] {
    this.#byPlainPath ??= asynchronousIn(this.#paths());
    if (this.#byPlainPath.size === 0) return [];
    const { plain, isAsynchronous } = plainPathOf(path);
    return isAsynchronous ? [] : (this.#byPlainPath.get(plain) ?? []);
  }
}

function asynchronousIn(paths: Iterable<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths) {
    if (!/async|aio/.test(path)) continue;
    const { plain, isAsynchronous } = plainPathOf(path);
    if (isAsynchronous) found.set(plain, [...(found.get(plain) ?? []), path]);
  }
  return found;
}

function plainPathOf(path: string): PlainPath {
  let isAsynchronous = false;
  const parts = path.split("/").flatMap((part, index, { length }) => {
    const isFile = index === length - 1;
    const words = part.split(/([_.])/);
    const kept = words.filter((word) => {
      if (asynchronousWord.test(word)) isAsynchronous = true;
      return !asynchronousWord.test(word) && !synchronousWord.test(word);
    });
    if (kept.length === words.length) return [part];
    const plain = kept
      .join("")
      .replace(/__+/g, "_")
      .replace(/^_|_(?=\.|$)/g, "");
    // The tests of both lie in one folder, or each in one of its own.
    return !isFile && /^(?:tests?)?$/.test(plain) ? [] : [plain];
  });
  return { plain: parts.join("/"), isAsynchronous };
}
