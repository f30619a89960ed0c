/** PEP 263, by Python's own tokenizer and by the expression that pip has for requirements files. */
const patterns = {
  python: /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/,
  pip: /^#.*?coding[:=][ \t-\r]*([-\w.]+)/,
} as const;

/** Bytes: no coding comment reaches further. */
const farthest = 4096;
const [hash, lineFeed] = [35, 10];

/** The encoding that a comment in one of the first two lines declares, as it is spelt. */
export function declaredEncoding(bytes: Uint8Array, reader: keyof typeof patterns): string | undefined {
  const head = firstTwoLines(bytes).replace(/^\xef\xbb\xbf/, "");
  const [first = "", second = ""] = head.split(reader === "python" ? /\r\n|\r|\n/ : "\n", 2);
  const pattern = patterns[reader];
  // Python looks at the second line only below a first one without code.
  const goesOn = reader === "pip" || /^[ \t\f]*(#.*)?$/.test(first);
  return pattern.exec(first)?.[1] ?? (goesOn ? pattern.exec(second)?.[1] : undefined);
}

/** Byte for character; nothing when there is no comment in them, as in most files. */
function firstTwoLines(bytes: Uint8Array): string {
  let end = 0;
  let lines = 0;
  let hasComment = false;
  for (; end < Math.min(bytes.length, farthest); end++) {
    const byte = bytes[end];
    if (byte === hash) hasComment = true;
    else if (byte === lineFeed && ++lines === 2) break;
  }
  return hasComment ? String.fromCharCode(...bytes.subarray(0, end)) : "";
}

/** Whether a line, one of a file's first two, declares the encoding: it must stay where it is. */
export function isCodingComment(line: string): boolean {
  return patterns.python.test(line);
}

/** Whether a declared encoding is one of the names of UTF-8. */
export function isUtf8Name(name: string): boolean {
  return /^utf[-_]?8([-_]?sig|[-_].*)?$/i.test(name);
}
