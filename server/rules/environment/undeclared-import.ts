import * as l10n from "@vscode/l10n";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import type { Span } from "../../core/text.ts";
import type { Dependencies } from "../../project/dependencies.ts";
import type { Import } from "../../project/imports.ts";
import type { Project } from "../../project/project.ts";
import type { UndeclaredModule } from "../../project/undeclared.ts";
import type { PythonModule } from "../../python/module.ts";
import { newDeclaration } from "../../requirements/new-declaration.ts";

/** So many other places are named; the rest is only more of the same. */
const mostRelated = 5;

export const undeclaredImport: Rule<PythonModule> = {
  name: "undeclared-import",
  topic: "environment",
  severity: { production: "warning", undecided: "hint", experimental: "hint" },
  summary: () => l10n.t("An imported library is declared nowhere"),
  why: () =>
    l10n.t(
      "Code never lives alone: the libraries that it imports are its environment. One that no file declares is there because somebody installed it once, or because another library happened to bring it along. On the next machine, and on the server, the program stops at the import.\n\nA `requirements.txt` holds everything that is needed to run the project's code, so that the environment is made with one command instead of a library at a time. It is the section on `requirements.txt` in the tutorial *Ambientes virtuais*.",
    ),
  example: {
    path: "train.py",
    bad: "import joblib\nimport pandas as pd\n\nframe = pd.read_csv('churn.csv')\njoblib.dump(frame, 'churn.joblib')\n",
    good: "import pandas as pd\n\nframe = pd.read_csv('churn.csv')\nframe.to_pickle('churn.pickle')\n",
    beside: { "requirements.txt": "pandas==2.2.2\n", ".python-version": "3.12\n" },
  },
  concerns: (path, { dependencies }) => dependencies?.undeclared.modules.has(path) === true,
  *check(module, { dependencies }) {
    for (const undeclared of dependencies?.undeclared.modules.get(module.path) ?? []) {
      const place = dependencies && placeIn(module, undeclared.module, dependencies);
      if (dependencies && place) yield problemFor(undeclared, place, dependencies);
    }
  },
  *fixes(module, problem, project) {
    const { dependencies } = project;
    const undeclared = dependencies?.undeclared.modules
      .get(module.path)
      ?.find((each) => placeIn(module, each.module, dependencies)?.start === problem.at.start);
    if (dependencies && undeclared) yield* fixesFor(module.path, undeclared.module, dependencies, project);
  },
};

/** The first import that counts, as the text has it now. */
function placeIn(file: PythonModule, module: string, dependencies: Dependencies): Span | undefined {
  const imports = dependencies.importsIn(file.path);
  const possible = imports.filter((each) => each.module === module && !each.isGuarded);
  const found = possible.find((each) => !each.isNested) ?? possible[0];
  if (!found) return undefined;
  const start = file.lines.offsetAt({ line: found.line, column: found.column });
  const end = start + found.module.length;
  return file.text.slice(start, end) === found.module ? { start, end } : undefined;
}

function problemFor({ module, isNested, others }: UndeclaredModule, at: Span, dependencies: Dependencies): Problem {
  const related = others.slice(0, mostRelated).flatMap(({ path, imports }) => {
    const found = imports.find((each) => each.module === module);
    return found ? [{ path, range: rangeOf(found), message: l10n.t("Imported here too") }] : [];
  });
  const common = { at, message: messageFor(module, dependencies), related };
  // What may be the project's own, or is wanted only where it is called, weighs less.
  return dependencies.isKnown(module) && !isNested ? common : { ...common, severity: "hint" };
}

function rangeOf({ line, column, module }: Import) {
  return { start: { line, column }, end: { line, column: column + module.length } };
}

function messageFor(module: string, dependencies: Dependencies): string {
  const [first = module] = dependencies.distributionsOf(module);
  if (!dependencies.isKnown(module) || first.replaceAll("-", "_") === module.toLowerCase()) {
    return l10n.t("`{0}` is imported, but no file declares it", module);
  }
  return l10n.t("`{0}` is imported, but no file declares `{1}`", module, first);
}

/** Nobody should have to guess a name: without knowledge there is no fix. */
function* fixesFor(path: string, module: string, dependencies: Dependencies, project: Project): Iterable<Fix> {
  if (!dependencies.isKnown(module)) return;
  for (const name of dependencies.proposalsFor(module).slice(0, 3)) {
    const added = newDeclaration(name, path, project);
    if (!added) continue;
    const { target, requirement, edit, refused } = added;
    const common = { title: l10n.t("Add `{0}` to {1}", requirement, target), kind: "quickfix", safe: false } as const;
    if (edit) yield { ...common, edits: [{ path: target, edits: [edit] }] };
    else if (refused !== undefined) yield { ...common, edits: [], refused };
    // What is installed is what the code runs with; the others are only names for it elsewhere.
    if (added.isInstalled) return;
  }
}
