import type { Lines } from "./text.ts";

/** Lines from 0, both included. */
interface Stretch {
  readonly first: number;
  readonly last: number;
}

interface Silence extends Stretch {
  readonly names: readonly string[];
}

const codes = "[A-Z]+[0-9]+(?:[\\s,]+[A-Z]+[0-9]+)*";

/** Of flake8 and ruff: at the end of a line, or for the whole file. A `noqa` without codes answers nothing in particular. */
const noqa = new RegExp(`#\\s*(ruff\\s*:\\s*|flake8\\s*:\\s*)?noqa\\s*:\\s*(${codes})`, "gi");

/** Of pylint: at the end of a line, for the next one, or, alone on a line, for the rest of the block that it stands in. */
const pylint = /#\s*pylint\s*:\s*disable(-next)?\s*=\s*([\w-]+(?:\s*,\s*[\w-]+)*)/g;

/** Of DeepSource: at the end of a line, or right above it. */
const skipcq = /#\s*skipcq\s*:\s*([A-Z]+-[A-Z]*\d+(?:\s*,\s*[A-Z]+-[A-Z]*\d+)*)/g;

/** Whether a text may hold such comments; most hold none. */
export function speaksToOtherLinters(text: string): boolean {
  return /#.*(?:noqa|pylint|skipcq)/i.test(text);
}

/**
 * What the author of a text has answered to other linters already: flake8's and ruff's `# noqa: PLR0915`
 * (https://docs.astral.sh/ruff/linter/#error-suppression), DeepSource's `# skipcq: PY-R1000`
 * (https://docs.deepsource.com/docs/platform/issues/suppress) and pylint's `# pylint: disable=too-many-statements`
 * (https://pylint.readthedocs.io/en/stable/user_guide/messages/message_control.html).
 */
export class OtherLinters {
  readonly #silences: readonly Silence[];

  constructor(lines: Lines) {
    this.#silences = [...silencesOfNoqa(lines), ...silencesOfSkipcq(lines), ...silencesOfPylint(lines)];
  }

  /** Whether one of these codes or names is silenced somewhere on these lines; a shorter code is all that begin so. */
  silence(names: readonly string[], { first, last }: Stretch): boolean {
    return this.#silences.some(
      (each) =>
        each.first <= last && first <= each.last && each.names.some((said) => names.some((name) => isSaid(name, said))),
    );
  }
}

function isSaid(name: string, said: string): boolean {
  return name === said || (/\d$/.test(said) && name.startsWith(said));
}

function silencesOfNoqa(lines: Lines): Silence[] {
  return [...lines.text.matchAll(noqa)].map(({ index, 1: file, 2: list = "" }) => {
    const line = lines.lineAt(index);
    const stretch = file ? { first: 0, last: lines.count } : { first: line, last: line };
    return { ...stretch, names: list.toUpperCase().split(/[\s,]+/) };
  });
}

function silencesOfSkipcq(lines: Lines): Silence[] {
  return [...lines.text.matchAll(skipcq)].map(({ index, 1: list = "" }) => {
    const line = lines.lineAt(index);
    return { first: line, last: line + 1, names: list.split(/\s*,\s*/) };
  });
}

function silencesOfPylint(lines: Lines): Silence[] {
  return [...lines.text.matchAll(pylint)].map(({ index, 1: next, 2: list = "" }) => {
    const line = lines.lineAt(index);
    const isAlone = lines.text.slice(lines.startOf(line), index).trim() === "";
    const only = next ? line + 1 : line;
    const stretch = isAlone && !next ? blockAround(lines, line) : { first: only, last: only };
    return { ...stretch, names: list.split(/\s*,\s*/) };
  });
}

/** From the `def` or `class` whose block holds a line to the end of that block; the whole file outside of all blocks. */
function blockAround(lines: Lines, line: number): Stretch {
  const depth = indentationOf(lines.lineText(line)) ?? 0;
  if (depth === 0) return { first: line, last: lines.count };
  let first = line;
  while (first > 0 && !isHead(lines.lineText(first), depth)) first--;
  let last = line;
  while (last + 1 < lines.count && (indentationOf(lines.lineText(last + 1)) ?? depth) >= depth) last++;
  return { first, last };
}

function isHead(text: string, depth: number): boolean {
  return /^\s*(?:async\s+)?(?:def|class)\b/.test(text) && (indentationOf(text) ?? depth) < depth;
}

/** Undefined for a blank line. */
function indentationOf(text: string): number | undefined {
  const at = text.search(/\S/);
  return at < 0 ? undefined : at;
}
