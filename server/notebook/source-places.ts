import { parsed } from "../core/json.ts";
import type { Span } from "../core/text.ts";

/** Where `source` (`input` in nbformat 3) of each cell stands in the valid JSON of a notebook, in the order of the cells. */
export function sourcePlacesIn(json: string): readonly Span[] {
  return new Places(json, /^(?:worksheets\/\*\/)?cells\/\*\/(?:source|input)$/).find();
}

/** Where each cell stands in the valid JSON of a notebook of nbformat 4. */
export function cellPlacesIn(json: string): readonly Span[] {
  return new Places(json, /^cells\/\*$/).find();
}

/** Finds what stands at paths that are wanted, as `cells/*` is one. */
class Places {
  readonly #json: string;
  readonly #wanted: RegExp;
  readonly #places: Span[] = [];
  #at = 0;

  constructor(json: string, wanted: RegExp) {
    this.#json = json;
    this.#wanted = wanted;
  }

  /** Nothing where the text is no JSON: then it says nothing of places, and following it need not come to an end. */
  find(): readonly Span[] {
    if (parsed(this.#json) !== undefined) this.#value([]);
    return this.#places;
  }

  #value(path: readonly string[]): void {
    this.#blanks();
    const start = this.#at;
    const first = this.#json[start];
    if (first === "{") this.#members(path, "}");
    else if (first === "[") this.#members(path, "]");
    else if (first === '"') this.#string();
    else this.#skip(/[^\s,\]}]*/y);
    if (this.#wanted.test(path.join("/"))) this.#places.push({ start, end: this.#at });
  }

  #members(path: readonly string[], closing: "}" | "]"): void {
    this.#at++;
    for (;;) {
      this.#blanks();
      const sign = this.#json[this.#at];
      if (sign === closing || sign === undefined) break;
      if (sign === ",") this.#at++;
      else if (closing === "]") this.#value([...path, "*"]);
      else {
        const key = this.#string();
        this.#skip(/\s*:/y);
        this.#value([...path, key]);
      }
    }
    this.#at++;
  }

  #string(): string {
    return this.#skip(/"(?:[^"\\]|\\.)*"/sy).slice(1, -1);
  }

  #blanks(): void {
    this.#skip(/[\s\ufeff]*/y);
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ""] = pattern.exec(this.#json) ?? [];
    this.#at += Math.max(found.length, pattern.source.startsWith('"') ? 1 : 0);
    return found;
  }
}
