import { type CheckResult, checkFile, mayConcern, speakingRules } from "./core/check.ts";
import type { GrammarName } from "./core/grammar.ts";
import type { Refactoring } from "./core/refactoring.ts";
import type { Finding, Fix, Offer, Rule, SourceFile } from "./core/rule.ts";
import { readEnvironmentFile } from "./environment-file/reader.ts";
import { NotebookModule } from "./notebook/module.ts";
import { pythonOf } from "./notebook/python.ts";
import { withinCells } from "./notebook/within-cells.ts";
import type { Project } from "./project/project.ts";
import { PythonModule } from "./python/module.ts";
import { extractConstant } from "./refactorings/extract-constant.ts";
import { extractDuplicates } from "./refactorings/extract-duplicates.ts";
import { extractFunction } from "./refactorings/extract-function.ts";
import { extractVariable } from "./refactorings/extract-variable.ts";
import { invertIf } from "./refactorings/invert-if.ts";
import { printToLogging } from "./refactorings/print-to-logging.ts";
import { readRequirements } from "./requirements/reader.ts";
import { accuracyOnly } from "./rules/baseline/accuracy-only.ts";
import { complexFirst } from "./rules/baseline/complex-first.ts";
import { fitBeforeSplit } from "./rules/baseline/fit-before-split.ts";
import { missingBaseline } from "./rules/baseline/missing-baseline.ts";
import { missingErrorAnalysis } from "./rules/baseline/missing-error-analysis.ts";
import { refitOnTest } from "./rules/baseline/refit-on-test.ts";
import { scoredOnTrain } from "./rules/baseline/scored-on-train.ts";
import { tunedOnTest } from "./rules/baseline/tuned-on-test.ts";
import { unseededSplit } from "./rules/baseline/unseeded-split.ts";
import { unseededTraining } from "./rules/baseline/unseeded-training.ts";
import { baseEnvironment } from "./rules/environment/base-environment.ts";
import { devToolRequirement } from "./rules/environment/dev-tool-requirement.ts";
import { duplicateRequirement } from "./rules/environment/duplicate-requirement.ts";
import { environmentDrift } from "./rules/environment/environment-drift.ts";
import { frozenRequirements } from "./rules/environment/frozen-requirements.ts";
import { ignoredRequirement } from "./rules/environment/ignored-requirement.ts";
import { insecureIndex } from "./rules/environment/insecure-index.ts";
import { invalidRequirement } from "./rules/environment/invalid-requirement.ts";
import { localPathRequirement } from "./rules/environment/local-path-requirement.ts";
import { misnamedRequirement } from "./rules/environment/misnamed-requirement.ts";
import { requirementsEncoding } from "./rules/environment/requirements-encoding.ts";
import { stdlibRequirement } from "./rules/environment/stdlib-requirement.ts";
import { undeclaredEnvironment } from "./rules/environment/undeclared-environment.ts";
import { undeclaredImport } from "./rules/environment/undeclared-import.ts";
import { unpinnedRequirement } from "./rules/environment/unpinned-requirement.ts";
import { unportableCondaFile } from "./rules/environment/unportable-conda-file.ts";
import { unsortedRequirements } from "./rules/environment/unsorted-requirements.ts";
import { unusedRequirement } from "./rules/environment/unused-requirement.ts";
import { commentedOutCode } from "./rules/production/commented-out-code.ts";
import { denseExpression } from "./rules/production/dense-expression.ts";
import { duplicateBlock } from "./rules/production/duplicate-block.ts";
import { duplicateFunction } from "./rules/production/duplicate-function.ts";
import { experimentDependency } from "./rules/production/experiment-dependency.ts";
import { longFunction } from "./rules/production/long-function.ts";
import { pathHack } from "./rules/production/path-hack.ts";
import { placeholderName } from "./rules/production/placeholder-name.ts";
import { roundaboutBlock } from "./rules/production/roundabout-block.ts";
import { scriptBody } from "./rules/production/script-body.ts";
import { undocumentedFunction } from "./rules/production/undocumented-function.ts";
import { untestedModule } from "./rules/production/untested-module.ts";
import { unusedIgnore } from "./rules/production/unused-ignore.ts";
import { userPath } from "./rules/production/user-path.ts";
import { versionedCopy } from "./rules/production/versioned-copy.ts";
import { hardcodedBatchIo } from "./rules/serving/hardcoded-batch-io.ts";
import { modelLoadedPerRequest } from "./rules/serving/model-loaded-per-request.ts";
import { notebookInProduction } from "./rules/serving/notebook-in-production.ts";
import { overlongCell } from "./rules/serving/overlong-cell.ts";
import { pipInNotebook } from "./rules/serving/pip-in-notebook.ts";
import { rowByRowPrediction } from "./rules/serving/row-by-row-prediction.ts";
import { trainingInHandler } from "./rules/serving/training-in-handler.ts";
import { unpinnedArtifactLibrary } from "./rules/serving/unpinned-artifact-library.ts";
import { unsavedPreprocessing } from "./rules/serving/unsaved-preprocessing.ts";
import { unvalidatedInput } from "./rules/serving/unvalidated-input.ts";

