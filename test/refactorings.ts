// The literate tests of refactorings (`refactorings/NAME.md`), and Python's answers about code before and after.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { applyEdits } from "../server/core/edit.ts";
import type { RefactoringOptions, RefactoringResult } from "../server/core/refactoring.ts";
import { defaultSettings } from "../server/core/settings.ts";
import type { Span } from "../server/core/text.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageNamed, refactorings } from "../server/languages.ts";
import { PythonModule } from "../server/python/module.ts";

/** One section of a `refactorings/NAME.md`. */
export interface Case {
  readonly title: string;
  /** `case.py`, unless the section says `Path:`. */
  readonly path: string;
  readonly text: string;
  /** What stands between the marks `«` and `»`. */
  readonly places: readonly Span[];
  readonly options: RefactoringOptions;
  readonly refused: string | undefined;
  readonly after: string | undefined;
  readonly run: readonly string[];
}

/** The same of several files, by their paths. */
export interface ProjectCase extends Pick<Case, "title" | "options" | "refused" | "run"> {
  readonly before: Readonly<Record<string, string>>;
  readonly places: ReadonlyMap<string, readonly Span[]>;
  readonly after: Readonly<Record<string, string>>;
}

const hasPython = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;
/** Why a test that asks Python is left out, or false. */
export const withoutPython = hasPython ? false : "there is no Python 3.11 on this machine";

/** Applies a refactoring to one file. */
export function refactored(
  name: string,
  text: string,
  places: readonly Span[],
  options: RefactoringOptions = {},
  path = "case.py",
): RefactoringResult {
  const refactoring = refactorings.find((each) => each.name === name);
  assert.ok(refactoring, `there is no refactoring ${name}`);
  using file = new PythonModule(path, text);
  return refactoring.apply(
    places.map((at) => ({ file, at })),
    options,
    new Workspace("/project", defaultSettings).project,
  );
}

/** The text after a refactoring of one file. */
export function textAfter(text: string, result: RefactoringResult): string {
  assert.ok(result.applied, result.applied ? "" : `${result.code}: ${result.reason}`);
  assert.equal(result.edits.length, 1);
  return applyEdits(text, result.edits[0]?.edits ?? []);
}

/** Runs a command of `refactorings/oracle.py`. */
export function python<Answer>(command: string, input: unknown): Answer {
  const script = fileURLToPath(new URL("refactorings/oracle.py", import.meta.url));
  const answer = spawnSync("python3", [script, command], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONIOENCODING: "utf-8", PYTHONHASHSEED: "0" },
  });
  assert.equal(answer.status, 0, answer.stderr);
  return JSON.parse(answer.stdout) as Answer;
}

export function casesOf(name: string): Case[] {
  return sectionsOf(name).map(readCase);
}

/** The cases of several files, in `refactorings/across/NAME.md`: fences tell their `path=`. */
export function projectCasesOf(name: string): ProjectCase[] {
  return sectionsOf(`across/${name}`).map((section) => {
    const before: Record<string, string> = {};
    const after: Record<string, string> = {};
    const places = new Map<string, readonly Span[]>();
    const gone = new Set<string>();
    for (const [, side, path = "", code = ""] of section.matchAll(
      /^```python(?: (after|gone))? path=(\S+)\n([\s\S]*?)^```$/gm,
    )) {
      if (side === "gone") gone.add(path);
      else if (side) after[path] = code;
      else {
        const { text, places: own } = marked(code);
        before[path] = text;
        places.set(path, own);
      }
    }
    const { title, options, refused, run } = readCase(section);
    const left = Object.fromEntries(Object.entries(before).filter(([path]) => !gone.has(path)));
    return { title, options, refused, run, before, places, after: { ...left, ...after } };
  });
}

