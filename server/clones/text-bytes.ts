/** ASCII as it is, each other UTF-16 unit as three bytes (CESU-8): enough to tell words apart. */
export function bytesOf(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 128) bytes.push(unit);
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63));
  }
  return Uint8Array.from(bytes);
}

/** A character for each byte. */
export function lettersOf(bytes: Uint8Array): string {
  // Spread out, they would be asked for one by one.
  return String(Reflect.apply(String.fromCharCode, undefined, bytes));
}
