// `add FILE.json` merges translations into the Portuguese bundle; `--check` compares bundles, sources and manifest.
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getL10nJson } from "@vscode/l10n-dev";
import { unlocalisedTexts } from "./unlocalised.ts";

const root = new URL("../", import.meta.url);
const bundlePath = "l10n/bundle.l10n.pt-br.json";

type Bundle = Readonly<Record<string, string>>;

/** Everything that carries a text for a person. */
export interface Texts {
  /** TypeScript sources by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Portuguese by the English literal of `l10n.t`. */
  readonly bundle: Bundle;
  readonly manifest: string;
  readonly english: Bundle;
  readonly portuguese: Bundle;
}

/** What is missing, unused or does not agree, one line each; empty when both languages are complete. */
export async function translationProblems(texts: Texts): Promise<string[]> {
  const problems = [...literalProblems(texts.sources), ...manifestProblems(texts)];
  return problems.length > 0 ? problems : bundleProblems(texts);
}

/** `l10n.t` with anything but one literal first, or under another name, is invisible to the bundle. */
function literalProblems(sources: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const literal =
    /^\s*(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`)\s*[,)]|^\s*\{\s*message:/;
  for (const [path, text] of sources) {
    const where = (offset: number) => `${path}:${text.slice(0, offset).split("\n").length}`;
    for (const call of text.matchAll(/\bl10n\.t\(/g)) {
      if (!literal.test(text.slice(call.index + call[0].length))) {
        problems.push(`${where(call.index)}: the first argument of l10n.t is not one literal`);
      }
    }
    for (const alias of text.matchAll(/\{\s*t\b[^}]*\}\s*(?:from\s*["']@vscode\/l10n["']|=\s*(?:vscode\.)?l10n\b)/g)) {
      problems.push(`${where(alias.index)}: call it l10n.t, so that its texts are found`);
    }
  }
  return problems;
}

async function bundleProblems({ sources, bundle }: Texts): Promise<string[]> {
  const used = await getL10nJson([{ extension: ".ts", contents: underOneImport(sources) }]);
  const missing = Object.keys(used).filter((key) => bundle[key] === undefined);
  const unused = Object.keys(bundle).filter((key) => used[key] === undefined);
  return [
    ...missing.map((key) => `${bundlePath}: no translation of ${JSON.stringify(key)}`),
    ...unused.map((key) => `${bundlePath}: no source says ${JSON.stringify(key)}`),
    ...Object.entries(bundle).flatMap(([key, value]) => disagreement(bundlePath, key, key, value)),
  ];
}

/** All sources as one, because the tool compiles its queries anew (75 ms) for each import of `l10n` that it meets. */
function underOneImport(sources: ReadonlyMap<string, string>): string {
  const others = [...sources.values()].join("\n").replaceAll(/(\bfrom ")(?:vscode|@vscode\/l10n)"/g, '$1elsewhere"');
  return `import * as l10n from "@vscode/l10n"; // vscode\n${others}`;
}

function manifestProblems({ manifest, english, portuguese }: Texts): string[] {
  const problems = manifestLiterals(JSON.parse(manifest), "");
  const used = new Set([...manifest.matchAll(/"%([^%"\s]+)%"/g)].map((match) => match[1] ?? ""));
  for (const [name, keys] of Object.entries({ "package.nls.json": english, "package.nls.pt-br.json": portuguese })) {
    for (const key of used) if (keys[key] === undefined) problems.push(`${name}: no text for %${key}%`);
    for (const key of Object.keys(keys)) if (!used.has(key)) problems.push(`${name}: package.json never says %${key}%`);
  }
  for (const [key, text] of Object.entries(english)) {
    problems.push(...disagreement("package.nls.pt-br.json", key, text, portuguese[key] ?? text));
  }
  return problems;
}

/** Texts of the manifest's contributions that VS Code shows and that are no key of `package.nls.json`. */
function manifestLiterals(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const here = path === "" ? key : `${path}.${key}`;
    if (typeof each !== "string") return manifestLiterals(each, here);
    const isShown = /^contributes\..*\.(?:title|(?:markdown|user)?description|contents|altText|displayName)$/i.test(
      here,
    );
    const isText = /\p{L}{2,} \p{L}{2,}/u.test(each) && !/inputSchema|modelDescription/.test(here);
    return isShown && isText ? [`package.json: shown, but no key of package.nls.json: ${here}`] : [];
  });
}

function disagreement(file: string, key: string, english: string, translation: string): string[] {
  if (translation.trim() === "") return [`${file}: the translation of ${JSON.stringify(key)} is empty`];
  const agree = placeholdersIn(english) === placeholdersIn(translation);
  return agree ? [] : [`${file}: other placeholders than in English at ${JSON.stringify(key)}`];
}

function placeholdersIn(text: string): string {
  return [...new Set(text.match(/\{\w+\}/g))].sort().join();
}

/** The texts of this project as they stand on disk. */
export function projectTexts(): Texts {
  const sources = ["client", "server"].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  );
  return {
    sources: new Map(sources.sort().map((path) => [path, read(path)])),
    bundle: JSON.parse(read(bundlePath)),
    manifest: read("package.json"),
    english: JSON.parse(read("package.nls.json")),
    portuguese: JSON.parse(read("package.nls.pt-br.json")),
  };
}

function read(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}

function add(file: string): void {
  const merged: Bundle = { ...JSON.parse(read(bundlePath)), ...JSON.parse(readFileSync(file, "utf8")) };
  const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  const target = new URL(bundlePath, root);
  const scratch = new URL(`${target.href}.${process.pid}`);
  writeFileSync(scratch, `${JSON.stringify(sorted, undefined, 2)}\n`);
  renameSync(scratch, target);
}

async function main(verb: string | undefined, file: string | undefined): Promise<void> {
  if (verb === "add" && file) return add(file);
  if (verb === "--check") {
    const texts = projectTexts();
    const problems = [...(await translationProblems(texts)), ...(await unlocalisedTexts(texts.sources))];
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length > 0 ? 1 : 0;
    return;
  }
  console.error("usage: node scripts/l10n.ts add FILE.json | --check");
  process.exitCode = 2;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2], process.argv[3]);
