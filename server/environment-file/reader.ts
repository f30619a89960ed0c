import { isMap, isPair, isScalar, isSeq, type Pair, parseDocument, type Scalar, type YAMLSeq } from "yaml";
import type { Span } from "../core/text.ts";
import type { CondaPackage, EnvironmentFile, PipRequirement } from "./model.ts";

/** Reads a conda environment file; what is no YAML, or another file, is empty. */
export function readEnvironmentFile(path: string, text: string): EnvironmentFile {
  const empty = { path, text, isEnvironment: false, prefix: undefined, packages: [], pip: undefined };
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
  const root = document.errors.length === 0 ? document.contents : null;
  if (!isMap(root)) return { ...empty, [Symbol.dispose]: releaseNothing };
  const pairs = root.items.filter(isPair);
  const dependencies = pairs.find((pair) => keyOf(pair) === "dependencies")?.value;
  const prefix = pairs.find((pair) => keyOf(pair) === "prefix");
  if (!isSeq(dependencies)) return { ...empty, [Symbol.dispose]: releaseNothing };
  return {
    path,
    text,
    isEnvironment: true,
    prefix: prefix && spanOfPair(prefix),
    packages: textsIn(dependencies, text).map(packageOf),
    pip: pipIn(dependencies, text),
    [Symbol.dispose]: releaseNothing,
  };
}

/** Everything read is a plain value. */
function releaseNothing(): void {}

function keyOf(pair: Pair): unknown {
  return isScalar(pair.key) ? pair.key.value : undefined;
}

function spanOfPair(pair: Pair): Span | undefined {
  const key = isScalar(pair.key) ? pair.key.range : undefined;
  if (!key) return undefined;
  const value = isScalar(pair.value) ? pair.value.range : undefined;
  return { start: key[0], end: value && value[1] > key[1] ? value[1] : key[1] + 1 };
}

/** The plain strings of a list with their places, quotes left out. */
function textsIn(list: YAMLSeq, text: string): PipRequirement[] {
  return list.items.filter(isScalar).flatMap((item) => {
    const at = spanOfScalar(item, text);
    return at && typeof item.value === "string" ? [{ text: item.value, at }] : [];
  });
}

function spanOfScalar({ range }: Scalar, text: string): Span | undefined {
  if (!range) return undefined;
  const [start, end] = range;
  const isQuoted = /["']/.test(text[start] ?? "");
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

function pipIn(dependencies: YAMLSeq, text: string): EnvironmentFile["pip"] {
  for (const item of dependencies.items) {
    const pair = isMap(item) ? item.items.find((each) => isPair(each) && keyOf(each) === "pip") : undefined;
    const at = pair && isScalar(pair.key) ? spanOfScalar(pair.key, text) : undefined;
    if (at) return { at, requirements: isSeq(pair?.value) ? textsIn(pair.value, text) : [] };
  }
  return undefined;
}

/** `channel/subdir::name`, then `=version=build`, `==version`, a comparison, or the same with blanks between. */
function packageOf({ text, at }: PipRequirement): CondaPackage {
  const match = /^(?:[^\s=<>:]+::)?([\w.-]+)\s*(.*)$/s.exec(text);
  const name = match?.[1] ?? text;
  const rest = match?.[2]?.trim() ?? "";
  const spelt = /^(={1,2})?\s*([^\s=<>[]+)\s*([=\s])\s*([^\s=<>[\]]+)$/.exec(rest);
  if (!spelt) {
    const version = rest.replace(/^={1,2}\s*(?=[^=])/, "") || undefined;
    return { text, at, name, version, build: undefined, buildAt: undefined };
  }
  const build = spelt[4] ?? "";
  const bare = text
    .trimEnd()
    .slice(0, -build.length)
    .replace(/[=\s]+$/, "");
  // Escapes in a quoted string would shift the places.
  const buildAt = at.end - at.start === text.length ? { start: at.start + bare.length, end: at.end } : undefined;
  return { text, at, name, version: spelt[2], build, buildAt };
}
