import * as l10n from "@vscode/l10n";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import { stageOf } from "../../core/stages.ts";
import type { Project } from "../../project/project.ts";
import { filesNamed, importTargets } from "../../python/import-targets.ts";
import type { PythonModule } from "../../python/module.ts";
import { moduleLiterals, pathLiterals } from "../../python/path-literals.ts";
import { isStringStatement } from "../../python/strings.ts";
import { type SyntaxNode, syntaxOf } from "../../python/syntax.ts";
import { movedPath, moveModule } from "../../refactorings/move-module.ts";

export const experimentDependency: Rule<PythonModule> = {
  name: "experiment-dependency",
  topic: "production",
  severity: { production: "warning" },
  summary: () => l10n.t("Production code depends on an experiment"),
  why: () =>
    l10n.t(
      "Somebody decided that a folder holds experiments: nothing there is tested, and it may change or go at any time. Code that is meant to last imports from it all the same, runs it, or reads a file that an experiment left there. The same is true of a notebook that nobody has decided about. Now the experiment is in production, without anybody having decided that.\n\nWhat production code needs is moved to a production folder, with all that this asks of it, or the whole folder is declared production. Each kind of code has its right moment, and is to be used with responsibility, says the tutorial *Código para produção*.",
    ),
  example: {
    path: "src/serve.py",
    bad: "from lab.model import predict\n\nprint(predict([1]))\n",
    good: "from src.model import predict\n\nprint(predict([1]))\n",
    beside: {
      "pyproject.toml": '[tool.groundwork.stages]\nproduction = ["src"]\nexperimental = ["lab"]\n',
      "lab/model.py": "def predict(rows):\n    return rows\n",
      "src/model.py": "def predict(rows):\n    return rows\n",
    },
  },
  *check(module, project) {
    // A notebook is an experiment wherever nobody has decided otherwise.
    if (project.settings.stagesExperimental.length === 0 && !module.text.includes(".ipynb")) return;
    const syntax = syntaxOf(module);
    const told = new Set<SyntaxNode>();
    for (const { node, path } of importedExperiments(module, project)) {
      if (told.has(node)) continue;
      told.add(node);
      const range = { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };
      const related = [{ path, range, message: l10n.t("The experiment that is imported") }];
      yield { at: spanOf(node), message: l10n.t("Production code imports the experiment `{0}`", path), related };
    }
    for (const { node, text } of pathLiterals(syntax)) {
      const path = experimentalPath(text, module.path, project);
      if (path === undefined || (node.parent && isStringStatement(node.parent))) continue;
      const message = path.endsWith(".ipynb")
        ? l10n.t("Production code uses the notebook `{0}`", path)
        : l10n.t("Production code uses a file of the experiment folder `{0}`", path);
      yield { at: spanOf(node), message };
    }
  },
  *fixes(module, problem, project) {
    const needed = neededAt(module, problem, project);
    if (needed?.target !== undefined) yield moveFix(needed.path, needed.target, project);
    if (needed) yield markFix(needed.path);
  },
  *offers(module, problem, project) {
    const needed = neededAt(module, problem, project);
    if (needed?.target !== undefined) yield { title: moveTitle(needed.target), kind: "quickfix", safe: false };
    if (needed) yield markFix(needed.path);
  },
};

interface Imported {
  readonly node: SyntaxNode;
  /** The file of the experiment. */
  readonly path: string;
}

/** By statements, and by literals that name a module to import or to run. */
function importedExperiments(module: PythonModule, project: Project): Imported[] {
  const syntax = syntaxOf(module);
  const named = moduleLiterals(syntax).map(({ node, text }) => ({ node, paths: filesNamed(text, module.path) }));
  return [...importTargets(syntax, module.path), ...named].flatMap(({ node, paths }) => {
    const path = paths.find((each) => project.isFile(each));
    return path !== undefined && stageOf(path, project.settings) === "experimental" ? [{ node, path }] : [];
  });
}

interface Needed {
  /** The module or folder of the experiment. */
  readonly path: string;
  /** Where a module would be production code: beside the code that needs it. */
  readonly target: string | undefined;
}

function neededAt(module: PythonModule, problem: Problem, project: Project): Needed | undefined {
  const isHere = ({ node: { start, end } }: { readonly node: SyntaxNode }) =>
    start === problem.at.start && end === problem.at.end;
  const imported = importedExperiments(module, project).find(isHere)?.path;
  if (imported !== undefined) {
    const target = movedPath(imported, module.path.split("/").slice(0, -1).join("/"));
    // Until the whole folder was read, nobody knows who else imports it.
    const mayMove = project.dependencies !== undefined && stageOf(target, project.settings) === "production";
    return { path: imported, target: mayMove ? target : undefined };
  }
  const literal = pathLiterals(syntaxOf(module)).find(isHere);
  const path = literal && experimentalPath(literal.text, module.path, project);
  return path === undefined ? undefined : { path, target: undefined };
}

function moveFix(path: string, target: string, project: Project): Fix {
  const fix = { title: moveTitle(target), kind: "quickfix", safe: false } as const;
  const result = moveModule(path, target, project);
  if (!result.applied) return { ...fix, edits: [], refused: result.reason };
  return { ...fix, edits: result.edits, preview: true };
}

function moveTitle(target: string): string {
  return l10n.t("Move to {0} (review)", target);
}

function markFix(path: string): Fix {
  const command = { name: "groundwork.server.markStage", arguments: [path, "production"] };
  return { title: l10n.t("Mark `{0}` as production", path), kind: "quickfix", safe: false, edits: [], command };
}

function spanOf({ start, end }: SyntaxNode): Problem["at"] {
  return { start, end };
}

/**
 * The experimental folder, or the notebook, that a relative path leads to, from the root or from the file's own folder.
 * Of notebooks that nobody has decided about only those that are there: code that works on notebooks names many.
 */
function experimentalPath(text: string, from: string, project: Project): string | undefined {
  if (!/^[\w.-]+(?:\/[\w. -]+)*\.\w+$/.test(text)) return undefined;
  const folder = from.split("/").slice(0, -1);
  for (const base of [[], folder]) {
    const path = normalized([...base, ...text.split("/")]);
    const stage = path === undefined ? undefined : stageOf(path, project.settings);
    const isNotebook = path?.endsWith(".ipynb") && project.isFile(path);
    if (isNotebook && stage !== "production") return path;
    if (stage === "experimental" && text.includes("/")) return path?.split("/").slice(0, -1).join("/");
  }
  return undefined;
}

function normalized(parts: readonly string[]): string | undefined {
  const result: string[] = [];
  for (const part of parts) {
    if (part === "..") {
      if (result.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") result.push(part);
  }
  return result.join("/");
}
