// Reads the literate tests: `test/rules/<smell>.md` is prose, and its fenced blocks are small projects.
import { parse } from "smol-toml";

/** One file of a section, without the markers; `fixed` is what it must be when no safe fix is left. */
export interface LiterateFile {
  readonly path: string;
  readonly language: string;
  readonly text: string;
  /** In which the file is stored; undefined for UTF-8. */
  readonly encoding: string | undefined;
  readonly fixed: string | undefined;
  readonly marks: readonly Mark[];
}

/** A finding that the author expects, by the line it starts on; line counts from 0 inside the block. */
export interface Mark {
  readonly line: number;
  readonly rule: string;
  /** The flagged source, when the author gave it. */
  readonly source: string | undefined;
}

/** The blocks under one heading: one project. */
export interface Section {
  readonly heading: string;
  /** Line of the heading in the Markdown file, from 1. */
  readonly line: number;
  readonly files: readonly LiterateFile[];
  /** The project's environment; undefined when no block says so. */
  readonly environment: LiterateEnvironment | undefined;
}

/** An environment: versions by the name of a distribution, and by that of a conda package. */
export interface LiterateEnvironment {
  readonly kind: "venv" | "conda" | "base" | "system";
  readonly distributions: Readonly<Record<string, string>>;
  readonly packages: Readonly<Record<string, string>>;
}

const defaultPaths: Readonly<Record<string, string>> = {
  python: "module.py",
  requirements: "requirements.txt",
  toml: "pyproject.toml",
  "environment-file": "environment.yml",
  notebook: "notebook.ipynb",
  file: "",
};

const proseLanguages = ["", "text", "console", "sh", "environment"];

interface Fence {
  readonly line: number;
  readonly language: string;
  readonly path: string | undefined;
  readonly encoding: string | undefined;
  readonly isFixed: boolean;
  readonly text: string;
}

/** The sections of a literate test, those without blocks left out. Throws an Error that names the line of a mistake. */
export function sectionsOf(markdown: string): Section[] {
  const sections: Section[] = [];
  let heading = { text: "", line: 1 };
  let fences: Fence[] = [];
  const close = () => {
    if (fences.some((fence) => !proseLanguages.includes(fence.language))) sections.push(sectionFrom(heading, fences));
    fences = [];
  };
  const lines = markdown.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const title = /^#{1,6} +(.*?)\s*$/.exec(line);
    if (title) {
      close();
      heading = { text: title[1] ?? "", line: index + 1 };
    }
    const opening = /^(`{3,})(.*)$/.exec(line);
    if (!opening) continue;
    const end = lines.indexOf(opening[1] ?? "", index + 1);
    if (end < 0) throw new Error(`line ${index + 1}: the block is never closed`);
    fences.push(fenceFrom(index + 1, opening[2] ?? "", lines.slice(index + 1, end)));
    index = end;
  }
  close();
  return sections;
}

function fenceFrom(line: number, info: string, body: readonly string[]): Fence {
  const [language = "", ...words] = info.trim().split(/\s+/);
  if (!(language in defaultPaths) && !proseLanguages.includes(language)) {
    throw new Error(`line ${line}: \`${language}\` is no language of a literate test`);
  }
  let path: string | undefined;
  let encoding: string | undefined;
  let isFixed = false;
  for (const word of words) {
    if (word === "fixed") isFixed = true;
    else if (word.startsWith("path=") && word.length > 5) path = word.slice(5);
    else if (word.startsWith("encoding=") && word.length > 9) encoding = word.slice(9);
    else throw new Error(`line ${line}: \`${word}\` is neither \`fixed\` nor \`path=…\` nor \`encoding=…\``);
  }
  if (path === undefined && defaultPaths[language] === "")
    throw new Error(`line ${line}: a \`${language}\` needs path=…`);
  const rows = language === "notebook" ? body.map(cellHeader) : body;
  return { line, language, path, encoding, isFixed, text: rows.map((row) => `${row}\n`).join("") };
}

