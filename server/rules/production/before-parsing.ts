import { hashOf } from "../../clones/hashes.ts";
import { bytesOf } from "../../clones/text-bytes.ts";
import { END, NAME, STRING, Tokenizer } from "../../clones/tokenizer.ts";

/** Does any string literal of a Python text pass a test, prefix and quotes included? Told without a tree. */
export function hasString(text: string, isMeant: (literal: string) => boolean): boolean {
  return reader.hasString(text, isMeant);
}

/** Does a statement outside of functions and classes speak of an attribute of a name? Told without a tree. */
export function hasAttributeOutside(text: string, name: string, attribute: string): boolean {
  return reader.hasAttributeOutside(text, hashOf(name), hashOf(attribute));
}

const [define, asynchronous, declare] = ["def", "async", "class"].map(hashOf);

class Reader extends Tokenizer {
  hasString(text: string, isMeant: (literal: string) => boolean): boolean {
    this.open(bytesOf(text));
    while (this.nextStatement()) {
      for (let token = this.next(); token !== END; token = this.next()) {
        if (token === STRING && isMeant(this.#spelling())) return true;
      }
    }
    return false;
  }

  hasAttributeOutside(text: string, name: number, attribute: number): boolean {
    this.open(bytesOf(text));
    /** The indentation of the outermost function or class that is open. */
    let outermost = Number.POSITIVE_INFINITY;
    while (this.nextStatement()) {
      const { indentation } = this;
      if (indentation <= outermost) outermost = Number.POSITIVE_INFINITY;
      let [last, token] = [0, this.next()];
      if (token === NAME && this.hash === asynchronous) token = this.next();
      const begins = token === NAME && (this.hash === define || this.hash === declare);
      if (begins && indentation < outermost) outermost = indentation;
      for (; token !== END; token = this.next()) {
        if (token !== NAME) continue;
        if (last === name && this.hash === attribute && outermost === Number.POSITIVE_INFINITY) return true;
        last = this.hash;
      }
    }
    return false;
  }

  #spelling(): string {
    return String.fromCharCode(...this.bytes.subarray(this.start, Math.min(this.position, this.start + longest)));
  }
}

/** Bytes of a literal that are looked at. */
const longest = 4096;

const reader = new Reader();
