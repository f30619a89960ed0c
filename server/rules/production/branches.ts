import type { Lines } from "../../core/text.ts";
import { headersAround } from "./headers.ts";

/** What tells on which system or version of Python a program runs, and the names that constants for it have. */
const platform =
  /\b(?:sys\.platform|os\.name|platform\.\w+|version_info|hexversion|implementation\.name|(?:[A-Z]+_)?(?:WIN(?:DOWS|32)?|LINUX|DARWIN|MACOS|POSIX|PYPY|PY\d+))\b|["'](?:win\w*|nt|posix|linux\d?|darwin|cygwin|\w*bsd|sunos\d?|aix\d?|java)["']/;

/**
 * Do two lines (from 0) stand in the same function or class, defined once for each of two platforms in the branches of one
 * condition? Each is read alone, and only one of them is there.
 */
export function areOfTwoPlatforms(one: number, other: number, lines: Lines): boolean {
  const [above, below] = one < other ? [one, other] : [other, one];
  const [own, theirs] = [above, below].map((line) => branchesAround(line, lines));
  return (theirs ?? []).some((branch) => {
    const before = own?.find(({ indentation }) => indentation === branch.indentation);
    return (
      before !== undefined &&
      before.line < branch.line &&
      isOneCondition(before, branch, lines) &&
      [before, branch].some(({ line }) => platform.test(conditionAt(line, lines))) &&
      definedIn(before, above, lines) === definedIn(branch, below, lines)
    );
  });
}

interface Branch {
  readonly line: number;
  readonly indentation: number;
}

/** The branches of conditions that a line stands in, the nearest first. */
function branchesAround(line: number, lines: Lines): Branch[] {
  const found: Branch[] = [];
  let margin = Number.MAX_SAFE_INTEGER;
  for (let at = line; at >= 0 && margin > 0; at--) {
    const { indentation, code } = codeAt(at, lines);
    if (code === "" || indentation >= margin) continue;
    if (/^(?:if|elif|else)\b/.test(code)) found.push({ line: at, indentation });
    margin = indentation;
  }
  return found;
}

/** Is nothing between two branches but others of the same condition? */
function isOneCondition(from: Branch, to: Branch, lines: Lines): boolean {
  for (let at = from.line + 1; at <= to.line; at++) {
    const { indentation, code } = codeAt(at, lines);
    if (code !== "" && indentation <= from.indentation && !/^(?:elif|else)\b/.test(code)) return false;
  }
  return true;
}

/** From the word that begins it to its colon. */
function conditionAt(line: number, lines: Lines): string {
  let end = line;
  while (end < lines.count - 1 && !/:\s*(?:#.*)?$/.test(lines.lineText(end))) end++;
  return lines.text.slice(lines.startOf(line), lines.endOf(end));
}

/** What a branch defines where a line in it stands; each branch that defines nothing is another one. */
function definedIn(branch: Branch, line: number, lines: Lines): string | Branch {
  const outermost = headersAround(lines, line).findLast((header) => header.line > branch.line);
  return /^(?:(?:async\s+)?def|class)\s+(\w+)/.exec(outermost?.code ?? "")?.[1] ?? branch;
}

/** Comments are no code, nor what closes a bracket. */
function codeAt(line: number, lines: Lines): { readonly indentation: number; readonly code: string } {
  const text = lines.lineText(line);
  const code = text.trimStart();
  return { indentation: text.length - code.length, code: /^[#)\]}]/.test(code) ? "" : code };
}
