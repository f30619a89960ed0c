import { instantiate, type Program } from "./program.ts";

/** What {@link Tokenizer.next} answers. */
export const END = 0;
export const NAME = 1;
export const NUMBER = 2;
export const STRING = 3;
/** An operator or delimiter; `hash` holds its bytes. */
export const SIGN = 4;

/**
 * Cuts the bytes of one Python file into logical lines and tokens ("Lexical analysis" in the Python reference), without
 * a tree, in one pass (assembly/). It never fails: what Python would refuse is cut at the next line. One tokenizer
 * serves many files, one after the other.
 */
export class Tokenizer {
  /** The bytes of the file. */
  protected bytes: Uint8Array = new Uint8Array();
  #program: Program | undefined;
  #state = new Int32Array();

  /** Byte offset of what is read next. */
  get position(): number {
    return this.#state[0] ?? 0;
  }

  /** Line of `position`, from 0. */
  get line(): number {
    return this.#state[1] ?? 0;
  }

  /** Byte offset at which that line starts. */
  get lineStart(): number {
    return this.#state[2] ?? 0;
  }

  /** Hash of the token that was answered last. */
  get hash(): number {
    return this.#state[3] ?? 0;
  }

  /** Byte offset of that token. */
  get start(): number {
    return this.#state[4] ?? 0;
  }

  /** Brackets that are open. */
  get depth(): number {
    return this.#state[5] ?? 0;
  }

  /** Column of the logical line's first token, where a tab goes to the next multiple of 8. */
  get indentation(): number {
    return this.#state[6] ?? 0;
  }

  /** Starts at the top of a file, behind its byte order mark. */
  open(bytes: Uint8Array): void {
    this.bytes = bytes;
    const program = this.#loaded();
    const address = program.open(bytes.length);
    new Uint8Array(program.memory.buffer).set(bytes, address);
    program.start();
    this.#state = new Int32Array(program.memory.buffer, program.stateAddress(), 7);
  }

  /** Goes to the first token of a logical line. */
  protected seek(position: number, line: number, lineStart: number, indentation: number): void {
    this.#program?.seek(position, line, lineStart, indentation);
  }

  /** Goes to the first token of the next logical line; false at the end of the file. */
  nextStatement(): boolean {
    return this.#program?.nextStatement() === 1;
  }

  /** The next token of the logical line, or END, behind the line's end. */
  next(): number {
    return this.#program?.next() ?? END;
  }

  /** The number of UTF-16 code units between two offsets of one line of UTF-8. */
  protected unitsBetween(start: number, end: number): number {
    return this.#program?.unitsBetween(start, end) ?? 0;
  }

  #loaded(): Program {
    this.#program ??= instantiate({ isForeign: () => false, take: () => undefined });
    return this.#program;
  }
}
