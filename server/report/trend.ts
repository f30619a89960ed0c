import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Finding, Topic } from "../core/rule.ts";
import type { Workspace } from "../host/workspace.ts";
import { rules } from "../languages.ts";
import type { Baseline } from "../project/baseline.ts";
import { topics } from "../project/readiness.ts";

/** What became of the findings since they were recorded. */
export interface Change {
  /** How many were recorded. */
  readonly recorded: number;
  /** How many of them are still there. */
  readonly left: number;
  /** How many are there that were not recorded. */
  readonly fresh: number;
}

export interface Trend extends Change {
  readonly pillars: readonly (Change & { readonly topic: Topic })[];
}

/** Compares what is found now with the workspace's baseline, for the files that were looked at and those that are gone. */
export function trendOf(workspace: Workspace, now: readonly Finding[], known: ReadonlySet<Finding>): Trend | undefined {
  const { baseline } = workspace;
  if (!baseline) return undefined;
  const isLookedAt = (path: string) => workspace.languageOf(path) !== undefined;
  const isGone = (path: string) => !existsSync(join(workspace.root, path));
  const counts = recordedByRule(baseline, (path) => isLookedAt(path) || isGone(path));
  const pillars = topics.map((topic) => {
    const ours = rules.filter((rule) => rule.topic === topic);
    const recorded = ours.reduce((sum, { name }) => sum + (counts.get(name) ?? 0), 0);
    const found = now.filter((finding) => finding.topic === topic);
    const left = found.filter((finding) => known.has(finding)).length;
    return { topic, recorded, left, fresh: found.length - left };
  });
  const sum = (key: keyof Change) => pillars.reduce((total, each) => total + each[key], 0);
  return { recorded: sum("recorded"), left: sum("left"), fresh: sum("fresh"), pillars };
}

function recordedByRule(baseline: Baseline, counts: (path: string) => boolean): Map<string, number> {
  const byRule = new Map<string, number>();
  for (const [path, rules] of baseline) {
    if (!counts(path)) continue;
    for (const [rule, marks] of rules) {
      const count = [...marks.values()].reduce((sum, each) => sum + each, 0);
      byRule.set(rule, (byRule.get(rule) ?? 0) + count);
    }
  }
  return byRule;
}
