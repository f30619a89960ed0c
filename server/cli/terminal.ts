type Stream = Pick<NodeJS.WriteStream, "columns" | "isTTY">;

/** The terminal's columns, at least 40; undefined where there is none, or one that does not know them. */
export function columnsOf(stream: Stream = process.stdout): number | undefined {
  return stream.isTTY && stream.columns > 0 ? Math.max(40, stream.columns) : undefined;
}

/** Columns that a text may take: the terminal's, or, where there is none, as many as a page has. */
export function pageWidth(stream: Stream = process.stdout): number {
  return Math.min(columnsOf(stream) ?? 100, 100);
}

/**
 * A line of somebody else's text, in which nothing tells the terminal what to do or turns the order of the signs round;
 * as long as it was.
 */
export function visible(line: string): string {
  return line.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (sign) =>
    sign < " " ? String.fromCharCode(0x2400 + sign.charCodeAt(0)) : "\ufffd",
  );
}

/** Paragraphs of plain text with their lines broken at blanks; fenced and indented lines stay as they are. */
export function paragraphs(text: string, width = pageWidth()): string {
  return text
    .split("\n\n")
    .map((paragraph) => (/^(?: {2}|```|[-*|] )/m.test(paragraph) ? paragraph : broken(paragraph, width)))
    .join("\n\n");
}

function broken(paragraph: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

/** How often a line that tells progress is drawn anew at most, in milliseconds. */
const redrawn = 100;

/** A line that says how far long work has come: only where a person looks at a terminal, and gone when it is done. */
export class TerminalProgress implements Disposable {
  readonly #stream: NodeJS.WriteStream;
  #drawn = 0;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  tell(line: () => string): void {
    if (!this.#stream.isTTY || process.env.TERM === "dumb" || process.env.CI) return;
    const now = performance.now();
    // Short work tells nothing: its line would only flicker.
    if (this.#drawn === 0) this.#drawn = now + redrawn;
    if (now - this.#drawn < redrawn) return;
    this.#drawn = now;
    this.#stream.write(`\r${line().slice(0, (columnsOf(this.#stream) ?? 80) - 1)}\u001b[K`);
  }

  [Symbol.dispose](): void {
    if (this.#drawn > 0 && this.#stream.isTTY) this.#stream.write("\r\u001b[K");
  }
}