/** How a text becomes a queryable file, and which rules belong to it. A given module of this text stays its owner's. */
export interface Language {
  /** Undefined for a language that is read without a tree of ours. */
  readonly grammar: GrammarName | undefined;
  /** Does a path (POSIX) hold this language? */
  matches(path: string): boolean;
  readonly rules: readonly Rule<never>[];
  /** The words that its rules look for before a file is read. */
  readonly needles: readonly string[];
  /** What of a text is code of the grammar, all else blank: a text of the same length and lines. */
  codeOf(text: string): string;
  /** Has any rule something to look at in a file of this path? */
  concerns(path: string, project: Project): boolean;
  /** With `offering`, also tells the offers. */
  check(path: string, text: string, project: Project, module?: PythonModule, offering?: boolean): CheckResult;
  /** The fixes of each finding, in the order of the findings. */
  fixes(
    path: string,
    text: string,
    findings: readonly Finding[],
    project: Project,
    module?: PythonModule,
  ): readonly (readonly Fix[])[];
}

/** Speaks of every language's ignore comments. */
const unusedIgnores = unusedIgnore(() => rules);

const pythonRules = [
  unusedIgnores,
  baseEnvironment,
  undeclaredEnvironment,
  undeclaredImport,
  duplicateBlock,
  duplicateFunction,
  versionedCopy,
  commentedOutCode,
  denseExpression,
  experimentDependency,
  longFunction,
  pathHack,
  placeholderName,
  roundaboutBlock,
  scriptBody,
  undocumentedFunction,
  untestedModule,
  userPath,
  accuracyOnly,
  complexFirst,
  fitBeforeSplit,
  missingBaseline,
  missingErrorAnalysis,
  refitOnTest,
  scoredOnTrain,
  tunedOnTest,
  unseededSplit,
  unseededTraining,
  hardcodedBatchIo,
  modelLoadedPerRequest,
  notebookInProduction,
  rowByRowPrediction,
  trainingInHandler,
  unpinnedArtifactLibrary,
  unsavedPreprocessing,
  unvalidatedInput,
];

const python = language({
  grammar: "python",
  matches: (path) => /\.pyi?$/.test(path),
  open: (path, text, module) => module ?? new PythonModule(path, text),
  rules: pythonRules,
});

/** Its text is that of `joinCells`, never the JSON on disk. */
const notebook = language({
  grammar: "python",
  matches: isNotebook,
  open: (path, text) => new NotebookModule(path, text),
  rules: [...pythonRules, overlongCell, pipInNotebook],
  codeOf: pythonOf,
  accepts: withinCells,
});

