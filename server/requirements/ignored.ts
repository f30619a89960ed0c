import type { Span } from "../core/text.ts";
import type { Entry, RequirementsFile } from "./model.ts";

/** A part of a line that pip reads without a word and does nothing with. */
export interface IgnoredPart {
  readonly kind: "bullet" | "glued" | "option" | "words" | "address" | "variable";
  readonly at: Span;
  /** As it is spelt, continuations left out. */
  readonly text: string;
}

/**
 * What pip 26 ignores in a line that it accepts (`req_file.py`): a requirement keeps only `--hash` and
 * `--config-settings`; `-e` keeps its own value; `-r` and `-c` count once and alone; words behind options are dropped.
 */
export function ignoredParts(entry: Entry, file: RequirementsFile): IgnoredPart[] {
  if (entry.kind === "error") return [];
  const source = file.text.slice(entry.at.start, entry.at.end);
  const isJoined = entry.line !== entry.endLine;
  if (isJoined && source.includes("#")) return [];
  const line = source.replace(/\\(?:\r\n|[\r\n])/g, "");
  const spot = (kind: IgnoredPart["kind"], text: string): IgnoredPart => {
    const start = isJoined ? -1 : line.lastIndexOf(text);
    const at = start < 0 ? entry.at : { start: entry.at.start + start, end: entry.at.start + start + text.length };
    return { kind, at, text };
  };
  const address = entry.kind === "requirement" ? /^git@[\w.-]+:(?!\/\/)\S+/.exec(line)?.[0] : undefined;
  if (address !== undefined) return [spot("address", address)];
  const words = wordsBehind(entry, line);
  if (entry.kind === "option" && entry.options.length === 0) return words === "" ? [] : [spot("bullet", line)];
  const glued = entry.kind === "option" ? entry.options.find(isGlued) : undefined;
  if (glued !== undefined) return [spot("glued", glued)];
  const parts = ignoredOptions(entry).map((option) => spot("option", option));
  if (words !== "") parts.push(spot("words", words));
  return [...parts, ...variablesIn(entry).map((variable) => spot("variable", variable))];
}

/** `-ip==20.0` is the index `p==20.0` to pip, and `-flask` a folder `lask`: no addresses, but names behind a dash. */
function isGlued(option: string): boolean {
  return /^-[if][A-Za-z0-9][\w.-]*(?:\[[\w,.-]*\])?(?:[=<>!~].*)?$/.test(option);
}

function ignoredOptions({ kind, options }: Entry): readonly string[] {
  switch (kind) {
    case "requirement":
      return options.filter((option) => !/^(?:--hash|--config-s|-C)/.test(option));
    case "editable":
      return withoutFirst(options, /^(?:-e|--e)/);
    case "include":
      return withoutFirst(options, /^(?:-r|--requirem)/);
    case "constraint":
      return withoutFirst(options, /^(?:-c|--co)/);
    default:
      return [];
  }
}

function withoutFirst(options: readonly string[], own: RegExp): readonly string[] {
  const index = options.findIndex((option) => own.test(option));
  return options.filter((_, at) => at !== index);
}

/** What is left of a line behind its first option when all options are taken out. */
function wordsBehind({ kind, options }: Entry, line: string): string {
  const [first] = options;
  if (first === undefined) return kind === "option" ? line.replace(/^-{1,2}(?=\s|$)/, "").trim() : "";
  let rest = line.slice(line.indexOf(first));
  for (const option of options) rest = rest.replace(option, () => "");
  return rest.trim();
}

/** pip expands `${NAME}` in capitals; every other spelling stays in the address as it is. */
function variablesIn({ kind, url, options }: Entry): string[] {
  const addresses = [url ?? "", ...(kind === "option" ? options : [])].filter((text) => text.includes("://"));
  return addresses.flatMap(
    (text) => text.match(/\$\{[^}]*[^A-Z0-9_}][^}]*\}|\$[A-Za-z_]\w*|%[A-Z_]*[G-Z_][A-Z_]*%/g) ?? [],
  );
}
