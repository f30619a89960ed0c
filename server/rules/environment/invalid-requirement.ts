import * as l10n from "@vscode/l10n";
import { masked } from "../../core/credentials.ts";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import { normalizedName } from "../../project/project.ts";
import { correctionOf, isPlace } from "../../requirements/correction.ts";
import { foreignFormat } from "../../requirements/foreign.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { removalOf } from "../../requirements/removal.ts";
import { isUnsatisfiable } from "../../requirements/specifier.ts";

/** So many refused lines are looked at to see whether the file is meant for pip at all. */
const sample = 12;

export const invalidRequirement: Rule<RequirementsFile> = {
  name: "invalid-requirement",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("pip refuses a line of the requirements file"),
  why: () =>
    l10n.t(
      "A requirements file is a contract: with `pip install -r requirements.txt` anybody makes the same environment. pip reads the whole file before it installs anything, so one line that it does not understand leaves the other person with nothing at all.\n\nMost such lines come from elsewhere: conda's `name=1.0`, a command that was copied from a tutorial, quotation marks from Python, a sentence without `#`. Where it is obvious what was meant, the fix writes it. How a `requirements.txt` is written is a section of the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "numpy=1.26.4\npip install pandas==2.2.2\nPython==3.11\n",
    good: "numpy==1.26.4\npandas==2.2.2\n",
  },
  *check(file) {
    const foreign = foreignFile(file);
    if (foreign) return yield foreign;
    const refused = file.entries.flatMap((entry) => {
      const problem = problemOf(entry, file);
      return problem ? [{ entry, problem }] : [];
    });
    const [first] = refused;
    if (
      first &&
      isForPeople(
        refused.map(({ entry }) => entry),
        file,
      )
    ) {
      yield { at: first.problem.at, message: l10n.t("pip refuses {0} lines of this file", refused.length) };
    } else for (const { problem } of refused) yield problem;
  },
  *fixes(file, problem) {
    if (foreignFile(file)) return;
    const entry = file.entries.find((each) => problemOf(each, file)?.at.start === problem.at.start);
    if (!entry) return;
    const fix = isPython(entry) ? removal(entry, file) : correction(entry, file);
    if (fix) yield fix;
    else if (entry.error && /^[^-].*\s/.test(textOf(entry, file).replace(/\S+:\/\/.*/s, "")))
      yield asComment(entry, file);
  },
};

/** A whole file in somebody else's format is one mistake, not one a line. */
function foreignFile(file: RequirementsFile): Problem | undefined {
  const format = foreignFormat(file);
  const [first] = file.entries;
  if (!first || !format) return undefined;
  const message =
    format === "conda-list"
      ? l10n.t("conda wrote this list for `conda create --file`; pip does not read it")
      : l10n.t("This is a conda environment file (YAML); pip does not read it");
  return { at: first.at, message };
}

/** Most lines are nothing that was nearly a requirement: one finding speaks for the file. */
function isForPeople(refused: readonly Entry[], file: RequirementsFile): boolean {
  const looked = refused.slice(0, sample);
  const hopeless = looked.filter((entry) => !isPython(entry) && correctionOf(entry, file) === undefined);
  return hopeless.length > sample / 2;
}

function problemOf(entry: Entry, file: RequirementsFile): Problem | undefined {
  if (entry.error) {
    // What an environment variable or a template (Jinja) will hold is not known here.
    return /\$\{[A-Z0-9_]+\}|\{\{|\{%/.test(textOf(entry, file))
      ? undefined
      : { at: entry.error.at, message: entry.error.message };
  }
  if (entry.kind !== "requirement") return undefined;
  const at = { start: entry.nameAt?.start ?? entry.at.start, end: entry.specifierAt?.end ?? entry.at.end };
  if (isPython(entry)) return { at, message: l10n.t("pip cannot install Python itself; the environment brings it") };
  if (entry.name !== undefined && entry.url !== undefined && !isPlace(entry.url) && !isSecureShell(entry, file)) {
    return { at, message: l10n.t("`{0}` is no URL, which pip expects behind `@`", masked(entry.url)) };
  }
  if (entry.specifierAt && entry.specifier.includes(",") && isUnsatisfiable(entry.specifier)) {
    return { at, message: l10n.t("No version satisfies `{0}`", entry.specifier.replace(/\s+/g, "")) };
  }
  return undefined;
}

/** No distribution of this name can be installed. */
function isPython(entry: Entry): boolean {
  return entry.kind === "requirement" && entry.url === undefined && normalizedName(entry.name ?? "") === "python";
}

/** `git@github.com:x.git` is an address after all, only not for pip: `ignored-requirement` says so. */
function isSecureShell(entry: Entry, file: RequirementsFile): boolean {
  return /^git@[\w.-]+:/.test(textOf(entry, file));
}

function correction(entry: Entry, file: RequirementsFile): Fix | undefined {
  const corrected = correctionOf(entry, file);
  if (corrected === undefined) return undefined;
  const lineEnd = file.text.includes("\r\n") ? "\r\n" : "\n";
  const edit = { at: entry.at, text: corrected.replaceAll("\n", lineEnd) };
  const title = corrected.includes("\n")
    ? l10n.t("Write one requirement a line")
    : l10n.t("Change to `{0}`", masked(corrected));
  return { title, kind: "quickfix", safe: true, edits: [{ path: file.path, edits: [edit] }] };
}

function removal(entry: Entry, file: RequirementsFile): Fix {
  const edits = [{ path: file.path, edits: [removalOf(entry, file)] }];
  return { title: l10n.t("Remove this line"), kind: "quickfix", safe: true, edits };
}

function asComment(entry: Entry, file: RequirementsFile): Fix {
  const starts = file.physicalLines.slice(entry.line, entry.endLine + 1).map(({ start }) => start);
  const edits = starts.map((start) => ({ at: { start, end: start }, text: "# " }));
  return { title: l10n.t("Make it a comment"), kind: "quickfix", safe: false, edits: [{ path: file.path, edits }] };
}

function textOf(entry: Entry, { text }: RequirementsFile): string {
  return text.slice(entry.at.start, entry.at.end);
}
