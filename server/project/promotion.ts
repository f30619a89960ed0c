import * as l10n from "@vscode/l10n";
import { escapedMarkdown, linkTarget, messageMarkdown } from "../core/markdown.ts";
import type { Finding, Stage, Topic } from "../core/rule.ts";
import type { Range } from "../core/text.ts";

/** What production code has, in the order in which it is looked at. */
export type PromotionStep =
  | "environment"
  | "copies"
  | "entry"
  | "parameters"
  | "tests"
  | "documentation"
  | "clarity"
  | "baseline"
  | "serving";

/** A finding that stands between the code and production, with its place. */
export interface Obstacle {
  /** POSIX path relative to the root. */
  readonly path: string;
  /** In a notebook, lines count within the cell. */
  readonly range: Range;
  /** In a notebook, the cell from 0. */
  readonly cell?: number;
  readonly rule: string;
  readonly message: string;
  /** The title of the fix, where the rule offers one. */
  readonly fix?: string;
}

/** One row of the checklist; done when it has no obstacles. */
export interface PromotionRow {
  readonly step: PromotionStep;
  readonly title: string;
  readonly obstacles: readonly Obstacle[];
}

/** What stands between a file or folder and production. */
export interface Promotion {
  /** POSIX path relative to the root; empty for the root. */
  readonly path: string;
  /** The stage that it is in. */
  readonly stage: Stage;
  readonly rows: readonly PromotionRow[];
}

const steps: Readonly<Record<string, PromotionStep>> = {
  "script-body": "entry",
  "user-path": "parameters",
  "path-hack": "parameters",
  "experiment-dependency": "parameters",
  "untested-module": "tests",
  "undocumented-function": "documentation",
};

/** The step that a finding belongs to. */
export function stepOf({ rule, topic }: Pick<Finding, "rule" | "topic">): PromotionStep {
  const byTopic: Readonly<Record<Topic, PromotionStep>> = {
    environment: "environment",
    production: /^(?:duplicate-(?:block|function)|versioned-copy)$/.test(rule) ? "copies" : "clarity",
    baseline: "baseline",
    serving: "serving",
  };
  return steps[rule] ?? byTopic[topic];
}

/** Every row, those that are done too, with the obstacles of each in the given order. */
export function promotionRows(obstacles: readonly (Obstacle & { readonly step: PromotionStep })[]): PromotionRow[] {
  return titles().map(([step, title]) => ({
    step,
    title,
    obstacles: obstacles.filter((each) => each.step === step).map(({ step: _, ...each }) => each),
  }));
}

function titles(): [PromotionStep, string][] {
  return [
    ["environment", l10n.t("The environment is declared and pinned")],
    ["copies", l10n.t("Nothing is copied")],
    ["entry", l10n.t("The program has an entry point")],
    ["parameters", l10n.t("What changes from place to place is a parameter")],
    ["tests", l10n.t("Tests try the functions")],
    ["documentation", l10n.t("Public functions are documented")],
    ["clarity", l10n.t("The code reads well")],
    ["baseline", l10n.t("The model is compared and judged soundly")],
    ["serving", l10n.t("The model can be served")],
  ];
}

/**
 * The checklist as a Markdown page: a task list whose places are links to what `linkOf` says, or, without it, as VS
 * Code's preview can show it, which knows neither tasks nor links to other files.
 */
export function promotionPage(promotion: Promotion, linkOf?: (obstacle: Obstacle) => string): string {
  const { path, stage, rows } = promotion;
  const open = rows.filter((row) => row.obstacles.length > 0);
  const lines = [`# ${l10n.t("{0}: from experiment to production", escapedMarkdown(path || "."))}`, ""];
  if (stage === "production") lines.push(l10n.t("It is marked as production already."), "");
  if (open.length === 0)
    lines.push(l10n.t("Nothing that Groundwork knows of stands in the way: it can be marked."), "");
  else lines.push(l10n.t("Done: {0} of {1}.", rows.length - open.length, rows.length), "");
  for (const { title, obstacles } of rows) {
    const isDone = obstacles.length === 0;
    lines.push(linkOf ? `- [${isDone ? "x" : " "}] **${title}**` : `- ${isDone ? "☑" : "☐"} **${title}**`);
    for (const each of obstacles.slice(0, mostShown)) {
      const place = escapedMarkdown(placeOf(each));
      const shown = linkOf ? `[${place}](${linkTarget(linkOf(each))})` : place;
      const fix = each.fix === undefined ? "" : `; ${l10n.t("fix: {0}", messageMarkdown(each.fix))}`;
      lines.push(`  - ${shown}: ${messageMarkdown(each.message)} (\`${each.rule}\`)${fix}`);
    }
    const hidden = obstacles.length - mostShown;
    if (hidden > 0) lines.push(`  - ${l10n.t("and {0} more", hidden)}`);
  }
  return `${lines.join("\n")}\n`;
}

function placeOf({ path, cell, range }: Obstacle): string {
  return [path, ...(cell === undefined ? [] : [l10n.t("cell {0}", cell + 1)]), range.start.line + 1].join(":");
}

/** So many places of one row are shown; the rest are more of the same. */
const mostShown = 20;