/** `# %%`, `# %% sql` or `# %% python 3` begins a cell: its language and the count of its execution. */
function cellHeader(row: string): string {
  const found = /^# %%(?: ([a-z]+))?(?: (\d+))?$/.exec(row);
  return found ? `\f${found[1] ?? "python"}${found[2] ? ` ${found[2]}` : ""}` : row;
}

function sectionFrom(heading: { text: string; line: number }, fences: readonly Fence[]): Section {
  const files = new Map<string, LiterateFile>();
  for (const fence of fences) {
    if (proseLanguages.includes(fence.language)) continue;
    const path = fence.path ?? defaultPaths[fence.language] ?? "";
    const known = files.get(path);
    if (fence.isFixed) {
      if (!known) throw new Error(`line ${fence.line}: \`${path}\` is fixed before it stands there`);
      if (known.fixed !== undefined) throw new Error(`line ${fence.line}: \`${path}\` is fixed twice`);
      files.set(path, { ...known, fixed: fence.text });
    } else {
      if (known) throw new Error(`line ${fence.line}: a second \`${path}\`; write path=… or a new heading`);
      files.set(path, {
        path,
        language: fence.language,
        encoding: fence.encoding,
        fixed: undefined,
        ...unmarked(fence),
      });
    }
  }
  return {
    heading: heading.text,
    line: heading.line,
    files: [...files.values()],
    environment: environmentIn(fences),
  };
}

const marker = /[ \t]*#[ \t]*smell:.*$/;
const markerPart = /#[ \t]*smell:[ \t]*([a-z][a-z0-9-]*)(?:[ \t]+`([^`]+)`)?[ \t]*/y;

/** The text of a block without its markers, and the markers; the input never changes because of a marker. */
function unmarked(fence: Fence): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  const rows = fence.text.split("\n").map((row, line) => {
    const found = marker.exec(row);
    if (!found) return row;
    const words = found[0].trimStart();
    markerPart.lastIndex = 0;
    while (markerPart.lastIndex < words.length) {
      const at = markerPart.lastIndex;
      const part = markerPart.exec(words);
      if (!part) throw new Error(`line ${fence.line + line + 1}: cannot read the marker \`${words.slice(at)}\``);
      marks.push({ line, rule: part[1] ?? "", source: part[2] });
    }
    return row.slice(0, found.index);
  });
  return { text: rows.join("\n"), marks };
}

function environmentIn(fences: readonly Fence[]): LiterateEnvironment | undefined {
  const fence = fences.find((one) => one.language === "environment");
  if (!fence) return undefined;
  const { kind = "venv", distributions = {}, packages = {}, ...others } = parse(fence.text);
  const isKind = kind === "venv" || kind === "conda" || kind === "base" || kind === "system";
  if (!isKind || Object.keys(others).length > 0) {
    throw new Error(`line ${fence.line}: an environment is a kind and the tables [distributions] and [packages]`);
  }
  return { kind, distributions: versionsIn(distributions), packages: versionsIn(packages) };
}

function versionsIn(table: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(Object(table)).map(([name, version]) => [name, String(version)]));
}

/** What the analysis found, as far as a marker can tell. */
export interface Found {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  /** The first line of the flagged source. */
  readonly source: string;
}

/** The marks that nothing was found for, and the findings that nobody marked; both empty when the section holds. */
export function differencesOf(section: Section, found: readonly Found[]): { missing: string[]; unexpected: string[] } {
  const rest = [...found];
  const missing: string[] = [];
  for (const file of section.files) {
    for (const mark of file.marks) {
      const index = rest.findIndex(
        (one) =>
          one.path === file.path &&
          one.line === mark.line &&
          one.rule === mark.rule &&
          (mark.source === undefined || one.source === mark.source),
      );
      if (index >= 0) rest.splice(index, 1);
      else missing.push(wordsOf({ ...mark, path: file.path, source: mark.source ?? "" }));
    }
  }
  return { missing, unexpected: rest.map(wordsOf) };
}

function wordsOf({ path, line, rule, source }: Found): string {
  return `${path}:${line + 1} ${rule} \`${source}\``;
}
