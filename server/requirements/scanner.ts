import type { Refusal } from "./options.ts";

/** A text with a position, to find where a reading stops. */
export class Scanner {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Takes what the pattern (sticky) matches here; undefined when it does not. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.position = pattern.lastIndex;
    return match[0];
  }

  skipBlanks(): void {
    this.take(/[ \t]*/y);
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The word here, for a message: up to a blank, at least one character. */
  word(): string {
    return /[^ \t][^ \t,;()[\]"']*/uy.exec(this.text.slice(this.position))?.[0] ?? "";
  }

  /** At the end of the text, where no word stands, the last character is the place to show. */
  refuse(message: string, start = this.position, end = start + this.word().length): Refusal {
    const last = Math.min(end, this.text.length);
    return { message, start: Math.max(0, Math.min(start, last - 1)), end: last };
  }
}

/** The operator of versions that was probably meant by something else. */
export function meantOperator(operator: string): string | undefined {
  const meant: Readonly<Record<string, string>> = {
    "=": "==",
    "=>": ">=",
    "=<": "<=",
    "=~": "~=",
    "~": "~=",
    "~==": "~=",
    "!": "!=",
    "!==": "!=",
    "<>": "!=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "＝": "==",
    "＝＝": "==",
    ">==": ">=",
    "<==": "<=",
  };
  return meant[operator];
}
