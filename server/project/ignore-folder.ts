import * as l10n from "@vscode/l10n";
import { ParseError, parseTOML } from "toml-eslint-parser";
import type { Edit } from "../core/edit.ts";

const table = ["tool", "groundwork", "per-file-ignores"];

/**
 * The edits of a `pyproject.toml` that silence a rule for a glob in `[tool.groundwork.per-file-ignores]`; comments,
 * order and other tables stay. Or the localised reason why the file is left as it is.
 */
export function ignoreInFolder(
  toml: string,
  glob: string,
  rule: string,
): { readonly edits: readonly Edit[] } | { readonly refused: string } {
  let program: ReturnType<typeof parseTOML>;
  try {
    program = parseTOML(toml);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { refused: l10n.t("pyproject.toml does not parse at line {0}; it was left as it is", error.lineNumber) };
  }
  const lineEnd = toml.includes("\r\n") ? "\r\n" : "\n";
  const entry = `${JSON.stringify(glob)} = [${JSON.stringify(rule)}]`;
  const top = program.body[0];
  const section = top.body.find((each) => each.type === "TOMLTable" && isOurs(each.resolvedKey));
  if (section?.type !== "TOMLTable") {
    if (definesElsewhere(toml)) {
      return {
        refused: l10n.t("pyproject.toml holds `per-file-ignores` in a form that is not edited; add {0} there", entry),
      };
    }
    const gap = toml === "" ? "" : toml.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
    const text = `${gap}[${table.join(".")}]${lineEnd}${entry}${lineEnd}`;
    return { edits: [{ at: { start: toml.length, end: toml.length }, text }] };
  }
  const line = section.body.find((each) => keyOf(each.key.keys) === glob);
  if (!line) {
    const rest = /[^\r\n]*/.exec(toml.slice(section.range[1]))?.[0] ?? "";
    const at = section.range[1] + rest.length;
    return { edits: [{ at: { start: at, end: at }, text: `${lineEnd}${entry}` }] };
  }
  if (line.value.type !== "TOMLArray") return { refused: l10n.t("pyproject.toml holds no list for {0}", glob) };
  const last = line.value.elements.at(-1);
  const at = last ? last.range[1] : line.value.range[0] + 1;
  return { edits: [{ at: { start: at, end: at }, text: `${last ? ", " : ""}${JSON.stringify(rule)}` }] };
}

function isOurs(key: readonly (string | number)[]): boolean {
  return key.join("\0") === table.join("\0");
}

function keyOf(keys: readonly ({ type: "TOMLBare"; name: string } | { type: "TOMLQuoted"; value: string })[]): string {
  return keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value)).join(".");
}

/** Inline tables and dotted keys say the same in other forms; those are left to the person. */
function definesElsewhere(toml: string): boolean {
  return /^\s*(per-file-ignores|groundwork\.per-file-ignores|tool\.groundwork\.per-file-ignores)\b\s*[.=]/m.test(toml);
}
