import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import { Lines } from "../../core/text.ts";
import type { Project } from "../../project/project.ts";
import { type Duplicate, duplicatesIn, extrasOf } from "../../requirements/duplicates.ts";
import { generatedBy } from "../../requirements/generated.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { normalSpecifier } from "../../requirements/normal-form.ts";
import { removalOf } from "../../requirements/removal.ts";

export const duplicateRequirement: Rule<RequirementsFile> = {
  name: "duplicate-requirement",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A distribution is required twice"),
  why: () =>
    l10n.t(
      "Whoever raises a version finds the first line with that name, changes it and believes to be done; the second line still asks for the old one. Where both agree, one of them says nothing. Where they do not, pip installs nothing at all: no version satisfies both. The two lines may stand in different files that `-r` and `-c` bring together.\n\nLines for different platforms or Python versions, told by their markers, are no duplicates. To see at once whether a library is there already is why requirements are sorted and pinned, in the section on `requirements.txt` of the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "numpy==1.26.4\nnumpy==2.0.1\npandas==2.2.2\n",
    good: "numpy==1.26.4\npandas==2.2.2\n",
  },
  *check(file, project) {
    const lines = linesByFile();
    for (const found of duplicates(file, project)) yield problemOf(found, file, lines);
  },
  *fixes(file, problem, project) {
    const lines = linesByFile();
    const found = duplicates(file, project).find((each) => {
      const { at, message } = problemOf(each, file, lines);
      return at.start === problem.at.start && message === problem.message;
    });
    if (found) yield* fixesFor(found, file);
  },
};

function duplicates(file: RequirementsFile, project: Project): Duplicate[] {
  return generatedBy(file) ? [] : duplicatesIn(file, (path) => project.requirementsAt(path)?.text);
}

/** Counting the lines of a long file once is enough for all of its duplicates. */
function linesByFile(): (file: RequirementsFile) => Lines {
  const known = new Map<RequirementsFile, Lines>();
  return (file) => {
    const lines = known.get(file) ?? new Lines(file.text);
    known.set(file, lines);
    return lines;
  };
}

function problemOf(
  { entry, one, other, isContradiction }: Duplicate,
  file: RequirementsFile,
  linesOf: (file: RequirementsFile) => Lines,
): Problem {
  const related = [one, other]
    .filter((place) => place.entry !== entry)
    .map((place) => ({
      path: place.file.path,
      range: linesOf(place.file).rangeOf(placeOf(place.entry)),
      message: l10n.t("It stands here too"),
    }));
  return { at: placeOf(entry), message: messageFor(), related };

  function messageFor(): string {
    const name = other.entry.name ?? "";
    if (isContradiction) {
      const [left, right] = [spelt(one.entry), spelt(other.entry)];
      return l10n.t("No version of `{0}` satisfies both `{1}` and `{2}`", name, left, right);
    }
    if (one.file.path === file.path) return l10n.t("`{0}` stands in this file twice", name);
    return l10n.t("`{0}` stands in `{1}` too, which this file brings in", name, one.file.path);
  }
}

function spelt({ specifier }: Entry): string {
  return specifier.replace(/\s+/g, "");
}

function placeOf(entry: Entry): Problem["at"] {
  return {
    start: entry.nameAt?.start ?? entry.at.start,
    end: entry.specifierAt?.end ?? entry.nameAt?.end ?? entry.at.end,
  };
}

function* fixesFor({ one, other, isContradiction }: Duplicate, file: RequirementsFile): Iterable<Fix> {
  const fix = (title: string, edits: readonly Edit[], safe: boolean): Fix => {
    return { title, kind: "quickfix", safe, edits: [{ path: file.path, edits }] };
  };
  const isSame = meaning(one.entry) === meaning(other.entry);
  if (one.file.path !== file.path || other.file.path !== file.path) {
    if (isSame && other.file.path === file.path)
      yield fix(l10n.t("Remove this line"), [removalOf(other.entry, file)], false);
    return;
  }
  if (isContradiction) {
    for (const [kept, gone] of [[one.entry, other.entry] as const, [other.entry, one.entry] as const]) {
      yield fix(l10n.t("Keep `{0}`", (kept.name ?? "") + spelt(kept)), [removalOf(gone, file)], false);
    }
    return;
  }
  const vague = isSame ? other.entry : [other.entry, one.entry].find(saysNothing);
  if (vague) {
    const keeps = vague === one.entry ? other.entry : one.entry;
    yield fix(l10n.t("Merge both lines"), [removalOf(vague, file)], hasNoRemark(vague, keeps, file));
  } else if (one.entry.specifierAt && other.entry.specifierAt) {
    const both = { at: one.entry.specifierAt, text: [spelt(one.entry), spelt(other.entry)].join(",") };
    yield fix(l10n.t("Merge both lines"), [both, removalOf(other.entry, file)], false);
  }
}

/** Equal for requirements that pip cannot tell apart. */
function meaning(entry: Entry): string {
  const { kind, specifier, url = "", path = "", options } = entry;
  return JSON.stringify([kind, extrasOf(entry), normalSpecifier(specifier), url, path, options]);
}

/** A name alone adds nothing to a line that says more. */
function saysNothing({ kind, specifier, url, path, options }: Entry): boolean {
  return kind === "requirement" && specifier === "" && url === undefined && path === undefined && options.length === 0;
}

/** Whether nothing that a person wrote is lost with the line. */
function hasNoRemark(gone: Entry, kept: Entry, { text }: RequirementsFile): boolean {
  const remark = ({ comment }: Entry) => (comment ? text.slice(comment.start, comment.end) : "");
  return gone.comment === undefined || remark(gone) === remark(kept);
}
