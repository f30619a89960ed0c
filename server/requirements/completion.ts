import type { Span } from "../core/text.ts";
import { pythonBlanks } from "./blanks.ts";
import type { RequirementsFile } from "./model.ts";

/** What a person is about to write at a place; `at` is the part of the word there that a choice replaces. */
export type Completing =
  | { readonly kind: "name"; readonly at: Span }
  | { readonly kind: "version"; readonly at: Span; readonly name: string; readonly operator: string }
  /** `given`: the extras that stand there already. */
  | { readonly kind: "extra"; readonly at: Span; readonly name: string; readonly given: readonly string[] }
  /** `isBehind`: behind a requirement, where pip takes other options than on a line of their own. */
  | { readonly kind: "option"; readonly at: Span; readonly isBehind: boolean }
  /** The file that `-r` or `-c` names. */
  | { readonly kind: "path"; readonly at: Span };

const comment = new RegExp(`(?:^|[${pythonBlanks}])#`);
const name = "([A-Za-z0-9](?:[\\w.-]*[A-Za-z0-9])?)";
const extras = "(?:\\[[^\\]]*\\]\\s*)?";
const inName = /^(?:[A-Za-z0-9][\w.-]*)?$/;
const inExtras = new RegExp(`^${name}\\s*\\[([^\\]]*)$`);
const inVersion = new RegExp(`^${name}\\s*${extras}\\(?(?:[^;@()]*,)?\\s*(===|==|~=|!=|<=|>=|<|>)\\s*([\\w.!+*-]*)$`);
const inPath = /^(?:-[rc][ \t]*|--(?:requirement|constraint)(?:[ \t]*=|[ \t])[ \t]*)([^\s"']*)$/;

/** What is being written at an offset; undefined in comments, markers, URLs and wherever nothing can be offered. */
export function completingAt(
  file: Pick<RequirementsFile, "text" | "physicalLines">,
  offset: number,
): Completing | undefined {
  const before = textBefore(file, offset);
  if (comment.test(before)) return undefined;
  const written = before.trimStart();
  const replacing = (typed: string, more: RegExp): Span => {
    const rest = more.exec(file.text.slice(offset))?.[0] ?? "";
    return { start: offset - typed.length, end: offset + rest.length };
  };
  if (inName.test(written)) return { kind: "name", at: replacing(written, /^[\w.-]*/) };
  const path = inPath.exec(written);
  if (path && written !== "-r" && written !== "-c") {
    return { kind: "path", at: replacing(path[1] ?? "", /^[^\s"']*/) };
  }
  const option = /(?:^|[ \t])(--?[\w-]*)$/.exec(written)?.[1];
  if (option !== undefined) {
    return { kind: "option", at: replacing(option, /^[\w-]*/), isBehind: !written.startsWith("-") };
  }
  return completingRequirement(written, replacing);
}

function completingRequirement(written: string, replacing: (typed: string, more: RegExp) => Span) {
  const extra = inExtras.exec(written);
  if (extra) {
    const given = (extra[2] ?? "").split(",").map((each) => each.trim());
    const typed = given.pop() ?? "";
    return { kind: "extra", at: replacing(typed, /^[\w.-]*/), name: extra[1] ?? "", given } as const;
  }
  const version = inVersion.exec(written);
  if (!version) return undefined;
  const [, distribution = "", operator = "", typed = ""] = version;
  return { kind: "version", at: replacing(typed, /^[\w.!+*-]*/), name: distribution, operator } as const;
}

/** The logical line up to an offset: what continuations join, without their backslashes. */
function textBefore({ text, physicalLines }: Pick<RequirementsFile, "text" | "physicalLines">, offset: number): string {
  let line = physicalLines.findIndex(({ start, end }) => start <= offset && offset <= end);
  // Behind the last line end there is a line that nothing stands on yet.
  if (line < 0) return "";
  let before = text.slice(physicalLines[line]?.start, offset);
  for (line--; line >= 0; line--) {
    const { start, end } = physicalLines[line] ?? { start: 0, end: 0 };
    const content = text.slice(start, end);
    if (!content.endsWith("\\") || /^\s*#/.test(content)) break;
    before = content.replace(/\\+$/, "") + before;
  }
  return before;
}
