import { bytesOf } from "../../clones/text-bytes.ts";
import { END, NUMBER, STRING, Tokenizer } from "../../clones/tokenizer.ts";
import type { Lines, Range } from "../../core/text.ts";

/** A statement without what is indented below it ("Logical lines" in the Python reference). */
export interface LogicalLine {
  /** From its first token to its last, as it is written. */
  readonly text: string;
  /** The lines that it takes. */
  readonly lines: number;
  /** The strings and numbers in it, as they are written. */
  readonly literals: readonly string[];
}

/** The logical lines of a range, bare strings left out. */
export function logicalLinesIn(range: Range, lines: Lines): readonly LogicalLine[] {
  return reader.read(textIn(range, lines));
}

export function textIn(range: Range, lines: Lines): string {
  const { start, end } = lines.spanOf(range);
  return lines.text.slice(start, end);
}

class Reader extends Tokenizer {
  read(text: string): LogicalLine[] {
    const found: LogicalLine[] = [];
    this.open(bytesOf(text));
    let [byte, unit] = [0, 0];
    const unitAt = (offset: number): number => {
      for (; byte < offset; unit++) byte += text.charCodeAt(unit) < 128 ? 1 : 3;
      return unit;
    };
    while (this.nextStatement()) {
      const first = this.line;
      let [start, end, last] = [-1, 0, first];
      let isText = true;
      const literals: string[] = [];
      for (let token = this.next(); token !== END; token = this.next()) {
        isText &&= token === STRING;
        if (start < 0) start = unitAt(this.start);
        if (token === STRING || token === NUMBER) literals.push(text.slice(unitAt(this.start), unitAt(this.position)));
        [end, last] = [unitAt(this.position), this.line];
      }
      if (!isText) found.push({ text: text.slice(start, end), lines: last - first + 1, literals });
    }
    return found;
  }
}

const reader = new Reader();
