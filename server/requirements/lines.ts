import type { Span } from "../core/text.ts";
import { pythonBlanks, stripEnd, stripStart } from "./blanks.ts";

/**
 * One logical line: what is left of physical lines after pip has joined continuations and dropped the comment
 * (`preprocess` in pip's `req_file.py`). Its text may lack characters of the file, so it maps its offsets back.
 */
export interface LogicalLine {
  readonly text: string;
  /** First and last physical line, from 0. */
  readonly line: number;
  readonly endLine: number;
  readonly comment: Span | undefined;
  /** Where `text[start:end]` stands in the file; an empty span stands behind the character before it. */
  spanOf(start: number, end: number): Span;
}

const lineEnds = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/g;
const comment = new RegExp(`(?:^|[${pythonBlanks}])#`);
const commentOnly = new RegExp(`^[${pythonBlanks}]*#`);

/** The lines of a text as Python's `str.splitlines` cuts them, without their ends. */
export function physicalLines(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(lineEnds)) {
    lines.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  if (start < text.length) lines.push({ start, end: text.length });
  return lines;
}

/** The logical lines that hold more than blanks and a comment, in order. */
export function logicalLines(text: string, lines: readonly Span[]): LogicalLine[] {
  const result: LogicalLine[] = [];
  for (let line = 0; line < lines.length; line++) {
    const pieces: Piece[] = [];
    const first = line;
    while (line < lines.length) {
      const { piece, continues } = pieceOf(text, lines[line]);
      pieces.push(piece);
      if (!continues) break;
      line++;
    }
    const logical = joined(pieces, first, Math.min(line, lines.length - 1));
    if (logical) result.push(logical);
  }
  return result;
}

/** A run of characters that the logical line takes over from the file, from this offset on. */
interface Piece {
  readonly text: string;
  readonly offset: number;
}

function pieceOf(text: string, span: Span | undefined): { piece: Piece; continues: boolean } {
  const { start, end } = span ?? { start: 0, end: 0 };
  const content = text.slice(start, end);
  // A blank is put before a comment, so that it stays one behind a continuation.
  if (commentOnly.test(content)) return { piece: { text: ` ${content}`, offset: start - 1 }, continues: false };
  if (!content.endsWith("\\")) return { piece: { text: content, offset: start }, continues: false };
  const stripped = content.replace(/^\\+/, "");
  return { piece: { text: stripped.replace(/\\+$/, ""), offset: end - stripped.length }, continues: true };
}

function joined(pieces: readonly Piece[], line: number, endLine: number): LogicalLine | undefined {
  const whole = pieces.map((piece) => piece.text).join("");
  const found = comment.exec(whole);
  const beforeComment = stripEnd(found ? whole.slice(0, found.index) : whole);
  const text = stripStart(beforeComment);
  if (text === "") return undefined;
  const offset = offsets(pieces);
  const skipped = beforeComment.length - text.length;
  const spanOf = (start: number, end: number): Span => {
    if (start >= end) {
      const behind = start > 0 ? offset(skipped + start - 1) + 1 : offset(skipped);
      return { start: behind, end: behind };
    }
    return { start: offset(skipped + start), end: offset(skipped + end - 1) + 1 };
  };
  const commentAt = found ? whole.indexOf("#", found.index) : -1;
  const commentSpan = found ? { start: offset(commentAt), end: offset(whole.length - 1) + 1 } : undefined;
  return { text, line, endLine, comment: commentSpan, spanOf };
}

/** From an offset in the joined pieces to the offset in the file. */
function offsets(pieces: readonly Piece[]): (at: number) => number {
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length;
  }
  return (at) => {
    let index = pieces.length - 1;
    while (index > 0 && (starts[index] ?? 0) > at) index--;
    return (pieces[index]?.offset ?? 0) + at - (starts[index] ?? 0);
  };
}
