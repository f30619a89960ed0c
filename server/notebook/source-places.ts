import type { Span } from "../core/text.ts";

/** Where `source` (`input` in nbformat 3) of each cell stands in the valid JSON of a notebook, in the order of the cells. */
export function sourcePlacesIn(json: string): readonly Span[] {
  return new SourcePlaces(json).find();
}

class SourcePlaces {
  readonly #json: string;
  readonly #places: Span[] = [];
  #at = 0;

  constructor(json: string) {
    this.#json = json;
  }

  find(): readonly Span[] {
    this.#value([]);
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
    if (isSource(path)) this.#places.push({ start, end: this.#at });
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

function isSource(path: readonly string[]): boolean {
  return /^(?:worksheets\/\*\/)?cells\/\*\/(?:source|input)$/.test(path.join("/"));
}
