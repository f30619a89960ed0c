import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { Fix, FixKind, Problem, Rule } from "../../core/rule.ts";
import type { Span } from "../../core/text.ts";
import type { CondaPackage, EnvironmentFile } from "../../environment-file/model.ts";
import type { Project } from "../../project/project.ts";
import { normalizedName } from "../../project/project.ts";
import { isFixed } from "../../requirements/fixed.ts";
import { readRequirements } from "../../requirements/reader.ts";

/** Above this many entries without a version, one finding speaks for the file. */
const mostFindings = 5;

export const unportableCondaFile: Rule<EnvironmentFile> = {
  name: "unportable-conda-file",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A conda environment file makes another environment elsewhere, or none"),
  why: () =>
    l10n.t(
      "Virtual environments make teamwork possible because each developer can create an identical one on their own machine. `conda env export` writes a file that only works on the machine it was written on: `prefix` is a folder of one person, and a build string such as `py311h64a7726_0` exists for one operating system only.\n\nThe opposite fails as well: an entry without a version installs what is newest on that day. And a `pip:` list without `pip` among the dependencies uses whichever pip happens to be there. Name each package with its version, `python` among them, and nothing more. Based on the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "environment.yml",
    bad: "name: churn\ndependencies:\n  - python=3.12\n  - pandas=2.2.2=py312h1d6d2e6_0\nprefix: /home/ana/miniconda3/envs/churn\n",
    good: "name: churn\ndependencies:\n  - python=3.12\n  - pandas=2.2.2\n",
  },
  *check(file) {
    if (file.prefix) {
      yield { at: file.prefix, message: l10n.t("`prefix` is a folder on one machine; others do not have it") };
    }
    const built = file.packages.filter((each) => each.buildAt !== undefined && !isForEverySystem(each));
    const [first] = built;
    if (first?.buildAt) {
      const message =
        built.length === 1
          ? l10n.t("This build of `{0}` exists for one operating system only", first.name)
          : l10n.t("{0} packages name a build, which exists for one operating system only", built.length);
      yield { at: first.buildAt, message };
    }
    if (file.pip && !file.packages.some(({ name }) => name === "pip")) {
      yield { at: file.pip.at, message: l10n.t("The `pip:` list is installed with whichever pip is there") };
    }
    yield* unpinnedProblems(file);
  },
  *fixes(file, problem, project) {
    const at = problem.at.start;
    if (file.prefix?.start === at) {
      yield fix(l10n.t("Remove `prefix`"), file, [wholeLines(file.prefix, file)]);
      return;
    }
    const builds = file.packages.flatMap(({ buildAt }) => (buildAt ? [buildAt] : []));
    if (builds.some(({ start }) => start === at)) {
      const edits = builds.map((span) => ({ at: span, text: "" }));
      yield fix(l10n.t("Remove the build strings"), file, edits);
    } else if (file.pip?.at.start === at) {
      const edit = pipEntry(file, file.pip.at);
      if (edit) yield fix(l10n.t("Add `pip` to the dependencies"), file, [edit]);
    } else yield* pinFixes(file, at, project);
  },
};

/** `py_0` and `pyhd8ed1ab_0` are builds of plain Python, which conda marks as `noarch`. */
function isForEverySystem({ build }: CondaPackage): boolean {
  return /^py(?:h[0-9a-f]{6,})?_\d+$/.test(build ?? "");
}

function fix(title: string, { path }: EnvironmentFile, edits: readonly Edit[], safe = true): Fix {
  const kind: FixKind = "quickfix";
  return { title, kind, safe, edits: [{ path, edits }] };
}

interface Unpinned {
  readonly name: string;
  readonly at: Span;
  readonly package: CondaPackage | undefined;
}

function unpinnedIn(file: EnvironmentFile): Unpinned[] {
  const packages = file.packages
    .filter((each) => each.name !== "pip" && !isPinned(each))
    .map((each): Unpinned => ({ name: each.name, at: each.at, package: each }));
  const requirements = (file.pip?.requirements ?? []).flatMap(({ text, at }): Unpinned[] => {
    using read = readRequirements(file.path, text);
    const [entry] = read.entries;
    return entry?.name === undefined || isFixed(entry) ? [] : [{ name: entry.name, at, package: undefined }];
  });
  return [...packages, ...requirements];
}

/** `=1.26` is any 1.26: the tutorial's own way to name a Python. A range and a bare `*` are any. */
function isPinned({ version }: CondaPackage): boolean {
  return version !== undefined && /^=?\d/.test(version) && !/[<>,|!]/.test(version);
}

function* unpinnedProblems(file: EnvironmentFile): Iterable<Problem> {
  const unpinned = unpinnedIn(file);
  const [first] = unpinned;
  if (!first) return;
  if (unpinned.length > mostFindings) {
    yield { at: first.at, message: l10n.t("{0} entries of this file do not fix one version", unpinned.length) };
    return;
  }
  for (const { name, at } of unpinned) {
    yield { at, message: l10n.t("`{0}` does not fix a version, so environments differ", name) };
  }
}

/** What the project's own environment has is what was tried; its Python counts by its minor version. */
function* pinFixes(file: EnvironmentFile, at: number, { environment }: Project): Iterable<Fix> {
  const unpinned = unpinnedIn(file);
  const found = unpinned.find((each) => each.at.start === at);
  if (!found || !environment || environment.kind === "base" || environment.kind === "system") return;
  const pinOf = (each: Unpinned): Edit[] => {
    const python = /^\d+\.\d+/.exec(environment.version ?? "")?.[0];
    const installed = environment.distributions.get(normalizedName(each.name))?.version;
    const version = each.package?.name === "python" ? python : installed?.replace(/\+.*$/, "");
    // Only a bare name: what is spelt with it was meant so, and may contradict what is installed.
    if (version === undefined || file.text.slice(each.at.start, each.at.end) !== each.name) return [];
    return [{ at: { start: each.at.end, end: each.at.end }, text: `${each.package ? "=" : "=="}${version}` }];
  };
  const one = pinOf(found);
  if (one.length > 0) yield fix(l10n.t("Pin to `{0}`", found.name + (one[0]?.text ?? "")), file, one, false);
  const all = unpinned.flatMap(pinOf);
  if (all.length > 1) yield fix(l10n.t("Pin all installed packages"), file, all, false);
}

/** A pair with its line and line end. */
function wholeLines({ start, end }: Span, { text }: EnvironmentFile): Edit {
  const rest = /[^\n]*\n?/y;
  rest.lastIndex = end;
  return { at: { start, end: end + (rest.exec(text)?.[0].length ?? 0) }, text: "" };
}

/** A line `- pip` above the list, indented as that is; none in a list that is written in brackets. */
function pipEntry({ text }: EnvironmentFile, { start }: Span): Edit | undefined {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const dash = /^([ \t]*-[ \t]+)["']?$/.exec(text.slice(lineStart, start))?.[1];
  if (dash === undefined) return undefined;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  return { at: { start: lineStart, end: lineStart }, text: `${dash}pip${lineEnd}` };
}
