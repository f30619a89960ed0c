import type { Lines } from "../../core/text.ts";

/** A `def` or `class` line, without its indentation. */
export interface Header {
  readonly line: number;
  readonly code: string;
}

/** The `def` and `class` lines that a line stands in, or is, the nearest first. */
export function headersAround(lines: Lines, line: number): readonly Header[] {
  const found: Header[] = [];
  let margin = Number.MAX_SAFE_INTEGER;
  for (let at = line; at >= 0 && margin > 0; at--) {
    const text = lines.lineText(at);
    const code = text.trimStart();
    const indentation = text.length - code.length;
    if (code === "" || indentation >= margin || code.startsWith("#") || /^[)\]}]/.test(code)) continue;
    if (/^(?:async\s+def|def|class)\b/.test(code)) found.push({ line: at, code });
    margin = indentation;
  }
  return found;
}
