import type { Tree } from "web-tree-sitter";
import { type CheckResult, checkFile } from "./core/check.ts";
import type { GrammarName } from "./core/grammar.ts";
import type { Finding, Fix, Offer, Rule, SourceFile } from "./core/rule.ts";
import type { Project } from "./project/project.ts";
import { PythonModule } from "./python/module.ts";
import { readRequirements } from "./requirements/reader.ts";
import { unpinnedRequirement } from "./rules/environment/unpinned-requirement.ts";
import { unsortedRequirements } from "./rules/environment/unsorted-requirements.ts";
import { duplicateBlock } from "./rules/production/duplicate-block.ts";

/** How a text becomes a queryable file, and which rules belong to it. A given tree stays its owner's. */
export interface Language {
  readonly grammar: GrammarName;
  /** Does a path (POSIX) hold this language? */
  matches(path: string): boolean;
  readonly rules: readonly Rule<never>[];
  /** Has any rule something to look at in a file of this path? */
  concerns(path: string, project: Project): boolean;
  check(path: string, text: string, project: Project, tree?: Tree): CheckResult;
  /** The fixes of each finding, in the order of the findings. */
  /** The offers of each finding, in the order of the findings. */
  offers(path: string, text: string, findings: readonly Finding[], project: Project): readonly (readonly Offer[])[];
  fixes(
    path: string,
    text: string,
    findings: readonly Finding[],
    project: Project,
    tree?: Tree,
  ): readonly (readonly Fix[])[];
}

const python = language({
  grammar: "python",
  matches: (path) => /\.pyi?$/.test(path),
  open: (path, text, tree) => new PythonModule(path, text, tree),
  rules: [duplicateBlock],
});

const requirements = language({
  grammar: "requirements",
  matches: (path) =>
    /(^|\/)[^/]*(requirements|constraints)[^/]*\.(txt|in)$|(^|\/)requirements\/[^/]+\.(txt|in)$/i.test(path),
  open: readRequirements,
  rules: [unpinnedRequirement, unsortedRequirements],
});

/** Every language, and with it every rule: the explicit list. */
export const languages: readonly Language[] = [python, requirements];

export const rules: readonly Rule<never>[] = languages.flatMap((each) => each.rules);

/** The language of a path (POSIX), or undefined when it is none of ours. */
export function languageOf(path: string): Language | undefined {
  return languages.find((each) => each.matches(path));
}

/** The language whose grammar has this name. */
export function languageNamed(grammar: GrammarName): Language {
  return grammar === "python" ? python : requirements;
}

interface LanguageDefinition<File extends SourceFile & Disposable> {
  readonly grammar: GrammarName;
  readonly matches: (path: string) => boolean;
  readonly open: (path: string, text: string, tree?: Tree) => File;
  readonly rules: readonly Rule<File>[];
}

function language<File extends SourceFile & Disposable>(definition: LanguageDefinition<File>): Language {
  const { grammar, matches, open, rules } = definition;
  return {
    grammar,
    matches,
    rules,
    concerns: (path, project) => rules.some((rule) => rule.concerns?.(path, project) ?? true),
    check(path, text, project, tree) {
      using file = open(path, text, tree);
      return checkFile(rules, file, project);
    },
    offers(path, text, findings, project) {
      using file = open(path, text);
      return findings.map((finding) => {
        const rule = rules.find((each) => each.name === finding.rule);
        if (rule?.offers) return [...rule.offers(file, finding, project)];
        return [...(rule?.fixes?.(file, finding, project) ?? [])].filter((fix) => fix.refused === undefined);
      });
    },
    fixes(path, text, findings, project, tree) {
      using file = open(path, text, tree);
      return findings.map((finding) => {
        const rule = rules.find((each) => each.name === finding.rule);
        return rule?.fixes ? [...rule.fixes(file, finding, project)] : [];
      });
    },
  };
}
