// How the stand-in for conda reads its arguments and files.
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { Refusal } from "./channel.ts";

export interface Wanted {
  readonly specs: readonly string[];
  readonly name?: string;
  readonly prefix?: string;
  readonly file?: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly quiet: boolean;
  readonly dryRun: boolean;
  readonly offline: boolean;
}

const valued: Readonly<Record<string, string>> = {
  "--name": "name",
  "-n": "name",
  "--prefix": "prefix",
  "-p": "prefix",
  "--file": "file",
  "-f": "file",
  "--channel": "channel",
  "-c": "channel",
};

const flags = {
  json: ["--json"],
  yes: ["--yes", "-y"],
  quiet: ["--quiet", "-q"],
  dryRun: ["--dry-run"],
  offline: ["--offline"],
  overrides: ["--override-channels"],
};

/** `unknown` are options that this version does not have. */
export function wantedFrom(words: readonly string[], unknown: readonly string[] = []): Wanted {
  const values: Record<string, string> = {};
  const given = new Set<string>();
  const specs: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const key = valued[word];
    if (key !== undefined) values[key] = words[++index] ?? "";
    else if (!word.startsWith("-")) specs.push(word);
    else if (!unknown.includes(word) && Object.values(flags).flat().includes(word)) given.add(word);
    else throw new Refusal("usage", `unrecognized arguments: ${word}`);
  }
  const has = (names: readonly string[]) => names.some((name) => given.has(name));
  const own = Object.fromEntries(Object.entries(flags).map(([name, spellings]) => [name, has(spellings)]));
  const listed = values.file?.endsWith(".txt") ? linesOf(values.file) : [];
  return { ...(own as unknown as Wanted), ...values, specs: [...specs, ...listed] };
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
}

export interface EnvironmentText {
  readonly name: string | undefined;
  readonly specs: readonly string[];
  readonly pip: readonly string[];
}

export function readEnvironmentText(file: string): EnvironmentText {
  if (!existsSync(file)) throw new Refusal("EnvironmentFileNotFound", `'${file}' file not found`);
  const { name, dependencies = [] } = parse(readFileSync(file, "utf8")) ?? {};
  const specs = dependencies.filter((each: unknown) => typeof each === "string");
  return { name, specs, pip: dependencies.flatMap((each: { pip?: string[] }) => each.pip ?? []) };
}
