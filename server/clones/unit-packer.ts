import { type ScanListener, UnitScanner } from "./scanner.ts";
import type { PackedFile } from "./unit-index.ts";

/** Reads files into what an index takes in with `restore`, wherever that index is. It serves one file after the other. */
export class UnitPacker {
  readonly #scanner = new UnitScanner();

  /** `bytes` are a file's UTF-8, which a listener may hear passing. */
  pack(bytes: Uint8Array, listener?: ScanListener): PackedFile {
    const scanner = this.#scanner;
    const lines = scanner.scan(bytes, listener);
    const names = scanner.names.slice(0, scanner.nameCount);
    return { lines, names, units: scanner.units.packed(0, scanner.units.count) };
  }
}
