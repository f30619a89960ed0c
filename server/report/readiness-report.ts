import { mayConcern, speakingRules } from "../core/check.ts";
import type { Finding, Stage } from "../core/rule.ts";
import type { Settings } from "../core/settings.ts";
import { stageOf } from "../core/stages.ts";
import { Lines } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import { rules } from "../languages.ts";
import { type ByStage, type FileFindings, type Pillar, pillarsOf } from "../project/readiness.ts";
import { type CloneReport, cloneReport, placeInCell } from "./clone-report.ts";
import { type Trend, trendOf } from "./trend.ts";

/** How ready a project is for production, in numbers that can be counted again by hand. */
export interface ReadinessReport {
  /** What the report is about, as people call it. */
  readonly name: string;
  /** When it was made, as `2024-01-31`. */
  readonly date: string;
  /** How many files of each stage were looked at. */
  readonly files: ByStage;
  readonly pillars: readonly ReportedPillar[];
  /** The findings of each rule; ordered by file and line. */
  readonly places: ReadonlyMap<string, readonly ReportedPlace[]>;
  readonly clones: CloneReport;
  /** Undefined where nothing was recorded. */
  readonly trend: Trend | undefined;
}

export interface ReportedPillar extends Pillar {
  readonly checks: Checks;
}

/** The rules of a pillar, by what became of them; together they are all of them. */
export interface Checks {
  /** They looked at some file and found nothing. */
  readonly clean: number;
  /** They found something. */
  readonly finding: number;
  /** Nothing of what they look at is there. */
  readonly idle: number;
  /** They do not speak in the stages of these files. */
  readonly silent: number;
  /** The settings switch them off. */
  readonly off: number;
}

export interface ReportedPlace {
  /** POSIX path relative to the root. */
  readonly path: string;
  readonly file: string;
  /** In a notebook, the cell from 1, in which the line is counted. */
  readonly cell?: number;
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly stage: Stage;
  /** The baseline file holds it. */
  readonly isRecorded: boolean;
}

export interface ReportOptions {
  readonly name: string;
  readonly date: string;
  /** How a file is called, by its path relative to the root. */
  nameOf(path: string): string;
  /** What was found in a file: what is told, and what the baseline holds. */
  foundIn(path: string): { readonly findings: readonly Finding[]; readonly known: readonly Finding[] };
}

/** Looks at every file of a workspace, and yields after each, so that the caller can pause; returns the report. */
export function* readinessReport(workspace: Workspace, options: ReportOptions): Generator<string, ReadinessReport> {
  const { name, date, nameOf, foundIn } = options;
  const { project, settings } = workspace;
  const files: Record<Stage, number> = { production: 0, undecided: 0, experimental: 0 };
  const found: (FileFindings & { readonly findings: readonly Finding[] })[] = [];
  const recorded = new Set<Finding>();
  const known: KnownRules = { here: new Set(), speaking: new Set(), looking: new Set(), settings };
  for (const path of workspace.paths) {
    const stage = stageOf(path, settings);
    files[stage]++;
    const { findings, known: put } = foundIn(path);
    for (const finding of put) recorded.add(finding);
    const all = [...findings, ...put].sort((a, b) => a.at.start - b.at.start);
    if (all.length > 0) found.push({ file: path, stage, findings: all });
    const here = workspace.languageOf(path)?.rules ?? [];
    for (const rule of here) known.here.add(rule.name);
    for (const { rule } of speakingRules(here, path, project)) {
      known.speaking.add(rule.name);
      if (!known.looking.has(rule.name) && mayConcern(rule, path, project)) known.looking.add(rule.name);
    }
    yield path;
  }
  const places = new Map<string, ReportedPlace[]>();
  for (const file of found) {
    addPlaces(workspace, file, recorded, nameOf, places);
    yield file.file;
  }
  const pillars = pillarsOf(found, rules).map((pillar) => ({
    ...pillar,
    checks: checksOf(pillar, known),
  }));
  const now = found.flatMap(({ findings }) => findings);
  return {
    name,
    date,
    files,
    pillars,
    places,
    clones: cloneReport(workspace, { classes: workspace.clones(), nameOf }),
    trend: trendOf(workspace, now, recorded),
  };
}

function addPlaces(
  workspace: Workspace,
  { file: path, stage, findings }: FileFindings & { readonly findings: readonly Finding[] },
  recorded: ReadonlySet<Finding>,
  nameOf: (path: string) => string,
  places: Map<string, ReportedPlace[]>,
): void {
  const lines = new Lines(workspace.textOf(path) ?? "");
  for (const finding of findings) {
    const { rule, message } = finding;
    const at = placeInCell(workspace, path, lines.lineAt(finding.at.start));
    const place = { path, file: nameOf(path), ...at, message, stage, isRecorded: recorded.has(finding) };
    const known = places.get(rule);
    if (known) known.push(place);
    else places.set(rule, [place]);
  }
}

/** The names of the rules that have files here, of those that speak in some, and of those that looked at one. */
interface KnownRules {
  readonly here: Set<string>;
  readonly speaking: Set<string>;
  readonly looking: Set<string>;
  readonly settings: Settings;
}

function checksOf({ topic, rules: found }: Pillar, { here, speaking, looking, settings }: KnownRules): Checks {
  const finding = new Set(found.map(({ rule }) => rule));
  const checks = { clean: 0, finding: finding.size, idle: 0, silent: 0, off: 0 };
  for (const { name } of rules.filter((rule) => rule.topic === topic && !finding.has(rule.name))) {
    if (settings.rules[name] === "off") checks.off++;
    else if (looking.has(name)) checks.clean++;
    else if (here.has(name) && !speaking.has(name)) checks.silent++;
    else checks.idle++;
  }
  return checks;
}

/** Of all pillars together. */
export function totalOf(pillars: readonly Pick<Pillar, "stages">[]): ByStage {
  const of = (stage: Stage) => pillars.reduce((sum, { stages }) => sum + stages[stage], 0);
  return { production: of("production"), undecided: of("undecided"), experimental: of("experimental") };
}
