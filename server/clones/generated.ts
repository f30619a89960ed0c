const longestHeader = 1024;
const marks =
  /@generated|\bauto-?generated\b|\bgenerated (?:automatically |by |from |file|code|on )|\bdo not (?:edit|modify)\b/i;

/** Whether the comments at a file's top, `end` bytes, say that a program wrote it. */
export function isGenerated(bytes: Uint8Array, end: number): boolean {
  const header = bytes.subarray(0, Math.min(end, longestHeader));
  return marks.test(String.fromCharCode(...header));
}
