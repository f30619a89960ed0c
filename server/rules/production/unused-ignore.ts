import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { Finding, Rule, SourceFile } from "../../core/rule.ts";
import { ignoredRules, stageOf } from "../../core/stages.ts";
import { type IgnoreComment, ignoreComments } from "../../core/suppressions.ts";
import { Lines, type Span } from "../../core/text.ts";
import type { Project } from "../../project/project.ts";
import { PythonModule } from "../../python/module.ts";
import { syntaxOf } from "../../python/syntax.ts";

type Named = Pick<Rule, "name" | "severity">;

/** Duplicates are silenced where they are grouped, before any rule sees them. */
const ofCopies = "duplicate-block";

/** `rules` are all that a comment may name; asked for late, since this is one of them. */
export function unusedIgnore(rules: () => readonly Named[]): Rule<SourceFile> {
  return {
    name: "unused-ignore",
    topic: "production",
    severity: { production: "hint", undecided: "hint", experimental: "hint" },
    summary: () => l10n.t("An ignore comment silences nothing"),
    why: () =>
      l10n.t(
        "`# groundwork: ignore[…]` says that somebody looked at a finding and found it right as it is. When the code changes and the finding goes, the comment stays: it explains nothing any more, and one day it silences a new finding that nobody has looked at.\n\nA name that is no rule silences nothing from the beginning. Only comments about rules that speak in the file's stage are judged. Code that others maintain says only what is so: that is the care for those who come later which the tutorial *Código para produção* asks for.",
      ),
    example: {
      path: "prices.py",
      bad: "total = 3  # groundwork: ignore[duplicate-block]\n",
      good: "total = 3\n",
    },
    needles: ["groundwork:"],
    *check() {},
    *review(file, project, silenced) {
      const known = rules();
      for (const { comment, index } of unusedNames(file, project, silenced, known)) {
        const { name, at } = comment.names[index] ?? { name: "*", at: comment.at };
        yield { at, message: messageFor(name, known) };
      }
    },
    *fixes(file, problem) {
      const lines = new Lines(file.text);
      const comment = ignoreComments(lines).find(({ at }) => at.start <= problem.at.start && problem.at.end <= at.end);
      if (!comment) return;
      const edits = [{ path: file.path, edits: [removal(lines, comment, problem.at)] }];
      yield { title: l10n.t("Remove what silences nothing"), kind: "quickfix", safe: true, edits };
    },
  };
}

interface UnusedName {
  readonly comment: IgnoreComment;
  readonly index: number;
}

function* unusedNames(
  file: SourceFile,
  project: Project,
  silenced: readonly Finding[],
  rules: readonly Named[],
): Iterable<UnusedName> {
  const lines = new Lines(file.text);
  const copies = project.silencedCopiesIn(file.path);
  for (const comment of realComments(file, lines)) {
    const isHere = (line: number) => comment.line === undefined || comment.line === line;
    const used = new Set(silenced.filter(({ at }) => isHere(lines.lineAt(at.start))).map(({ rule }) => rule));
    if (copies.some(isHere)) used.add(ofCopies);
    for (const [index, { name }] of comment.names.entries()) {
      if (name === "unused-ignore" || comment.names.some((each) => each.name === "unused-ignore")) continue;
      const isUsed = name === "*" ? used.size > 0 : used.has(name);
      if (!isUsed && isJudged(name, file.path, project, rules)) yield { comment, index };
    }
  }
}

/** What looks like a comment may stand in a string. */
function realComments(file: SourceFile, lines: Lines): IgnoreComment[] {
  const comments = ignoreComments(lines);
  if (!(file instanceof PythonModule)) return comments;
  const real = syntaxOf(file).comments;
  return comments.filter(({ at }) => real.some(({ start, end }) => start <= at.start && at.end <= end));
}

/** Whether the named rule could have spoken: one that is silent in this stage may be needed in another. */
function isJudged(name: string, path: string, project: Project, rules: readonly Named[]): boolean {
  const { settings } = project;
  const stage = stageOf(path, settings);
  const speaks = (rule: Named) =>
    settings.rules[rule.name] !== "off" && (settings.rules[rule.name] ?? rule.severity[stage]) !== undefined;
  const rule = rules.find((each) => each.name === name);
  if (!rule && name !== "*") return true;
  // What depends on other files is known only after all of them were read.
  if (project.tests() === undefined) return false;
  // Without names every rule is meant: only where all of them speak is silence a proof.
  return rule ? speaks(rule) && !ignoredRules(path, settings).has(name) : stage === "production";
}

function messageFor(name: string, rules: readonly Named[]): string {
  if (name === "*") return l10n.t("Ignore comment silences nothing");
  if (!rules.some((each) => each.name === name)) return l10n.t("There is no rule `{0}` to ignore", name);
  return l10n.t("Ignore comment for `{0}` silences nothing", name);
}

/** Takes one name out of a comment; the last one takes the comment with it, and a line of its own, too. */
function removal(lines: Lines, comment: IgnoreComment, name: Span): Edit {
  const index = comment.names.findIndex(({ at }) => at.start === name.start);
  const next = comment.names[index + 1];
  const before = comment.names[index - 1];
  if (next) return { at: { start: name.start, end: next.at.start }, text: "" };
  if (before) return { at: { start: before.at.end, end: name.end }, text: "" };
  const line = lines.lineAt(comment.at.start);
  const text = lines.text.slice(lines.startOf(line), comment.at.start);
  const isAlone = text.trim() === "" && comment.at.end === lines.endOf(line);
  if (isAlone) return { at: { start: lines.startOf(line), end: lines.startOf(line + 1) }, text: "" };
  return { at: { start: comment.at.start - (text.length - text.trimEnd().length), end: comment.at.end }, text: "" };
}
