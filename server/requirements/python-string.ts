const simple: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const escapes = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(N\{[^}]+\})|(.))/gs;

/**
 * The value of a quoted Python string literal without prefix (Python Language Reference 2.4.1), or undefined when
 * Python refuses it. A character by name (`\N{…}`) stays as it is spelt.
 */
export function pythonString(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  if (body.includes("\0") || /(?:^|[^\\])(?:\\\\)*\\$/.test(body)) return undefined;
  let valid = true;
  const value = body.replace(escapes, (spelt, octal, hex, short, long, name, other) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (name !== undefined) return spelt;
    const digits = hex ?? short ?? long;
    if (digits !== undefined) {
      const code = Number.parseInt(digits, 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
    } else if (!/[xuUN]/.test(other)) {
      return simple[other] ?? spelt;
    }
    valid = false;
    return "";
  });
  return valid ? value : undefined;
}
