import * as l10n from "@vscode/l10n";
import type { Problem, Rule } from "../../core/rule.ts";
import type { Project } from "../../project/project.ts";
import type { RequirementsFile } from "../../requirements/model.ts";

export const requirementsEncoding: Rule<RequirementsFile> = {
  name: "requirements-encoding",
  topic: "environment",
  severity: { production: "information", undecided: "information", experimental: "information" },
  summary: () => l10n.t("A requirements file is not stored as UTF-8"),
  why: () =>
    l10n.t(
      "`pip freeze > requirements.txt` in Windows PowerShell writes UTF-16: two bytes a letter, with a mark in front. pip on the command line still reads that, but hardly anything else does. `git diff` calls the file binary, GitHub finds no dependencies in it, and uv, conda and the server's build tools stop with an error that names no reason. Without the mark, and with letters beyond ASCII, even pip reads it differently on each machine.\n\nThe file is there to make the same environment everywhere, so it must be readable everywhere: store it as UTF-8. It belongs to the section on `requirements.txt` in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "requirements.txt",
    bad: "numpy==1.26.4\npandas==2.2.2\n",
    good: "numpy==1.26.4\npandas==2.2.2\n",
    encoding: "utf-16-le",
  },
  *check(file, project) {
    const problem = problemOf(file, project);
    if (problem) yield problem;
  },
  *fixes(file, _, project) {
    if (!isWide(project.requirementsAt(file.path)?.encoding)) return;
    const command = { name: "groundwork.saveAsUtf8", arguments: [file.path] };
    yield { title: l10n.t("Save as UTF-8"), kind: "quickfix", safe: true, edits: [], encoding: "utf-8", command };
  },
};

function problemOf(file: RequirementsFile, project: Project): Problem | undefined {
  const stored = project.requirementsAt(file.path);
  const at = { start: 0, end: file.physicalLines[0]?.end ?? 0 };
  if (stored?.encoding !== undefined && isWide(stored.encoding)) {
    return {
      at,
      message: l10n.t(
        "This file is stored as {0}, which pip reads and most other tools do not",
        shown(stored.encoding),
      ),
    };
  }
  if (stored?.guessed) {
    return {
      at,
      message: l10n.t("This file is not UTF-8 and names no encoding, so each machine reads it differently"),
    };
  }
  return undefined;
}

/** Two or four bytes a letter. */
function isWide(encoding: string | undefined): boolean {
  return /^utf-(?:16|32)/.test(encoding ?? "");
}

function shown(encoding: string): string {
  return encoding.replace(/-[lb]e$/, "").toUpperCase();
}
