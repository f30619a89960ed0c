import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import { firstImportAt } from "../../project/undeclared.ts";
import type { PythonModule } from "../../python/module.ts";

export const undeclaredEnvironment: Rule<PythonModule> = {
  name: "undeclared-environment",
  topic: "environment",
  severity: { production: "information", undecided: "information", experimental: "information" },
  summary: () => l10n.t("No file says which libraries, or which Python, the project needs"),
  why: () =>
    l10n.t(
      "If you worked alone and ran the program a few times, the `base` environment would do. In practice software is made by more than one person and runs for a long time. When each runs it in an environment of their own making, with other versions, inconsistencies and errors are near, and teamwork is impossible.\n\nA `requirements.txt` names the libraries, and one more line the Python: `requires-python` in `pyproject.toml`, `python=3.12` in an `environment.yml`, or a `.python-version`. With both, everybody can create an identical environment. It is the subject of the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "train.py",
    bad: "import pandas as pd\n\nframe = pd.read_csv('churn.csv')\nprint(frame.head())\n",
    good: '# /// script\n# requires-python = ">=3.12"\n# dependencies = ["pandas==2.2.2"]\n# ///\nimport pandas as pd\n\nframe = pd.read_csv(\'churn.csv\')\nprint(frame.head())\n',
  },
  concerns: (path, { dependencies }) => dependencies?.undeclared.environment?.path === path,
  *check(module, { dependencies }) {
    const lack = dependencies?.undeclared.environment;
    if (!dependencies || lack?.path !== module.path) return;
    const at = firstImportAt(module, dependencies);
    if (!at) return;
    const message =
      lack.lacks === "all"
        ? l10n.t("The project uses libraries such as `{0}`, and no file says which", lack.module)
        : l10n.t("No file says which Python the project needs");
    yield { at, message };
  },
  *fixes(module, _, { dependencies, environment }) {
    const lack = dependencies?.undeclared.environment;
    if (lack?.lacks === "all") {
      const command = { name: "groundwork.server.createRequirements", arguments: [module.path] };
      const title = l10n.t("Create requirements.txt from imports");
      yield { title, kind: "quickfix", safe: false, edits: [], command };
    }
    const version = /^\d+\.\d+/.exec(environment?.version ?? "")?.[0];
    if (lack?.lacks !== "python" || version === undefined) return;
    const edits = [{ at: { start: 0, end: 0 }, text: `${version}\n` }];
    const title = l10n.t("Write {0} to .python-version", version);
    yield { title, kind: "quickfix", safe: false, edits: [{ path: ".python-version", edits, creates: true }] };
  },
};
