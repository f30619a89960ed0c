/** A half-open range of UTF-16 code unit offsets into one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a text: line and UTF-16 column, both from 0, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A half-open range between two positions, for texts that are not at hand. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Where the lines of one text start; lines end at LF, CR LF or CR, as Python and the LSP have it. */
export class Lines {
  readonly text: string;
  /** UTF-16 offset of the start of each line. */
  readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.starts = lineStarts(text);
  }

  get count(): number {
    return this.starts.length;
  }

  /** The line (from 0) that holds an offset; offsets outside the text are clamped. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(clamped);
    return { line, column: clamped - this.startOf(line) };
  }

  /** The offset of a position; a column beyond the line's end means the line's end. */
  offsetAt(position: Position): number {
    if (position.line >= this.count) return this.text.length;
    return Math.min(this.startOf(position.line) + position.column, this.endOf(position.line));
  }

  /** Offset of a line's first character; a line beyond the last starts at the end of the text. */
  startOf(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Offset behind a line's last character, its line end not counted. */
  endOf(line: number): number {
    let end = this.startOf(line + 1);
    const start = this.startOf(line);
    if (line + 1 < this.count) {
      if (end > start && this.text.charCodeAt(end - 1) === 10) end--;
      if (end > start && this.text.charCodeAt(end - 1) === 13) end--;
    }
    return end;
  }

  /** The text of a line without its line end. */
  lineText(line: number): string {
    return this.text.slice(this.startOf(line), this.endOf(line));
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }

  spanOf(range: Range): Span {
    return { start: this.offsetAt(range.start), end: this.offsetAt(range.end) };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 10) starts.push(offset + 1);
    else if (code === 13 && text.charCodeAt(offset + 1) !== 10) starts.push(offset + 1);
  }
  return starts;
}
