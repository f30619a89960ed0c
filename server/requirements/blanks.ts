/** What Python calls white space (`str.isspace`, `\s` in `re`), for a character class; JavaScript's `\s` differs. */
export const pythonBlanks = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const lead = new RegExp(`^[${pythonBlanks}]+`);
const tail = new RegExp(`[${pythonBlanks}]+$`);

/** Python's `str.lstrip`. */
export function stripStart(text: string): string {
  return text.replace(lead, "");
}

/** Python's `str.rstrip`. */
export function stripEnd(text: string): string {
  // The last character is looked at first: the expression would try every blank of a long text.
  return tail.test(text.slice(-1)) ? text.replace(tail, "") : text;
}

/** Python's `str.strip`. */
export function strip(text: string): string {
  return stripEnd(stripStart(text));
}
