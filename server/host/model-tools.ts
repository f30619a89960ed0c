import * as l10n from "@vscode/l10n";
import type { Severity, Stage } from "../core/rule.ts";
import { ruleMarkdown } from "../core/rule-markdown.ts";
import { stageOf } from "../core/stages.ts";
import { Lines } from "../core/text.ts";
import { isNotebook, rules } from "../languages.ts";
import { cellAtLine, cellsOf } from "../notebook/cells.ts";
import { leadsOut } from "./within.ts";
import type { Workspace } from "./workspace.ts";

/** A tool for a language model: the same in the editor and over the Model Context Protocol. */
export interface ModelTool {
  /** In the editor behind `groundwork_`. */
  readonly name: "list_findings" | "explain_rule" | "apply_safe_fixes" | "mark_folder";
  /** For the model, hence in English. */
  readonly description: string;
  /** JSON Schema of the input. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly writes: boolean;
}

const path = { type: "string", description: "A file or folder, relative to the project's folder; `.` is all of it." };

export const modelTools: readonly ModelTool[] = [
  {
    name: "list_findings",
    description:
      "Lists what Groundwork finds in a Python project or a part of it: unpinned requirements, copied blocks, models without a baseline, models served badly. Lines count from 1; in a notebook they count in the cell.",
    input: object({
      path,
      rule: { type: "string", description: "Only the findings of this rule." },
      limit: { type: "integer", minimum: 1, maximum: 1000, description: "At most so many findings; 100 by default." },
    }),
    writes: false,
  },
  {
    name: "explain_rule",
    description: "Says what a rule of Groundwork finds, why it matters, and how it is done better, with an example.",
    input: object({ rule: { type: "string", enum: rules.map(({ name }) => name) } }, "rule"),
    writes: false,
  },
  {
    name: "apply_safe_fixes",
    description:
      "Applies those fixes of one file that cannot change what the program does (such as sorting requirements), and says what is left.",
    input: object({ path: { ...path, description: "The file, relative to the project's folder." } }, "path"),
    writes: true,
  },
  {
    name: "mark_folder",
    description:
      "Writes into the project's configuration whether a folder holds production code or an experiment. Ask the person first: it is a decision of theirs.",
    input: object(
      { path, stage: { type: "string", enum: ["production", "experimental", "undecided"] satisfies Stage[] } },
      "path",
      "stage",
    ),
    writes: true,
  },
];

function object(properties: Readonly<Record<string, unknown>>, ...required: string[]) {
  return { type: "object", properties, required, additionalProperties: false };
}

export interface ListedFinding {
  readonly file: string;
  readonly cell?: number;
  readonly line: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly stage: Stage;
  readonly message: string;
  /** Titles of the fixes, those that are safe marked. */
  readonly fixes: readonly { readonly title: string; readonly safe: boolean }[];
}

/** The findings at a path (POSIX, relative to the workspace's root; `.` is the root), and how many there are in all. */
export function listFindings(
  workspace: Workspace,
  { path: below = ".", rule, limit = 100 }: { readonly path?: string; readonly rule?: string; readonly limit?: number },
): { readonly findings: readonly ListedFinding[]; readonly total: number } {
  const folder = below === "." || below === "" ? "" : below.replace(/\/$/, "");
  const found: ListedFinding[] = [];
  let total = 0;
  for (const file of workspace.paths) {
    if (folder !== "" && file !== folder && !file.startsWith(`${folder}/`)) continue;
    const report = workspace.report(file, undefined, { offering: true });
    const findings = (report?.findings ?? []).filter((each) => rule === undefined || each.rule === rule);
    if (!report || findings.length === 0) continue;
    // What is elsewhere is no business of a model that was given this folder.
    if (leadsOut(workspace.root, file)) continue;
    total += findings.length;
    if (found.length >= limit) continue;
    const lines = new Lines(report.text);
    const cells = isNotebook(file) ? cellsOf(report.text) : [];
    for (const finding of findings.slice(0, limit - found.length)) {
      const { line } = lines.positionAt(finding.at.start);
      const cell = cellAtLine(cells, line);
      const { severity, message } = finding;
      found.push({
        file,
        ...(cell && { cell: cell.index + 1 }),
        line: line - (cell?.line ?? 0) + 1,
        rule: finding.rule,
        severity,
        stage: stageOf(file, workspace.settings),
        message,
        fixes: (report.offers?.get(finding) ?? []).map(({ title, safe }) => ({ title, safe })),
      });
    }
  }
  return { findings: found, total };
}

/** The rule's explanation as Markdown; or, localised, that there is none. */
export function explainRule(name: string): string {
  const rule = rules.find((each) => each.name === name);
  if (!rule) return l10n.t("there is no such rule");
  return `# ${rule.name}: ${rule.summary()}\n\n${ruleMarkdown(rule)}\n`;
}
