import { program } from "./scanner-program.ts";

/** What assembly/program.ts exports. Offsets are bytes, lines count from 0. */
export interface Program {
  /** Its buffer is another one after the memory has grown, which `open` and `scan` may do. */
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Where the numbers lie that tell of the token at hand, or after a scan of its results. */
  stateAddress(): number;
  /** Makes room for a file and answers where its bytes belong. */
  open(length: number): number;
  start(): void;
  seek(position: number, line: number, lineStart: number, indentation: number): void;
  nextStatement(): number;
  next(): number;
  scan(): number;
  unitsBetween(start: number, end: number): number;
}

/** What the program asks of its surroundings. */
export interface Surroundings {
  /** Whether the file says above its code that it comes from elsewhere; asked of one that holds a word of such sentences. */
  isForeign(): boolean;
  /** Takes notes: addresses, each with how many bytes of words or how many statements lie there. */
  take(
    words: number,
    wordBytes: number,
    functions: number,
    functionBytes: number,
    statements: number,
    statementCount: number,
  ): void;
}

/** Every host that runs us has these; they are of no ECMAScript library. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: Readonly<Record<string, object>>) => { readonly exports: unknown };
};
declare function atob(base64: string): string;

let module: object | undefined;

/** An own instance of the program, which scans one file after the other. */
export function instantiate({ isForeign, take }: Surroundings): Program {
  module ??= new WebAssembly.Module(bytesOf(atob(program)));
  return new WebAssembly.Instance(module, { program: { isForeign }, notes: { take } }).exports as Program;
}

/** A byte for each character. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
