import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import { isStandardLibrary } from "../../project/standard-library.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { removalOf } from "../../requirements/removal.ts";

/** On PyPI under the module's own name, and needed by Pythons older than the module. */
const backports = [
  "argparse",
  "asyncio",
  "configparser",
  "contextvars",
  "dataclasses",
  "ipaddress",
  "pathlib",
  "statistics",
  "typing",
];

export const stdlibRequirement: Rule<RequirementsFile> = {
  name: "stdlib-requirement",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A requirement names a module of Python's standard library"),
  why: () =>
    l10n.t(
      "`os`, `json` or `random` come with Python; there is nothing to install. Under most of these names PyPI has no distribution, and then the installation of the whole file fails. Under others it has something by somebody else, which is downloaded and run while it is installed, and never imported: Python's own module goes first.\n\nA `requirements.txt` lists what the environment needs besides Python, and which Python that is, the environment itself says. It is part of the section on `requirements.txt` in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "json==2.0.9\nnumpy==1.26.4\n",
    good: "numpy==1.26.4\n",
  },
  *check(file) {
    for (const entry of file.entries) {
      if (!isOfPython(entry) || entry.name === undefined || !entry.nameAt) continue;
      yield {
        at: entry.nameAt,
        message: l10n.t("`{0}` is part of Python, so there is nothing to install", entry.name),
      };
    }
  },
  *fixes(file, problem) {
    const entry = file.entries.find((each) => each.nameAt?.start === problem.at.start);
    if (!entry) return;
    const edits = [{ path: file.path, edits: [removalOf(entry, file)] }];
    yield { title: l10n.t("Remove this line"), kind: "quickfix", safe: true, edits };
  },
};

/** A marker means that somebody thought about the Pythons which lack the module. */
function isOfPython({ kind, name, url, path, marker }: Entry): boolean {
  if (kind !== "requirement" || name === undefined || url !== undefined || path !== undefined) return false;
  if (marker !== undefined && /python_(?:full_)?version/.test(marker)) return false;
  const module = name.toLowerCase();
  return isStandardLibrary(module) && !backports.includes(module);
}
