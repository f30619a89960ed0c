import { pythonBlanks } from "./blanks.ts";

// PEP 440, appendix B, as packaging 26 spells it in `Specifier._specifier_regex_str`.
const start = "v?(?:[0-9]+!)?[0-9]+";
const pre = "(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?";
const post = "(?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?";
const dev = "(?:[-_.]?dev[-_.]?[0-9]*)?";
const local = "(?:\\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?";

const equal = `(?:==|!=)[${pythonBlanks}]*${start}(?:\\.[0-9]+)*(?:\\.\\*|${pre}${post}${dev}${local})`;
const compatible = `~=[${pythonBlanks}]*${start}(?:\\.[0-9]+)+${pre}${post}${dev}`;
const ordered = `(?:<=|>=|<|>)[${pythonBlanks}]*${start}(?:\\.[0-9]+)*${pre}${post}${dev}`;
const arbitrary = `===[${pythonBlanks}]*[^${pythonBlanks};)]*`;

const specifier = new RegExp(`^(?:${arbitrary}|${equal}|${compatible}|${ordered})$`, "i");
const version = new RegExp(
  `^[${pythonBlanks}]*${start}(?:\\.[0-9]+)*${pre}${post}${dev}${local}[${pythonBlanks}]*$`,
  "i",
);

/** Whether a text is one version specifier (PEP 440), blanks around it not allowed. */
export function isSpecifier(text: string): boolean {
  return specifier.test(text);
}

/** Whether a text is a version (PEP 440). */
export function isVersion(text: string): boolean {
  return version.test(text);
}
