import type { CheckResult } from "./core/check.ts";
import { applyEdits } from "./core/edit.ts";
import type { Finding, Fix, SourceFile } from "./core/rule.ts";
import { type Language, languageOf } from "./languages.ts";
import type { Project } from "./project/project.ts";
import type { PythonModule } from "./python/module.ts";

export interface AnalysisOptions {
  /** In place of the language that the path says. */
  readonly language?: Language;
  /** The file as a module, when somebody holds it already; it stays theirs. */
  readonly module?: PythonModule | undefined;
  /** Whether to tell what could be done about each finding, too. */
  readonly offering?: boolean;
}

/** One fix is applied at a time, since it may show or remove another problem; after this many we stop. */
const rounds = 200;

/** The one entrance: the findings of a text, for the editor, the command line and the tests alike. */
export function analyze(file: SourceFile, project: Project, options: AnalysisOptions = {}): CheckResult {
  const language = options.language ?? languageOf(file.path);
  return (
    language?.check(file.path, file.text, project, options.module, options.offering) ?? { findings: [], failures: [] }
  );
}

/** The fixes of findings of this very text, in their order. */
export function fixesOf(
  file: SourceFile,
  findings: readonly Finding[],
  project: Project,
  options: AnalysisOptions = {},
): readonly (readonly Fix[])[] {
  const language = options.language ?? languageOf(file.path);
  return language?.fixes(file.path, file.text, findings, project, options.module) ?? findings.map(() => []);
}

/** May a fix be applied together with others, unseen? Refactorings are a person's choice, one by one. */
export function isBulkFix(fix: Fix, path: string): boolean {
  const here = fix.edits.length === 1 && fix.edits[0]?.path === path;
  return fix.safe && here && fix.refused === undefined && !fix.kind.startsWith("refactor");
}

/** The text after every bulk fix that `accepts` lets through. */
export function fixAll(
  file: SourceFile,
  project: Project,
  options: AnalysisOptions & { readonly accepts?: (fix: Fix) => boolean } = {},
): string {
  const language = options.language;
  let text = file.text;
  for (let round = 0; round < rounds; round++) {
    const now = { path: file.path, text };
    const inner = language ? { language } : {};
    const { findings } = analyze(now, project, inner);
    const fix = fixesOf(now, findings, project, inner)
      .flat()
      .find((each) => isBulkFix(each, file.path) && (options.accepts?.(each) ?? true));
    if (!fix) return text;
    text = applyEdits(text, fix.edits[0]?.edits ?? []);
  }
  return text;
}
