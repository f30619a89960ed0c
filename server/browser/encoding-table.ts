// In place of the tables of iconv-lite for Chinese, Japanese and Korean: a browser knows these encodings itself.

/** A row of a table: the first bytes as a hexadecimal number, and the characters from there on. */
type Row = readonly [start: string, characters: string];

/** Undefined where the bytes are more or less than one character, or one of nobody's: a control, or for private use. */
type Decode = (bytes: readonly number[]) => string | undefined;

const ascii = String.fromCharCode(...Array(0x80).keys());

/** The characters of an encoding's one and two bytes (`prefix`: behind another one), by a label of the Encoding Standard. */
export function tableOf(label: string, prefix?: number): readonly Row[] {
  const decode = decoderOf(label);
  const before = prefix === undefined ? [] : [prefix];
  const rows: Row[] = prefix === undefined ? [["00", ascii], ...rowsBehind([], 0x80, decode)] : [];
  for (let lead = 0x80; lead <= 0xff; lead++) rows.push(...rowsBehind([...before, lead], 0x30, decode));
  return rows;
}

function decoderOf(label: string): Decode {
  const decoder = new TextDecoder(label, { fatal: true });
  return (bytes) => {
    try {
      const text = decoder.decode(new Uint8Array(bytes));
      return [...text].length === 1 && !/[\p{Cc}\p{Co}]/u.test(text) ? text : undefined;
    } catch {
      return undefined;
    }
  };
}

/** The runs of bytes from `first` on, behind some others, that are a character each. */
function rowsBehind(before: readonly number[], first: number, decode: Decode): Row[] {
  const rows: Row[] = [];
  let start = first;
  let characters = "";
  for (let last = first; last <= 0x100; last++) {
    const character = last > 0xff ? undefined : decode([...before, last]);
    if (character !== undefined) {
      characters += character;
      continue;
    }
    if (characters !== "") rows.push([hexadecimal([...before, start]), characters]);
    start = last + 1;
    characters = "";
  }
  return rows;
}

function hexadecimal(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
