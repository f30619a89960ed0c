import * as l10n from "@vscode/l10n";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import type { Project } from "../../project/project.ts";
import { isFixed, isVersionControlled } from "../../requirements/fixed.ts";
import { generatedBy } from "../../requirements/generated.ts";
import { installedPins } from "../../requirements/installed-pins.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";

/** Above this many, one finding speaks for the file. */
const mostFindings = 5;

export const unpinnedRequirement: Rule<RequirementsFile> = {
  name: "unpinned-requirement",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A requirement does not fix one version"),
  why: () =>
    l10n.t(
      "The code that you run never lives alone: it has dependencies, and they are its environment. A requirement without a version installs whatever is newest on that day. Each colleague, and the server, then has another environment, and a program that worked last month stops working without anybody changing a line of it.\n\nWith `==` the environment is the same for everybody and can be made again a year from now, which is why versions are indispensable in a good `requirements.txt`. Pin to the version that is installed and tested, and raise it on purpose. This is part of the section on `requirements.txt` in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "numpy==1.26.4\npandas\nscikit-learn>=1.4\n",
    good: "numpy==1.26.4\npandas==2.2.2\nscikit-learn==1.4.2\n",
  },
  *check(file) {
    const unpinned = unpinnedEntries(file);
    const [first] = unpinned;
    if (!first) return;
    if (unpinned.length > mostFindings) {
      yield {
        at: placeOf(first),
        message: l10n.t("{0} requirements of this file do not fix one version", unpinned.length),
      };
      return;
    }
    for (const entry of unpinned) yield { at: placeOf(entry), message: messageFor(entry) };
  },
  *fixes(file, problem, project) {
    const unpinned = unpinnedEntries(file);
    const entry = unpinned.find((each) => placeOf(each).start === problem.at.start);
    if (!entry) return;
    if (unpinned.length <= mostFindings) yield fixForOne(entry, file, project);
    if (unpinned.length > 1) yield* fixesForAll(file, project);
  },
};

/** Inputs of a compiler of locks say what may be chosen, and constraints what may not: neither fixes versions. */
function unpinnedEntries(file: RequirementsFile): Entry[] {
  const [name = ""] = /[^/]*$/.exec(file.path) ?? [];
  if (/\.in$/i.test(name) || /constraint/i.test(name) || generatedBy(file)) return [];
  // The versions may be fixed in the file that `-c` names.
  if (file.entries.some((entry) => entry.kind === "constraint")) return [];
  return file.entries.filter((entry) => !isFixed(entry));
}

function placeOf(entry: Entry): Problem["at"] {
  return {
    start: entry.nameAt?.start ?? entry.at.start,
    end: entry.specifierAt?.end ?? entry.nameAt?.end ?? entry.at.end,
  };
}

function messageFor({ name, url, specifier }: Entry): string {
  if (name === undefined) return l10n.t("This URL names no release, so it installs what is newest that day");
  if (url !== undefined && isVersionControlled(url)) {
    return l10n.t("`{0}` names no commit, so it installs what is newest that day", name);
  }
  if (specifier === "") return l10n.t("`{0}` fixes no version, so it installs what is newest that day", name);
  return l10n.t("`{0}` allows more than one version, so installations differ", name + specifier.replace(/\s+/g, ""));
}

function fixForOne(entry: Entry, file: RequirementsFile, project: Project): Fix {
  const pins = installedPins(file, project, entry.line);
  const [only] = pins?.pinned ?? [];
  if (pins && only) {
    const edits = [{ path: file.path, edits: pins.edits }];
    return { title: l10n.t("Pin to `{0}`", only.pin), kind: "quickfix", safe: false, edits };
  }
  const command = { name: "groundwork.pinRequirement", arguments: [file.path, entry.line] };
  return { title: l10n.t("Pin this requirement…"), kind: "quickfix", safe: false, edits: [], command };
}

function* fixesForAll(file: RequirementsFile, project: Project): Iterable<Fix> {
  const pins = installedPins(file, project);
  if (pins && pins.pinned.length > 1) {
    const edits = [{ path: file.path, edits: pins.edits }];
    yield { title: l10n.t("Pin all installed requirements"), kind: "quickfix", safe: false, edits };
  }
  const command = { name: "groundwork.pinRequirements", arguments: [file.path] };
  yield { title: l10n.t("Pin all requirements…"), kind: "quickfix", safe: false, edits: [], command };
}
