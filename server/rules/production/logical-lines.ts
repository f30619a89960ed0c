import { bytesOf } from "../../clones/text-bytes.ts";
import { END, STRING, Tokenizer } from "../../clones/tokenizer.ts";
import type { Lines, Range } from "../../core/text.ts";

/** A statement without what is indented below it ("Logical lines" in the Python reference). */
export interface LogicalLine {
  /** From its first token to its last. */
  readonly text: string;
  /** The lines that it takes. */
  readonly lines: number;
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
    const bytes = bytesOf(text);
    this.open(bytes);
    while (this.nextStatement()) {
      const first = this.line;
      let [start, end, last] = [-1, 0, first];
      let isText = true;
      for (let token = this.next(); token !== END; token = this.next()) {
        isText &&= token === STRING;
        if (start < 0) start = this.start;
        [end, last] = [this.position, this.line];
      }
      if (!isText) found.push({ text: decoder.decode(bytes.subarray(start, end)), lines: last - first + 1 });
    }
    return found;
  }
}

/** What is no ASCII stands in strings and names, where it tells nothing here. */
const decoder = new TextDecoder();
const reader = new Reader();
