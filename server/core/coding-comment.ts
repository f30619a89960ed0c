import iconv from "iconv-lite";

/** PEP 263, by Python's own tokenizer and by the expression that pip has for requirements files. */
const patterns = {
  python: /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/,
  pip: /^#.*?coding[:=][ \t-\r]*([-\w.]+)/,
} as const;

/** The encoding that a comment in one of the first two lines declares, as it is spelt. */
export function declaredEncoding(bytes: Uint8Array, reader: keyof typeof patterns): string | undefined {
  const head = iconv.decode(bytes.subarray(0, 4096), "latin1").replace(/^\xef\xbb\xbf/, "");
  const [first = "", second = ""] = head.split(reader === "python" ? /\r\n|\r|\n/ : "\n", 2);
  const pattern = patterns[reader];
  // Python looks at the second line only below a first one without code.
  const goesOn = reader === "pip" || /^[ \t\f]*(#.*)?$/.test(first);
  return pattern.exec(first)?.[1] ?? (goesOn ? pattern.exec(second)?.[1] : undefined);
}

/** Whether a line, one of a file's first two, declares the encoding: it must stay where it is. */
export function isCodingComment(line: string): boolean {
  return patterns.python.test(line);
}
