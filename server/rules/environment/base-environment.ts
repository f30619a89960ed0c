import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import { firstImportAt } from "../../project/undeclared.ts";
import type { PythonModule } from "../../python/module.ts";

export const baseEnvironment: Rule<PythonModule> = {
  name: "base-environment",
  topic: "environment",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("The project runs in an environment that all projects share"),
  why: () =>
    l10n.t(
      "Whoever has just installed conda or Python works in its standard environment, `base` or the system's. It is every project's and nobody's: to install what one project needs can break another one, and nobody can tell which of the libraries this project uses. If each developer runs the code in a `base` of their own, with other versions, inconsistencies are near.\n\nA virtual environment is isolated from the others: each project has the libraries and the versions that it expects. It takes one command, `conda create` or `python -m venv`, and **Groundwork: Create Environment** does it with the project's requirements. It is the subject of the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "train.py",
    bad: "import pandas as pd\n\nframe = pd.read_csv('churn.csv')\nprint(frame.head())\n",
    good: '# /// script\n# requires-python = ">=3.12"\n# dependencies = ["pandas==2.2.2"]\n# ///\nimport pandas as pd\n\nframe = pd.read_csv(\'churn.csv\')\nprint(frame.head())\n',
    beside: { "requirements.txt": "pandas==2.2.2\n", ".python-version": "3.12\n" },
    environment: { kind: "base", distributions: { pandas: "2.2.2" } },
  },
  // Without such an environment, as always on the command line, no file is read for this.
  concerns: (_path, { environment }) => environment?.kind === "base" || environment?.kind === "system",
  *check(module, { dependencies, environment }) {
    if (environment?.kind !== "base" && environment?.kind !== "system") return;
    const at = dependencies && firstImportAt(module, dependencies);
    if (!at) return;
    if (environment.kind === "base") {
      yield { at, message: l10n.t("The project runs in conda's `base`, which all projects share") };
      return;
    }
    // In a container the system's Python may well be the project's alone.
    const message = l10n.t("The project runs in the system's Python, which all projects share");
    yield { at, message, severity: "information" };
  },
  *fixes(module) {
    const command = { name: "groundwork.server.createEnvironment", arguments: [module.path] };
    yield { title: l10n.t("Create an environment"), kind: "quickfix", safe: false, edits: [], command };
  },
};
