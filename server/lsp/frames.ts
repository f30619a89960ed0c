import { constants } from "node:buffer";
import type { Readable } from "node:stream";
import { AbstractMessageReader, type DataCallback, type Disposable, type Message } from "vscode-languageserver";
import { parsed } from "../core/json.ts";

const blankLine = "\r\n\r\n";
const lengthName = "Content-Length:";
/** In bytes; what goes on longer without a blank line is no header. */
const longestHeader = 4096;
const utf8 = new TextDecoder();

/**
 * The messages in a stream of bytes (Language Server Protocol, "Base Protocol"). A slip of the sender costs what it
 * stands in and no more, since the next header is looked for; the reader of `vscode-jsonrpc` hears nothing any more.
 */
export class Frames {
  #chunks: Uint8Array[] = [];
  #size = 0;
  /** With fewer bytes than these there is nothing new to see. */
  #wanted = 0;

  /** The messages that are complete now; `undefined` for what was no message. */
  *push(chunk: Uint8Array): Generator<unknown> {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return;
    let bytes = Buffer.concat(this.#chunks);
    let first = firstIn(bytes);
    for (; "size" in first; first = firstIn(bytes)) {
      bytes = bytes.subarray(first.size);
      yield first.message;
    }
    this.#chunks = [bytes];
    this.#size = bytes.length;
    this.#wanted = first.wanted;
  }
}

/** What some bytes begin with: a message or none, of so many bytes; or how many there must be to see that. */
function firstIn(bytes: Buffer): { readonly size: number; readonly message?: unknown } | { readonly wanted: number } {
  const end = bytes.subarray(0, longestHeader).indexOf(blankLine);
  if (end < 0 && bytes.length < longestHeader) return { wanted: bytes.length + 1 };
  const length = end < 0 ? undefined : lengthIn(bytes.toString("latin1", 0, end));
  const start = end < 0 ? bytes.length : end + blankLine.length;
  if (length === undefined) return { size: 1 + upToHeader(bytes.subarray(1, start)) };
  if (bytes.length < start + length) return { wanted: start + length };
  const body = bytes.subarray(start, start + length);
  const message = parsed(utf8.decode(body));
  // JSON holds no line end inside a text: a header in there was swallowed by a length that is too large.
  return message === undefined ? { size: start + upToHeader(body) } : { size: start + length, message };
}

/** The length that a header tells, in bytes; undefined where it is none, or of more than a text can hold. */
function lengthIn(header: string): number | undefined {
  const fields = header.split("\r\n").map((line) => /^([!-9;-~]+):[ \t]*(.*?)[ \t]*$/.exec(line));
  const [length, ...others] = fields.filter((field) => field?.[1]?.toLowerCase() === "content-length");
  if (fields.includes(null) || others.length > 0 || !/^\d+$/.test(length?.[2] ?? "")) return undefined;
  const value = Number(length?.[2]);
  return value <= constants.MAX_STRING_LENGTH ? value : undefined;
}

/** How many bytes stand before what is, or may go on as, the next header. */
function upToHeader(bytes: Buffer): number {
  const whole = bytes.indexOf(lengthName);
  if (whole >= 0) return whole;
  const tail = bytes.toString("latin1", Math.max(0, bytes.length - lengthName.length + 1));
  let begun = tail.length;
  while (!tail.endsWith(lengthName.slice(0, begun))) begun--;
  return bytes.length - begun;
}

/** Reads a stream in {@link Frames}. Hands over `undefined` for what was no message, so that somebody can say so. */
export class FrameReader extends AbstractMessageReader {
  readonly #input: Readable;

  constructor(input: Readable) {
    super();
    this.#input = input;
    input.on("error", (error) => this.fireError(error));
    input.on("close", () => this.fireClose());
  }

  listen(callback: DataCallback): Disposable {
    const frames = new Frames();
    const hear = (chunk: Uint8Array) => {
      for (const message of frames.push(chunk)) callback(message as Message);
    };
    this.#input.on("data", hear);
    return { dispose: () => this.#input.off("data", hear) };
  }
}
