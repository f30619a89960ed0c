import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import type { Lines } from "../../core/text.ts";
import { headersAround } from "./headers.ts";
import { type LogicalLine, logicalLinesIn } from "./logical-lines.ts";

/** So many statements of a layer are read at once, whatever they do … */
const mostSteps = 4;
/** … and so many where each only puts a value through a part of the layer, or what comes out together. */
const mostParts = 8;
/** Lines of a method that adds something to what it overrides. */
const mostAdded = 8;

/**
 * Is a whole function a short method that each class has of its own: one that says in which order a layer's parts work, or one that
 * begins with what it overrides and sets what the class has?
 */
export function isOwnMethod(name: string, { range }: Copy, lines: Lines): boolean {
  const body = bodyOf(logicalLinesIn(range, lines));
  return isLayer(name, body) || isExtension(name, body);
}

/** The statements of a whole function below its head, of which a copy may be the body alone. */
export function bodyOf(statements: readonly LogicalLine[]): readonly LogicalLine[] {
  const first = statements.findIndex(({ text }) => !text.startsWith("@"));
  return /^(?:async\s+)?def\b/.test(statements[first]?.text ?? "") ? statements.slice(first + 1) : statements;
}

/** Lines of such steps. */
const mostLines = 10;

/**
 * Is a copy a few straight steps of a layer, which layers in other files take with other names or in between? Which part follows which is what each of them says
 * for itself.
 */
export function isPartOfLayer({ kind, copies }: CloneClass, { path, range }: Copy, lines: Lines): boolean {
  if (kind === "exact" || copies.every((each) => each.path === path)) return false;
  const [around] = headersAround(lines, range.start.line);
  const steps = bodyOf(logicalLinesIn(range, lines));
  return (
    /^def\s+(?:forward|call|__call__)\b/.test(around?.code ?? "") &&
    steps.length <= mostParts &&
    steps.reduce((sum, each) => sum + each.lines, 0) <= mostLines &&
    steps.every(({ text }) => straight.test(text)) &&
    steps.some(({ text }) => /\bself\.\w+\(/.test(text))
  );
}

const straight = /^(?:[^\W\d]\w*|\*_)(?:\s*,\s*(?:[^\W\d]\w*|\*_))*\s*[-+*@/]?=[^=]|^return\b/;

function isLayer(name: string, body: readonly LogicalLine[]): boolean {
  if (!/^(?:forward|call|__call__)$/.test(name)) return false;
  if (body.length <= mostSteps) return true;
  const parts = body.filter(({ text }) => part.test(text)).length;
  return body.length <= mostParts && parts * 2 > body.length && body.every(({ text }) => step.test(text));
}

/** `x = self.conv(x)` */
const part = /^[^\W\d]\w*\s*=\s*self\.\w+\(|^return\s+self\.\w+\(/;
const step = /^[^\W\d]\w*\s*=[^=]|^return\b/;

function isExtension(name: string, body: readonly LogicalLine[]): boolean {
  const length = body.reduce((sum, { lines }) => sum + lines, 0);
  const [first, ...others] = body;
  return (
    length <= mostAdded &&
    first !== undefined &&
    new RegExp(`^super\\([^)]*\\)\\.${name}\\(`).test(first.text) &&
    others.some(({ text }) => /^self\.\w+\s*=/.test(text))
  );
}
