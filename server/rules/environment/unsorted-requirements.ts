import * as l10n from "@vscode/l10n";
import { minimalEdit } from "../../core/edit.ts";
import type { Rule } from "../../core/rule.ts";
import { Lines } from "../../core/text.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { sortRequirements, unsortedPlaces } from "../../requirements/sort.ts";

export const unsortedRequirements: Rule<RequirementsFile> = {
  name: "unsorted-requirements",
  topic: "environment",
  severity: { production: "hint", undecided: "hint", experimental: "hint" },
  summary: () => l10n.t("Requirements are not in alphabetical order"),
  why: () =>
    l10n.t(
      "A project's list of requirements grows long. In alphabetical order everybody finds a library at once, sees whether it is there already, and two people who add one each rarely change the same line. Names are compared as pip compares them: capitals do not count, and `-`, `_` and `.` are the same.\n\nGroups stay groups: a blank line, a heading comment or an option ends one, and only what stands inside changes places, each line with its comments and hashes. Alphabetical order is the first property of a good `requirements.txt` in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "pandas==2.2.2\nscikit-learn==1.4.2\nnumpy==1.26.4\n",
    good: "numpy==1.26.4\npandas==2.2.2\nscikit-learn==1.4.2\n",
  },
  *check(file) {
    const [place] = unsortedPlaces(file);
    if (!place) return;
    const { entry, before } = place;
    const range = new Lines(file.text).rangeOf(before.nameAt ?? before.at);
    yield {
      at: entry.nameAt ?? entry.at,
      message: l10n.t("`{0}` is out of order: it belongs before `{1}`", called(entry, file), called(before, file)),
      related: [{ path: file.path, range, message: l10n.t("It belongs before this one") }],
    };
  },
  *fixes(file) {
    const sorted = sortRequirements(file);
    const edit = "text" in sorted ? minimalEdit(file.text, sorted.text) : undefined;
    if (!edit) return;
    const edits = [{ path: file.path, edits: [edit] }];
    yield { title: l10n.t("Sort requirements"), kind: "source.sortRequirements", safe: true, edits };
  },
};

function called(entry: Entry, { text }: RequirementsFile): string {
  if (entry.name === undefined) return text.slice(entry.at.start, entry.at.end);
  return entry.extras.length === 0 ? entry.name : `${entry.name}[${entry.extras.join()}]`;
}
