import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { FileEdits } from "../../core/edit.ts";
import type { Rule } from "../../core/rule.ts";
import type { Dependencies } from "../../project/dependencies.ts";
import { isDevelopmentTool } from "../../project/development-tools.ts";
import { normalizedName, type Project } from "../../project/project.ts";
import { additionEdit } from "../../requirements/addition.ts";
import { requirementsRole } from "../../requirements/declared.ts";
import { isFrozen } from "../../requirements/frozen.ts";
import type { Entry, RequirementsFile } from "../../requirements/model.ts";
import { readRequirements } from "../../requirements/reader.ts";
import { removalOf } from "../../requirements/removal.ts";

export const devToolRequirement: Rule<RequirementsFile> = {
  name: "dev-tool-requirement",
  topic: "environment",
  severity: { production: "hint" },
  summary: () => l10n.t("A tool for development stands among what the program needs to run"),
  why: () =>
    l10n.t(
      "A server that only answers with predictions needs no test runner, no formatter and no notebook. Installed along, they make its image larger and its start slower, they can contradict the versions that the program needs, and each is code that has to be kept safe.\n\nA second file, `requirements-dev.txt`, beginning with `-r requirements.txt`, gives everybody who works on the project both, and the server only what it runs. This follows from the section on `requirements.txt` in the tutorial *Ambientes virtuais*: the file holds what is needed to run the code of the project.",
    ),
  example: {
    path: "requirements.txt",
    bad: "pandas==2.2.2\npytest==8.2.2\n",
    good: "pandas==2.2.2\n",
    beside: { "serve.py": "import pandas as pd\n\nprint(pd.__version__)\n", ".python-version": "3.12\n" },
  },
  *check(file, { dependencies }) {
    for (const entry of dependencies ? toolsIn(file, dependencies) : []) {
      const message = l10n.t("`{0}` is for development; the running program has no use for it", entry.name ?? "");
      yield { at: entry.nameAt ?? entry.at, message };
    }
  },
  *fixes(file, problem, project) {
    const tools = project.dependencies ? toolsIn(file, project.dependencies) : [];
    const entry = tools.find((each) => (each.nameAt ?? each.at).start === problem.at.start);
    const edits = entry && moved(entry, file, project);
    if (edits) yield { title: l10n.t("Move to {0}", edits[1].path), kind: "quickfix", safe: false, edits };
  },
};

function toolsIn(file: RequirementsFile, dependencies: Dependencies): Entry[] {
  if (requirementsRole(file) !== "runtime" || /\.in$/i.test(file.path) || isFrozen(file, dependencies)) return [];
  return file.entries.filter(
    ({ kind, name }) =>
      kind === "requirement" &&
      name !== undefined &&
      isDevelopmentTool(normalizedName(name)) &&
      !isImportedOutsideTests(name, dependencies),
  );
}

function isImportedOutsideTests(name: string, dependencies: Dependencies): boolean {
  return dependencies.importersOfDistribution(name).some(({ path }) => {
    return !isTestPath(path) && !/(?:^|\/)(?:tests?|testing|docs?|noxfile\.py|setup\.py)(?:\/|$)/.test(path);
  });
}

/** Out of this file, with its pin, and into the one for development beside it, which is made where there is none. */
function moved(entry: Entry, file: RequirementsFile, project: Project): [FileEdits, FileEdits] | undefined {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const path = file.path.slice(0, -name.length) + name.replace(/\.txt$/i, "-dev.txt");
  const requirement = file.text.slice(entry.at.start, entry.at.end);
  const removed = { path: file.path, edits: [removalOf(entry, file)] };
  const present = project.requirementsAt(path);
  if (!present) {
    const text = `-r ${name}\n\n${requirement}\n`;
    return [removed, { path, edits: [{ at: { start: 0, end: 0 }, text }], creates: true }];
  }
  using target = readRequirements(path, present.text);
  const edit = additionEdit(target, requirement);
  if (edit && "refused" in edit) return undefined;
  return [removed, { path, edits: edit ? [edit] : [] }];
}
