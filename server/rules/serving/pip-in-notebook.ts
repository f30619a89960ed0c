import * as l10n from "@vscode/l10n";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import type { NotebookModule } from "../../notebook/module.ts";
import { normalizedName, type Project } from "../../project/project.ts";
import { newDeclaration } from "../../requirements/new-declaration.ts";

const command = /^[^\S\r\n]*[!%]?\s*((?:\S*python\S*\s+-m\s+)?(?:pip3?|conda|mamba)\s+install\b[^\n]*)/gm;
/** What fixes versions by itself, or comes from this very folder. */
const fixedElsewhere =
  /(?:^|\s)(?:-r|--requirement|-e|--editable|--file|-c|\.{1,2}(?:\/\S*|\[\S*\])?(?=\s|$)|git\+\S+@[0-9a-f]{7,}|\S+\.(?:whl|tar\.gz))(?:\s|=|$)/;
const optionsWithValue = new Set([
  "-i",
  "--index-url",
  "--extra-index-url",
  "-f",
  "--find-links",
  "-t",
  "--target",
  "--platform",
  "-n",
  "-p",
  "--prefix",
  "-c",
  "--channel",
  "--proxy",
  "--name",
  "--trusted-host",
]);
/** pip itself and what it builds with. */
const tools = new Set(["pip", "setuptools", "wheel", "conda", "mamba"]);

export const pipInNotebook: Rule<NotebookModule> = {
  name: "pip-in-notebook",
  topic: "serving",
  severity: { production: "hint", undecided: "hint", experimental: "hint" },
  summary: () => l10n.t("A notebook installs libraries without their versions"),
  why: () =>
    l10n.t(
      "A cell that installs a library installs whatever is the latest on that day, into whatever environment the kernel runs in. The notebook that worked last month may not work today, and nobody can tell what changed.\n\nThe example's cell installed pandas 2.2 at the end of 2024, and pandas 3.0 in March 2026. What a notebook needs belongs into the requirements of the project, with versions, like everything else: the environment is then made once, the same for everybody, and before the notebook is opened. Where a cell has to install, as on a borrowed machine, let it install that file: `%pip install -r requirements.txt`. The tutorials *Ambientes virtuais* and *Padrões de disponibilização de modelos* tell what notebooks are convenient for, and what they are not.",
    ),
  example: {
    path: "notebooks/explore.ipynb",
    bad: "\fpython\n%pip install pandas seaborn\n\fpython\nimport pandas as pd\n",
    good: "\fpython\n%pip install -r requirements.txt\n\fpython\nimport pandas as pd\n",
    trial: {
      text: `import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

Path("requirements.txt").write_text("pandas==2.2.3\\nseaborn==0.13.2\\n")
cells = json.loads(Path("notebooks/explore.ipynb").read_text())["cells"]
install = shlex.split(cells[0]["source"].removeprefix("%pip "))
for day in ["2024-12-01", "2026-03-01"]:
    # What the cell would have installed on that day, from what was on PyPI by then.
    options = ["--dry-run", "--quiet", "--ignore-installed", "--no-deps", "--report", "-", "--uploaded-prior-to", day]
    pip = subprocess.run([sys.executable, "-m", "pip", *install, *options], stdout=subprocess.PIPE, check=True)
    found = [each["metadata"] for each in json.loads(pip.stdout)["install"]]
    print(day, *(f"{each['name']} {each['version']}" for each in found))
`,
      bad: "2024-12-01 pandas 2.2.3 seaborn 0.13.2\n2026-03-01 pandas 3.0.1 seaborn 0.13.2\n",
      good: "2024-12-01 pandas 2.2.3 seaborn 0.13.2\n2026-03-01 pandas 2.2.3 seaborn 0.13.2\n",
    },
  },
  *check(module) {
    for (const cell of module.cells) {
      if (cell.language !== "python") continue;
      for (const found of module.sourceOf(cell).matchAll(command)) {
        const [all, words = ""] = found;
        const names = unfixedIn(words);
        if (names.length === 0) continue;
        const start = cell.start + found.index + all.length - words.length;
        const message = l10n.t("`{0}` is installed in whatever version is the latest that day", names.join("`, `"));
        yield { at: { start, end: start + words.trimEnd().length }, message };
      }
    }
  },
  *fixes(module, problem, project) {
    yield* additions(module, problem, project);
  },
};

/** The libraries that a command installs and does not fix the version of. */
function unfixedIn(words: string): string[] {
  const [, line = ""] = /\binstall\b(.*)$/.exec(words.replace(/(?:^|\s)#.*$/, "").replace(/[;&|>].*$/, "")) ?? [];
  // For conda `-c` names a channel, for pip a file of constraints.
  const isConda = /\b(?:conda|mamba)\s+install\b/.test(words);
  if (fixedElsewhere.test(isConda ? line.replaceAll(" -c ", " --channel ") : line)) return [];
  const given = line.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ""));
  return given.filter((word, index) => {
    if (!/^[A-Za-z0-9]/.test(word) || optionsWithValue.has(given[index - 1] ?? "")) return false;
    if (tools.has(word) || /[=]=/.test(word) || word.includes("/") || word.includes("{") || word.includes("$"))
      return false;
    return !/^[\w.-]+=\d/.test(word);
  });
}

/** Each library goes where the project declares what it needs. */
function* additions(module: NotebookModule, problem: Problem, project: Project): Iterable<Fix> {
  for (const word of unfixedIn(module.joined.slice(problem.at.start, problem.at.end))) {
    const name = normalizedName(/^[A-Za-z0-9][\w.-]*/.exec(word)?.[0] ?? word);
    const added = newDeclaration(name, module.path, project);
    if (!added) continue;
    const { target, requirement, edit, refused } = added;
    const common = { title: l10n.t("Add `{0}` to {1}", requirement, target), kind: "quickfix", safe: false } as const;
    if (edit) yield { ...common, edits: [{ path: target, edits: [edit] }] };
    else if (refused !== undefined) yield { ...common, edits: [], refused };
  }
}
