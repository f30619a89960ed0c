/** What stands in a logical line. */
export const STATEMENT = 0;
export const DEFINITION = 1;
export const DECORATOR = 2;
/** `else`, `elif`, `except`, `finally`, `case`: cannot begin a block, and a block cannot end in front of it. */
export const CONTINUATION = 3;
export const IMPORTING = 4;
export const CLASS = 5;

/** Whether a function or a class begins at a unit. */
export function isDefinition(kind: number | undefined): boolean {
  return kind === DEFINITION || kind === CLASS;
}

/** Units up to which a table grows fast: those of some 50,000 lines. */
const quicklyGrown = 1 << 15;

/** Bytes of one unit. */
export const packedBytes = 26;

/** How many units {@link Units.packed} has put into so many bytes. */
export function unitsIn(packed: Uint8Array): number {
  return packed.length / packedBytes;
}

/**
 * Statements as columns of numbers, one row a logical line, 26 bytes. A row is called a unit (Hummel, Juergens,
 * Heinemann and Conradt, "Index-based code clone detection", ICSM 2010).
 */
export class Units {
  count = 0;
  /** Hash with local names as numbers and literals as their kind: equal for a renamed copy. */
  normal: Int32Array<ArrayBuffer>;
  /** Hash of the tokens as they are spelt. */
  exact: Int32Array<ArrayBuffer>;
  /** Where the unit's names end among those of its file; they start where those of the unit before end. */
  nameEnd: Int32Array<ArrayBuffer>;
  /** First line, from 0. */
  line: Int32Array<ArrayBuffer>;
  /** How many lines the last token ends below the first, at most 65,535. */
  extent: Uint16Array<ArrayBuffer>;
  /** UTF-16 column of the first token. */
  column: Uint16Array<ArrayBuffer>;
  /** UTF-16 column behind the last token. */
  endColumn: Uint16Array<ArrayBuffer>;
  /** Depth of the suite, 0 at the module's level. */
  depth: Uint8Array<ArrayBuffer>;
  /** Tokens that count. */
  weight: Uint8Array<ArrayBuffer>;
  kind: Uint8Array<ArrayBuffer>;
  /** Eight bits of a hash of what stands outside of brackets: keywords, operators and what is called. */
  shape: Uint8Array<ArrayBuffer>;

  constructor(capacity: number) {
    this.normal = new Int32Array(capacity);
    this.exact = new Int32Array(capacity);
    this.nameEnd = new Int32Array(capacity);
    this.line = new Int32Array(capacity);
    this.extent = new Uint16Array(capacity);
    this.column = new Uint16Array(capacity);
    this.endColumn = new Uint16Array(capacity);
    this.depth = new Uint8Array(capacity);
    this.weight = new Uint8Array(capacity);
    this.kind = new Uint8Array(capacity);
    this.shape = new Uint8Array(capacity);
  }

  get capacity(): number {
    return this.normal.length;
  }

  /** Bytes that the columns hold. */
  get size(): number {
    return this.capacity * packedBytes;
  }

  /** Makes room for so many units in all. */
  reserve(capacity: number): void {
    if (this.normal.length >= capacity) return;
    // Small tables grow fast, so that a first scan seldom moves them; large ones leave less unused.
    const factor = this.normal.length < quicklyGrown ? 4 : 1.4;
    const grown = new Units(Math.max(capacity, Math.ceil(this.normal.length * factor)));
    grown.copy(this, 0, this.count, 0);
    grown.count = this.count;
    this.become(grown);
  }

  /** Takes over the columns of another table, which must not be used any more. */
  become(other: Units): void {
    this.count = other.count;
    this.normal = other.normal;
    this.exact = other.exact;
    this.nameEnd = other.nameEnd;
    this.line = other.line;
    this.extent = other.extent;
    this.column = other.column;
    this.endColumn = other.endColumn;
    this.depth = other.depth;
    this.weight = other.weight;
    this.kind = other.kind;
    this.shape = other.shape;
  }

  /** The units of a range as bytes in this machine's order, for {@link unpack}. */
  packed(start: number, end: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array((end - start) * packedBytes);
    let at = 0;
    for (const column of this.#columns()) {
      const part = column.subarray(start, end);
      bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
      at += part.byteLength;
    }
    return bytes;
  }

  /** Lays packed units over those from `at` on, for which there must be room. */
  unpack(bytes: Uint8Array, at: number): void {
    const count = unitsIn(bytes);
    let from = 0;
    for (const column of this.#columns()) {
      const length = count * column.BYTES_PER_ELEMENT;
      const target = new Uint8Array(column.buffer, column.byteOffset + at * column.BYTES_PER_ELEMENT, length);
      target.set(bytes.subarray(from, from + length));
      from += length;
    }
  }

  #columns() {
    const { normal, exact, nameEnd, line, extent, column, endColumn, depth, weight, kind, shape } = this;
    return [normal, exact, nameEnd, line, extent, column, endColumn, depth, weight, kind, shape];
  }

  /** Copies units of another table over those from `at` on. */
  copy(from: Units, start: number, end: number, at: number): void {
    this.normal.set(from.normal.subarray(start, end), at);
    this.exact.set(from.exact.subarray(start, end), at);
    this.nameEnd.set(from.nameEnd.subarray(start, end), at);
    this.line.set(from.line.subarray(start, end), at);
    this.extent.set(from.extent.subarray(start, end), at);
    this.column.set(from.column.subarray(start, end), at);
    this.endColumn.set(from.endColumn.subarray(start, end), at);
    this.depth.set(from.depth.subarray(start, end), at);
    this.weight.set(from.weight.subarray(start, end), at);
    this.kind.set(from.kind.subarray(start, end), at);
    this.shape.set(from.shape.subarray(start, end), at);
  }
}
