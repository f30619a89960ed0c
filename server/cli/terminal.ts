/** Columns that a text may take: the terminal's, or, where there is none, as many as a page has. */
export function pageWidth(stream: Pick<NodeJS.WriteStream, "columns" | "isTTY"> = process.stdout): number {
  return Math.max(40, Math.min(stream.isTTY ? stream.columns : 100, 100));
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
    this.#stream.write(`\r${line().slice(0, this.#stream.columns - 1)}\u001b[K`);
  }

  [Symbol.dispose](): void {
    if (this.#drawn > 0 && this.#stream.isTTY) this.#stream.write("\r\u001b[K");
  }
}
