import * as l10n from "@vscode/l10n";
import type { Fix, Rule } from "../../core/rule.ts";
import type { Dependencies } from "../../project/dependencies.ts";
import { isStartedByName } from "../../project/indirect-use.ts";
import { normalizedName, type Project } from "../../project/project.ts";
import { isFrozen } from "../../requirements/frozen.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { splitRequirements } from "../../requirements/split.ts";

export const frozenRequirements: Rule<RequirementsFile> = {
  name: "frozen-requirements",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("The file lists everything that is installed, not what the project imports"),
  why: () =>
    l10n.t(
      "`pip freeze > requirements.txt` writes down all that is installed: the libraries that the project uses, the libraries that those use, and whatever else was in the environment. In such a file nobody can see what the project depends on, and a library that is no longer used stays with all that it brought.\n\nKeep what the project imports in `requirements.txt`, and the rest in a lock: as constraints (`-c`), its versions still hold for everything that is installed along. *It is not inflated with dependencies of dependencies* is the third property of a good `requirements.txt` in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "certifi==2024.7.4\ncharset-normalizer==3.3.2\nidna==3.7\nnumpy==1.26.4\npandas==2.2.2\npython-dateutil==2.9.0\npytz==2024.1\nrequests==2.32.3\nsix==1.16.0\n",
    good: "pandas==2.2.2\nrequests==2.32.3\n",
    beside: {
      "train.py": "import pandas as pd\nimport requests\n\nprint(pd.__version__, requests.__version__)\n",
      ".python-version": "3.12\n",
    },
  },
  *check(file, { dependencies }) {
    const [first] = file.entries;
    if (!first || !dependencies || !isFrozen(file, dependencies)) return;
    const imported = file.entries.filter((entry) => dependencies.useOf(entry.name ?? "") === "imported").length;
    const message = l10n.t(
      "This is all that was installed: the project imports {0} of {1}",
      imported,
      file.entries.length,
    );
    yield { at: first.nameAt ?? first.at, message };
  },
  *fixes(file, _, project) {
    if (project.dependencies) yield split(file, project.dependencies, project);
  },
};

/** The rest goes to a lock beside the file, whose versions stay in force as constraints. */
function split(file: RequirementsFile, dependencies: Dependencies, project: Project): Fix {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const lockName = name.replace(/\.txt$/i, ".lock");
  const lock = file.path.slice(0, -name.length) + lockName;
  const common = { title: l10n.t("Keep what is imported, lock the rest"), kind: "quickfix", safe: false } as const;
  const present = project.requirementsAt(lock);
  const locked = { path: lockName, text: present?.text ?? "" };
  const result = splitRequirements(file, locked, (entry) => !isKept(entry, dependencies));
  if ("refused" in result) return { ...common, edits: [], refused: result.refused };
  const written = { at: { start: 0, end: locked.text.length }, text: result.lock };
  const edits = { path: lock, edits: [written], ...(present ? {} : { creates: true }) };
  return { ...common, edits: [{ path: file.path, edits: result.edits }, edits] };
}

/** What starts or feeds the program is not imported and needed all the same. */
export function isKept(entry: Entry, dependencies: Dependencies): boolean {
  const name = normalizedName(entry.name ?? "");
  return dependencies.useOf(name) !== "nowhere" || isStartedByName(name);
}