const requirements = language({
  grammar: "requirements",
  matches: (path) =>
    /(^|\/)[^/]*(requirements|constraints)[^/]*\.(txt|in)$|(^|\/)requirements\/[^/]+\.(txt|in)$/i.test(path),
  open: readRequirements,
  rules: [
    devToolRequirement,
    duplicateRequirement,
    environmentDrift,
    frozenRequirements,
    ignoredRequirement,
    insecureIndex,
    invalidRequirement,
    localPathRequirement,
    misnamedRequirement,
    requirementsEncoding,
    stdlibRequirement,
    unpinnedRequirement,
    unsortedRequirements,
    unusedRequirement,
    unusedIgnores,
  ],
});

const environmentFile = language({
  grammar: undefined,
  matches: (path) => /(^|\/)[^/]*(environment|conda|(^|\/|[-_.])env)[^/]*\.ya?ml$/i.test(path),
  open: readEnvironmentFile,
  rules: [environmentDrift, unportableCondaFile, unusedIgnores],
});

/** Every language, and with it every rule: the explicit list. */
export const languages: readonly Language[] = [python, notebook, requirements, environmentFile];

export const rules: readonly Rule<never>[] = [...new Set(languages.flatMap((each) => each.rules))];

/** Does a path (POSIX) name a Jupyter notebook? */
export function isNotebook(path: string): boolean {
  return path.endsWith(".ipynb");
}

/** Every refactoring of Python code: the explicit list. */
export const refactorings: readonly Refactoring<PythonModule>[] = [
  extractFunction,
  extractVariable,
  extractConstant,
  extractDuplicates,
  invertIf,
  printToLogging,
];

/** The language of a path (POSIX), or undefined when it is none of ours. */
export function languageOf(path: string): Language | undefined {
  return languages.find((each) => each.matches(path));
}

/** The language whose grammar has this name. */
export function languageNamed(grammar: GrammarName): Language {
  return grammar === "python" ? python : requirements;
}

interface LanguageDefinition<File extends SourceFile & Disposable> {
  readonly grammar: GrammarName | undefined;
  readonly matches: (path: string) => boolean;
  readonly open: (path: string, text: string, module?: PythonModule) => File;
  readonly rules: readonly Rule<File>[];
  readonly codeOf?: (text: string) => string;
  /** A fix as this language can do it, refused where it cannot. */
  readonly accepts?: (fix: Fix, file: File) => Fix;
}

function language<File extends SourceFile & Disposable>(definition: LanguageDefinition<File>): Language {
  const { grammar, matches, open, rules, codeOf = (text) => text, accepts = (fix) => fix } = definition;
  const offersOf = (file: File, finding: Finding, project: Project): readonly Offer[] => {
    const rule = rules.find((each) => each.name === finding.rule);
    if (rule?.offers) return [...rule.offers(file, finding, project)];
    const fixes = [...(rule?.fixes?.(file, finding, project) ?? [])].map((fix) => accepts(fix, file));
    return fixes.filter((fix) => fix.refused === undefined);
  };
  return {
    grammar,
    matches,
    rules,
    needles: [...new Set(rules.flatMap((rule) => rule.needles ?? []))],
    codeOf,
    concerns: (path, project) =>
      speakingRules(rules, path, project).some(({ rule }) => mayConcern(rule, path, project)),
    check(path, text, project, module, offering = false) {
      const file = open(path, text, module);
      using _own = Object.is(file, module) ? undefined : file;
      const result = checkFile(rules, file, project);
      if (!offering) return result;
      return { ...result, offers: new Map(result.findings.map((each) => [each, offersOf(file, each, project)])) };
    },
    fixes(path, text, findings, project, module) {
      const file = open(path, text, module);
      using _own = Object.is(file, module) ? undefined : file;
      return findings.map((finding) => {
        const rule = rules.find((each) => each.name === finding.rule);
        return rule?.fixes ? [...rule.fixes(file, finding, project)].map((fix) => accepts(fix, file)) : [];
      });
    },
  };
}
