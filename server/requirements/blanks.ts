/** What Python calls white space (`str.isspace`, `\s` in `re`), for a character class; JavaScript's `\s` differs. */
export const pythonBlanks = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const blank = new RegExp(`[${pythonBlanks}]`);

/** Python's `str.lstrip`. */
export function stripStart(text: string): string {
  let start = 0;
  while (blank.test(text.charAt(start))) start++;
  return text.slice(start);
}

/** Python's `str.rstrip`. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (blank.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Python's `str.strip`. */
export function strip(text: string): string {
  return stripEnd(stripStart(text));
}
