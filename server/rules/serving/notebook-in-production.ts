import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import { stageOf } from "../../core/stages.ts";
import { cellsOf } from "../../notebook/cells.ts";
import { NotebookModule } from "../../notebook/module.ts";
import { isMainGuard } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { isStringStatement } from "../../python/strings.ts";
import { type Syntax, type SyntaxNode, statementsOf, syntaxOf, textOf, undecorated } from "../../python/syntax.ts";
import { exportMark, scriptOfExport } from "./exported-script.ts";

export const notebookInProduction: Rule<PythonModule> = {
  name: "notebook-in-production",
  topic: "serving",
  severity: { production: "warning" },
  summary: () => l10n.t("A notebook, or what one was exported to, stands in a production folder"),
  why: () =>
    l10n.t(
      "Notebooks are convenient while one experiments. As one part among many of a system, a model has to be reached in another way: other programs cannot import a notebook, call it, or test it.\n\nA notebook that is exported to a script keeps its habits: everything at the top of the file, in the order of an exploration, with results that were only looked at. Put what is worth keeping into functions of a module, and leave the notebook, which imports them, in a folder that is marked as experimental. The tutorial *Padrões de disponibilização de modelos* begins with this very step.",
    ),
  example: {
    path: "src/score.py",
    bad: "# In[1]:\n\n\nimport pandas as pd\n\n\n# In[2]:\n\n\nprices = pd.read_csv('prices.csv')\nprices.head()\n",
    good: 'import pandas as pd\n\n\ndef read_prices(path):\n    """The prices of a day, one row each."""\n    return pd.read_csv(path)\n',
    trial: {
      text: `from pathlib import Path

for day, rows in {"monday": 3, "tuesday": 2}.items():
    Path(f"{day}.csv").write_text("price\\n" + "9.5\\n" * rows)

try:
    from src import score
except FileNotFoundError as error:
    print("cannot be imported:", error.strerror, error.filename)
else:
    print("monday:", len(score.read_prices("monday.csv")), "rows")
    print("tuesday:", len(score.read_prices("tuesday.csv")), "rows")
`,
      bad: "cannot be imported: No such file or directory prices.csv\n",
      good: "monday: 3 rows\ntuesday: 2 rows\n",
    },
  },
  concerns: (path, project) => {
    if (isTestPath(path) || lesson.test(path)) return false;
    if (stageOf(path, project.settings) !== "production") return false;
    return path.endsWith(".ipynb") || project.isExported(path);
  },
  *check(module) {
    if (module instanceof NotebookModule) {
      const cell = cellsOf(module.joined).find(
        (each) => each.language === "python" && /^\s*[^\s#]/m.test(module.text.slice(each.start, each.end)),
      );
      if (!cell) return;
      const line = module.lines.lineAt(cell.start);
      const at = { start: cell.start, end: Math.min(cell.end, module.lines.endOf(line)) };
      yield { at, message: l10n.t("A notebook in production: other programs can neither import nor test it") };
      return;
    }
    const syntax = syntaxOf(module);
    const at = syntax.comments.find((each) => exportMark.test(module.text.slice(each.start, each.end).trimEnd()));
    // Where functions hold everything, the marks are all that is left of the notebook.
    if (!at || isOfFunctions(syntax)) return;
    yield { at, message: l10n.t("Exported from a notebook: its cells are no functions yet") };
  },
  *fixes(module) {
    if (!(module instanceof NotebookModule)) {
      yield scriptOfExport(module);
      return;
    }
    const title = l10n.t("Turn the notebook into a module");
    const command = { name: "groundwork.server.notebookToModule", arguments: [module.path] };
    yield { title, kind: "quickfix", safe: false, edits: [], command };
  },
};

/** Folders for readers and not for programs: `examples`, `tutorial_notebooks`. */
const lesson = /(?:^|[/_-])(?:docs?|examples?|tutorials?|notebooks?)(?:[_-][^/]*)?\//;

/** Does a module define functions or classes, and beside them only import, name values and start? */
function isOfFunctions(syntax: Syntax): boolean {
  const statements = statementsOf(syntax.root);
  const definitions = statements.filter((each) => /^(?:function|class)_definition$/.test(undecorated(each).type));
  const isQuiet = (statement: SyntaxNode) =>
    /import/.test(statement.type) ||
    isMainGuard(syntax, statement) ||
    isSetting(syntax, statement) ||
    isStringStatement(statement);
  return definitions.length > 0 && statements.every((each) => definitions.includes(each) || isQuiet(each));
}

/** Values that are named, and what logs and warnings are told. */
function isSetting(syntax: Syntax, statement: SyntaxNode): boolean {
  const [expression] = statement.type === "expression_statement" ? statement.named : [];
  return expression?.type === "assignment" || /^(?:logging|warnings)\.\w+\(/.test(textOf(syntax, statement));
}
