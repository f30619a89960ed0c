import * as l10n from "@vscode/l10n";

/** A refusal with its place in the text that was read. */
export interface Refusal {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** One option of a line. `start` and `end` hold its flag and its value as they are spelt. */
export interface LineOption {
  /** pip's canonical long spelling. */
  readonly name: string;
  /** The value with quotes and escapes resolved; undefined where the option takes none. */
  readonly value: string | undefined;
  readonly valueStart: number;
  readonly start: number;
  readonly end: number;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Options that take a value and those that do not, in pip's order (`SUPPORTED_OPTIONS` of pip 26's `req_file.py`). */
const takesValue: Readonly<Record<string, boolean>> = {
  "--index-url": true,
  "--pypi-url": true,
  "--extra-index-url": true,
  "--no-index": false,
  "--constraint": true,
  "--requirement": true,
  "--editable": true,
  "--find-links": true,
  "--no-binary": true,
  "--only-binary": true,
  "--prefer-binary": false,
  "--require-hashes": false,
  "--no-require-hashes": false,
  "--pre": false,
  "--all-releases": true,
  "--only-final": true,
  "--trusted-host": true,
  "--use-feature": true,
  "--hash": true,
  "--config-settings": true,
};

/** What pip takes behind a requirement (`SUPPORTED_OPTIONS_REQ`). */
export const optionsBehind: readonly string[] = ["--hash", "--config-settings"];

/** What pip takes on a line of its own: short spellings first, without those that only undo or repeat others. */
export const optionsOfLine: readonly string[] = [
  "-r",
  "-c",
  "-e",
  ...Object.keys(takesValue).filter((name) => ![...optionsBehind, "--pypi-url", "--no-require-hashes"].includes(name)),
];

const shortOptions: Readonly<Record<string, string>> = {
  "-i": "--index-url",
  "-c": "--constraint",
  "-r": "--requirement",
  "-e": "--editable",
  "-f": "--find-links",
  "-C": "--config-settings",
};

const features = [
  "fast-deps",
  "inprocess-build-deps",
  "venv-isolation",
  "truststore",
  "no-binary-enable-wheel-cache",
  "build-constraint",
];
const hashAlgorithms = ["sha256", "sha384", "sha512"];
const packageLists = ["--no-binary", "--only-binary", "--all-releases", "--only-final"];

/**
 * Reads the options of a line as pip does: Python's `shlex.split`, then `optparse` with its abbreviations. Offsets count
 * from the start of `text`.
 */
export function readOptions(text: string): readonly LineOption[] | Refusal {
  const words = splitWords(text);
  if (!Array.isArray(words)) return words;
  const options: LineOption[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word; word = rest.shift()) {
    if (word.text === "--") break;
    if (!word.text.startsWith("-") || word.text === "-") continue;
    const option = readOption(text, word, rest);
    if ("message" in option) return option;
    const refusal = refuseValue(option);
    if (refusal) return refusal;
    options.push(option);
  }
  return options;
}

/** Reads one option and takes its value from the next word where it is not attached. */
function readOption(text: string, word: Word, rest: Word[]): LineOption | Refusal {
  const isLong = word.text.startsWith("--");
  const equals = isLong ? word.text.indexOf("=") : -1;
  const spelling = isLong ? word.text.slice(0, equals < 0 ? undefined : equals) : [...word.text].slice(0, 2).join("");
  const name = isLong ? longOption(spelling) : [shortOptions[spelling]].filter((known) => known !== undefined);
  const [only] = name;
  if (only === undefined) return { message: l10n.t("pip knows no option `{0}` here", spelling), ...placeOf(word) };
  if (name.length > 1) {
    const message = l10n.t("`{0}` is short for several options: {1}", spelling, name.toSorted().join(", "));
    return { message, ...placeOf(word) };
  }
  const attached = isLong ? equals >= 0 : word.text.length > spelling.length;
  if (!takesValue[only]) {
    if (attached) return { message: l10n.t("`{0}` takes no value", only), ...placeOf(word) };
    return { name: only, value: undefined, valueStart: word.end, start: word.start, end: word.end };
  }
  if (attached) {
    const length = isLong ? equals + 1 : spelling.length;
    const value = word.text.slice(length);
    // Without quotes before it, the value stands where it is read; else its place is where it ends.
    const straight = text.startsWith(word.text.slice(0, length), word.start);
    const valueStart = straight ? word.start + length : word.end - value.length;
    return { name: only, value, valueStart, start: word.start, end: word.end };
  }
  const next = rest.shift();
  if (!next) return { message: l10n.t("`{0}` needs a value", spelling), ...placeOf(word) };
  return { name: only, value: next.text, valueStart: next.start, start: word.start, end: next.end };
}

/** The long options that a spelling may stand for: itself, or all that it abbreviates. */
function longOption(spelling: string): string[] {
  if (spelling in takesValue) return [spelling];
  return Object.keys(takesValue).filter((name) => name.startsWith(spelling));
}

function refuseValue(option: LineOption): Refusal | undefined {
  const value = option.value ?? "";
  const place = { start: option.valueStart, end: option.end };
  if (option.name === "--hash") {
    const [algorithm = ""] = value.split(":");
    if (!value.includes(":")) return { message: l10n.t("A hash is spelt `sha256:` and its digest"), ...place };
    if (hashAlgorithms.includes(algorithm)) return undefined;
    return { message: l10n.t("pip accepts the hashes {0}, not `{1}`", hashAlgorithms.join(", "), algorithm), ...place };
  }
  if (option.name === "--config-settings" && !value.includes("=")) {
    return { message: l10n.t("A build setting is spelt `KEY=VALUE`"), ...place };
  }
  if (option.name === "--use-feature" && !features.includes(value)) {
    return { message: l10n.t("pip knows no feature `{0}`, only {1}", value, features.join(", ")), ...place };
  }
  if (packageLists.includes(option.name) && value.startsWith("-")) {
    return { message: l10n.t("`{0}` needs a value", option.name), ...place };
  }
  return undefined;
}

function placeOf(word: Word): { start: number; end: number } {
  return { start: word.start, end: word.end };
}

/** Python's `shlex.split` (POSIX rules, no comments), with the place of each word. */
function splitWords(text: string): Word[] | Refusal {
  const words: Word[] = [];
  const atom = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"|([^ \t\r\n\\'"]+)/sy;
  let position = 0;
  while (position < text.length) {
    if (/[ \t\r\n]/.test(text.charAt(position))) {
      position++;
      continue;
    }
    const start = position;
    let word = "";
    while (position < text.length && !/[ \t\r\n]/.test(text.charAt(position))) {
      atom.lastIndex = position;
      const match = atom.exec(text);
      if (!match) return brokenWord(text, position);
      word += match[1] ?? match[2] ?? match[3]?.replace(/\\(["\\])/g, "$1") ?? match[4] ?? "";
      position = atom.lastIndex;
    }
    words.push({ text: word, start, end: position });
  }
  return words;
}

function brokenWord(text: string, start: number): Refusal {
  const quote = text.charAt(start);
  const message =
    quote === "\\"
      ? l10n.t("The backslash is followed by nothing")
      : l10n.t("The quotation mark {0} is not closed", quote);
  return { message, start, end: text.length };
}
