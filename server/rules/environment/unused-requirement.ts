import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import { isDevelopmentTool } from "../../project/development-tools.ts";
import { isUsedIndirectly } from "../../project/indirect-use.ts";
import { normalizedName, type Project } from "../../project/project.ts";
import { requirementsRole } from "../../requirements/declared.ts";
import { isFrozen } from "../../requirements/frozen.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { removalOf } from "../../requirements/removal.ts";

/** Above this many, one finding speaks for the file. */
const mostFindings = 5;

export const unusedRequirement: Rule<RequirementsFile> = {
  name: "unused-requirement",
  topic: "environment",
  severity: { production: "hint", undecided: "hint", experimental: "hint" },
  summary: () => l10n.t("A requirement is imported nowhere in the project"),
  why: () =>
    l10n.t(
      "A `requirements.txt` holds what is needed to run the project's code, and is not inflated with more. What nothing imports is usually what an experiment left behind, or a dependency of a dependency: it is downloaded at each installation, it can contradict the versions of the others, and nobody dares to raise it.\n\nCode, notebooks, settings in strings, Dockerfiles and continuous integration are looked through; plugins, drivers and servers, which others load, are not reported. Look whether the program needs it in another way before you remove it. The tutorial *Ambientes virtuais* names this as the third property of a good `requirements.txt`.",
    ),
  example: {
    path: "requirements.txt",
    bad: "pandas==2.2.2\nseaborn==0.13.2\n",
    good: "pandas==2.2.2\n",
    beside: { "train.py": "import pandas as pd\n\nprint(pd.__version__)\n", ".python-version": "3.12\n" },
  },
  *check(file, project) {
    const entries = unusedEntries(file, project);
    const [first] = entries;
    if (!first) return;
    if (entries.length > mostFindings) {
      const message = l10n.t("{0} requirements of this file are not imported anywhere", entries.length);
      yield { at: first.nameAt ?? first.at, message };
      return;
    }
    for (const entry of entries) {
      const message = l10n.t("`{0}` is not imported anywhere in the project", entry.name ?? "");
      yield { at: entry.nameAt ?? entry.at, message };
    }
  },
  *fixes(file, problem, project) {
    const entries = unusedEntries(file, project);
    const entry = entries.find((each) => (each.nameAt ?? each.at).start === problem.at.start);
    if (!entry) return;
    const remove = (which: readonly Entry[]) => [
      { path: file.path, edits: which.map((each) => removalOf(each, file)) },
    ];
    const title = l10n.t("Remove `{0}`", entry.name ?? "");
    yield { title, kind: "quickfix", safe: false, edits: remove([entry]) };
    if (entries.length <= mostFindings) return;
    const all = l10n.t("Remove all {0} of them", entries.length);
    yield { title: all, kind: "quickfix", safe: false, edits: remove(entries) };
  },
};

/** What nothing imports and nothing explains. A frozen file is another smell, which says it once. */
export function unusedEntries(file: RequirementsFile, { dependencies }: Project): Entry[] {
  if (!dependencies?.hasCode || requirementsRole(file) !== "runtime" || isFrozen(file, dependencies)) return [];
  return file.entries.filter((entry) => {
    if (entry.kind !== "requirement" || entry.name === undefined || isExplained(entry, file)) return false;
    const name = normalizedName(entry.name);
    if (isUsedIndirectly(name) || isDevelopmentTool(name) || entry.path !== undefined) return false;
    return dependencies.useOf(name) === "nowhere";
  });
}

/** A limit on versions is there for somebody else's sake, and a remark about a need says for whose. */
function isExplained({ specifier, comment, marker }: Entry, { text }: RequirementsFile): boolean {
  if (marker !== undefined || (/[<!]/.test(specifier) && !specifier.includes("=="))) return true;
  const remark = (comment ? text.slice(comment.start, comment.end) : "").replace(/#\s*groundwork:.*/, "");
  return /\b(?:need|require|depend|plugin|driver|backend|extra|pin|via|for|used? by|usado|para|precisa|exigid)/i.test(
    remark,
  );
}
