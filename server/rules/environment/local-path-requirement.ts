import * as l10n from "@vscode/l10n";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import type { Span } from "../../core/text.ts";
import { normalizedName, type Project } from "../../project/project.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { parseVersion } from "../../requirements/version.ts";

export const localPathRequirement: Rule<RequirementsFile> = {
  name: "local-path-requirement",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A requirement points to a folder of one computer"),
  why: () =>
    l10n.t(
      "`pip freeze` in a conda environment writes where conda once built a package: `numpy @ file:///croot/numpy_1682/work`. That folder was on the machine of whoever built it and is nowhere else, so nobody can install the file, not even its author. The same holds for a wheel in somebody's home folder.\n\nThe environment must be the same for everybody who runs the code, and a `requirements.txt` is how it travels. Name the version, and pip fetches it from the index on every machine; a path relative to the file is fine where the project brings the wheel itself. See the section on `requirements.txt` in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "numpy @ file:///croot/numpy_and_numpy_base_1682520569166/work\npandas==2.2.2\n",
    good: "numpy==1.26.4\npandas==2.2.2\n",
  },
  *check(file) {
    for (const entry of file.entries) {
      const local = localPath(entry, file);
      if (local) yield local;
    }
  },
  *fixes(file, problem, project) {
    const entry = file.entries.find((each) => localPath(each, file)?.at.start === problem.at.start);
    if (entry?.kind === "requirement" && entry.name !== undefined) yield fixFor(entry, entry.name, file, project);
  },
};

/** Absolute paths and `file:` URLs; pip resolves relative ones beside the file, or in the current folder. */
function localPath(entry: Entry, file: RequirementsFile): Problem | undefined {
  if (entry.kind !== "requirement" && entry.kind !== "editable") return undefined;
  const place = entry.url ?? entry.path ?? "";
  if (/\$\{[A-Z0-9_]+\}/.test(place) || !isAbsolute(place)) return undefined;
  const at = spanOf(place, entry, file);
  if (isBuildFolder(place)) {
    return { at, message: l10n.t("Only the machine on which conda built `{0}` has this folder", entry.name ?? place) };
  }
  return { at, message: l10n.t("This path is on one computer only, so nobody else can install it") };
}

function isAbsolute(place: string): boolean {
  if (/^file:/i.test(place))
    return /^file:(?:\/\/\/|\/\/localhost\/|\/(?!\/))/i.test(place) && !/^file:\/*\.{1,2}\//.test(place);
  return /^(?:\/(?!\/)|~|[A-Za-z]:[\\/]|\\\\)/.test(place);
}

/** Where conda's build servers work. */
function isBuildFolder(place: string): boolean {
  return /\/croot\/|\/feedstock_root\/|conda-bld|\/tmp\/build\/|\/b\/abs_|\/ci\/|\/opt\/conda\/conda|_\d{10,}(?:\/work)?\/?$|\/work(?:[/#]|$)/i.test(
    place,
  );
}

function spanOf(place: string, entry: Entry, { text }: RequirementsFile): Span {
  const start = text.slice(entry.at.start, entry.at.end).lastIndexOf(place);
  return start < 0 ? entry.at : { start: entry.at.start + start, end: entry.at.start + start + place.length };
}

/** The version that is installed here, or that the file's name tells; else the name alone, to be pinned. */
function fixFor(entry: Entry, name: string, file: RequirementsFile, project: Project): Fix {
  const installed = project.environment?.distributions.get(normalizedName(name))?.version;
  const version = installed ?? versionIn(entry, name);
  const pin = version === undefined || !parseVersion(version) ? "" : `==${version.replace(/\+.*$/, "")}`;
  const extras = entry.extras.length > 0 ? `[${entry.extras.join(",")}]` : "";
  const at = { start: entry.at.start, end: spanOf(entry.url ?? entry.path ?? "", entry, file).end };
  const title = pin === "" ? l10n.t("Remove the path") : l10n.t("Change to `{0}`", pin);
  const edits = [{ path: file.path, edits: [{ at, text: name + extras + pin }] }];
  return { title, kind: "quickfix", safe: false, edits };
}

/** From a wheel's name, or `name-1.0.tar.gz`. */
function versionIn({ specifier, url, path }: Entry, name: string): string | undefined {
  if (specifier.startsWith("==")) return specifier.slice(2);
  const file = /[^/\\]*$/.exec((url ?? path ?? "").replace(/#.*$/, ""))?.[0] ?? "";
  const stem = /^(.+?)-(\d[\w.!+]*?)(?:-\w+-\w+-\w+\.whl|\.tar\.gz|\.zip)$/.exec(file);
  return stem && normalizedName(stem[1] ?? "") === normalizedName(name) ? stem[2] : undefined;
}