/** Applies a refactoring to the marked places of a project's files. */
export function refactoredProject(
  name: string,
  { before, places, options }: Pick<ProjectCase, "before" | "places" | "options">,
): RefactoringResult {
  const refactoring = refactorings.find((each) => each.name === name);
  assert.ok(refactoring, `there is no refactoring ${name}`);
  const workspace = workspaceOf(before);
  const files = Object.entries(before).map(([path, text]) => new PythonModule(path, text));
  try {
    const all = files.flatMap((file) => (places.get(file.path) ?? []).map((at) => ({ file, at })));
    return refactoring.apply(all, options, workspace.project);
  } finally {
    for (const file of files) file[Symbol.dispose]();
  }
}

/** A project that stands nowhere on the disk; all of it is production code but a folder `trial`. */
export function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  const workspace = new Workspace("/project", {
    ...defaultSettings,
    stagesProduction: ["**"],
    stagesExperimental: ["trial/**"],
  });
  for (const [path, text] of Object.entries(files)) workspace.open(path, languageNamed("python"), text);
  for (const _ of workspace.scan());
  return workspace;
}

/** What the fix of a rule's first finding does whose title matches, as the answer of a refactoring. */
export function fixedProject(
  rule: string,
  title: RegExp,
  before: Readonly<Record<string, string>>,
): RefactoringResult | undefined {
  const workspace = workspaceOf(before);
  for (const path of Object.keys(before)) {
    const findings = workspace.check(path).filter((finding) => finding.rule === rule);
    const fix = workspace
      .fixes(path, findings)
      .flat()
      .find((each) => title.test(each.title));
    if (fix?.refused !== undefined) return { applied: false, code: "", reason: fix.refused };
    if (fix) return { applied: true, edits: fix.edits };
  }
  return undefined;
}

/** The texts of a project after a refactoring. */
export function projectAfter(
  before: Readonly<Record<string, string>>,
  result: RefactoringResult,
): Readonly<Record<string, string>> {
  assert.ok(result.applied, result.applied ? "" : `${result.code}: ${result.reason}`);
  const after = { ...before };
  for (const { path, edits, creates, moves } of result.edits) {
    assert.equal(creates === true, !(path in before), path);
    after[moves ?? path] = applyEdits(before[path] ?? "", edits);
    if (moves !== undefined) delete after[path];
  }
  return after;
}

function sectionsOf(name: string): string[] {
  return readFileSync(new URL(`refactorings/${name}.md`, import.meta.url), "utf8")
    .split(/^## /m)
    .slice(1);
}

function readCase(section: string): Case {
  const blocks = [...section.matchAll(/^```python ?(\w*)\n([\s\S]*?\n)```$/gm)].map(([, kind = "", code = ""]) => ({
    kind,
    code,
  }));
  const [first] = blocks;
  const flavour = first?.kind ?? "";
  const after = blocks.find((block) => block.kind === "after")?.code;
  const run = blocks.find((block) => block.kind === "run")?.code;
  const chosen = /^Name: `(.*)`$/m.exec(section)?.[1];
  return {
    title: section.slice(0, section.indexOf("\n")),
    path: /^Path: `(.*)`$/m.exec(section)?.[1] ?? "case.py",
    ...marked(spelt(first?.code ?? "", flavour)),
    options: {
      ...(chosen !== undefined && { name: chosen }),
      ...(/^All occurrences\.$/m.test(section) && { all: true }),
    },
    refused: /^Refused: `(.*)`$/m.exec(section)?.[1],
    after: after === undefined ? undefined : spelt(after, flavour),
    run: run === undefined ? [] : run.trim().split("\n"),
  };
}

function spelt(code: string, flavour: string): string {
  if (flavour === "crlf") return code.replaceAll("\n", "\r\n");
  return flavour === "unended" ? code.replace(/\n$/, "") : code;
}

/** Takes the marks `«` and `»` out of a text; marks may be nested. */
function marked(code: string): Pick<Case, "text" | "places"> {
  let text = "";
  const open: number[] = [];
  const places: Span[] = [];
  for (const piece of code.split(/([«»])/)) {
    if (piece === "«") open.push(text.length);
    else if (piece === "»") places.push({ start: open.pop() ?? 0, end: text.length });
    else text += piece;
  }
  return { text, places };
}
