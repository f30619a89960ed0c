import { farthestSaid, isForeignText } from "../core/foreign.ts";
import { instantiate, type Program } from "./program.ts";
import { lettersOf } from "./text-bytes.ts";
import type { PackedFile } from "./unit-index.ts";
import { packedBytes } from "./units.ts";

/** Hears what a scan passes, so that nobody else has to read the file too; of a large file it is told in parts. */
export interface ScanListener {
  /** What it is handed is written over afterwards. */
  hear(notes: ScanNotes): void;
}

/** Names that are not ASCII are told byte for character. */
export interface ScanNotes {
  /** The dotted words that begin the strings, and the drivers of URLs, hardly one twice. */
  readonly words: readonly string[];
  /** The functions that are defined without decorators, unless by its name none is a version of another. */
  readonly functions: readonly string[];
  /** The logical lines that import or may guard an import, by {@link statementColumns} numbers each. */
  readonly statements: Int32Array;
}

/**
 * The place of the first token (byte offset, line from 0, offset of that line), its indentation, the least indentation of the lines
 * since the one noted before, and what it tells: 0 nothing, 1 that it imports or speaks of `sys.path`, 2 the same
 * below something.
 */
export const statementColumns = 6;

/**
 * Cuts files into units, tokens and their hashes in one pass (assembly/), and packs them as an index takes them in with
 * `restore`, wherever that index is. Docstrings and other bare strings, `__main__` guards and files from elsewhere give none.
 * It serves one file after the other.
 */
class UnitPacker {
  #program: Program | undefined;
  #bytes: Uint8Array = new Uint8Array();
  #listener: ScanListener | undefined;

  /** `bytes` are a file's UTF-8, which a listener may hear passing. */
  pack(bytes: Uint8Array, listener?: ScanListener): PackedFile {
    this.#bytes = bytes;
    this.#listener = listener;
    const program = this.#loaded();
    const address = program.open(bytes.length);
    new Uint8Array(program.memory.buffer).set(bytes, address);
    const lines = program.scan();
    const { buffer } = program.memory;
    const [units = 0, count = 0, names = 0, nameCount = 0] = new Int32Array(buffer, program.stateAddress(), 4);
    return {
      lines,
      names: new Uint16Array(buffer.slice(names, names + nameCount * 2)),
      units: new Uint8Array(buffer.slice(units, units + count * packedBytes)),
    };
  }

  #loaded(): Program {
    if (this.#program) return this.#program;
    const program = instantiate({
      isForeign: () => isForeignText(lettersOf(this.#bytes.subarray(0, farthestSaid))),
      take: (words, wordBytes, functions, functionBytes, statements, statementCount) => {
        const { buffer } = program.memory;
        this.#listener?.hear({
          words: wordsIn(new Uint8Array(buffer, words, wordBytes)),
          functions: wordsIn(new Uint8Array(buffer, functions, functionBytes)),
          statements: new Int32Array(buffer, statements, statementCount * statementColumns),
        });
      },
    });
    this.#program = program;
    return program;
  }
}

/** The one of this thread: its program holds more memory than most projects need. */
export const packer = new UnitPacker();

/** The words that each end with a line end. */
function wordsIn(bytes: Uint8Array): readonly string[] {
  return bytes.length === 0 ? [] : lettersOf(bytes.subarray(0, -1)).split("\n");
}
