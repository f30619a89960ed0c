import * as l10n from "@vscode/l10n";
import type { Severity } from "./rule.ts";

/** Everything a project can choose, in the shape rules read. `pyproject.toml` and the editor fill it alike. */
export interface Settings {
  /** Globs (relative to the root) that are never looked at, in addition to the built-in ones. */
  readonly exclude: readonly string[];
  /** Severity by rule name, in place of the rule's own; `off` silences it. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** Rule names that are silent in files matching a glob; `*` is every rule. */
  readonly perFileIgnores: Readonly<Record<string, readonly string[]>>;
  /** Globs of folders whose code is a conscious experiment. */
  readonly stagesExperimental: readonly string[];
  /** Globs of folders whose code is meant to last. */
  readonly stagesProduction: readonly string[];
  /** Files larger than this many kibibytes are skipped, and named once. */
  readonly maxFileSize: number;
  /** A copy shorter than this many lines is not reported. */
  readonly duplicatesMinLines: number;
  /** The same in test files. */
  readonly duplicatesMinLinesInTests: number;
  /** Globs of files whose blocks count as copies of nothing. */
  readonly duplicatesExclude: readonly string[];
}

export type SettingValue = boolean | number | string | readonly string[] | Readonly<Record<string, unknown>>;

/** One row of the settings table; package.json, the TOML reader and the documentation are made from it. */
export interface SettingDefinition {
  readonly key: keyof Settings;
  /** Path in `[tool.groundwork]`, in TOML's kebab-case. */
  readonly toml: readonly string[];
  readonly type: "integer" | "globs" | "severities" | "ignores";
  readonly default: SettingValue;
  readonly minimum?: number;
  description(): string;
}

export const settingDefinitions: readonly SettingDefinition[] = [
  {
    key: "exclude",
    toml: ["exclude"],
    type: "globs",
    default: [],
    description: () =>
      l10n.t(
        "Globs that Groundwork never looks at, in addition to `.gitignore`, virtual environments and vendored folders.",
      ),
  },
  {
    key: "rules",
    toml: ["rules"],
    type: "severities",
    default: {},
    description: () => l10n.t("The severity of a rule, in place of its own; `off` silences it."),
  },
  {
    key: "perFileIgnores",
    toml: ["per-file-ignores"],
    type: "ignores",
    default: {},
    description: () => l10n.t("Rules that are silent in the files that match a glob; `*` stands for every rule."),
  },
  {
    key: "stagesExperimental",
    toml: ["stages", "experimental"],
    type: "globs",
    default: [],
    description: () =>
      l10n.t(
        "Globs of folders whose code is a conscious experiment: most production rules are silent or gentle there.",
      ),
  },
  {
    key: "stagesProduction",
    toml: ["stages", "production"],
    type: "globs",
    default: [],
    description: () => l10n.t("Globs of folders whose code is meant to last: every production rule speaks there."),
  },
  {
    key: "maxFileSize",
    toml: ["max-file-size"],
    type: "integer",
    default: 4096,
    minimum: 1,
    description: () => l10n.t("Files larger than this many kibibytes are skipped, and named once."),
  },
  {
    key: "duplicatesMinLines",
    toml: ["duplicates", "min-lines"],
    type: "integer",
    default: 5,
    minimum: 3,
    description: () => l10n.t("A duplicated block shorter than this many lines is not reported."),
  },
  {
    key: "duplicatesMinLinesInTests",
    toml: ["duplicates", "min-lines-in-tests"],
    type: "integer",
    default: 10,
    minimum: 3,
    description: () => l10n.t("The same for test files, where a little repetition keeps a test readable."),
  },
  {
    key: "duplicatesExclude",
    toml: ["duplicates", "exclude"],
    type: "globs",
    default: [],
    description: () =>
      l10n.t("Globs of files in which no block counts as a copy; every other rule looks at them all the same."),
  },
];

export const defaultSettings: Settings = {
  exclude: [],
  rules: {},
  perFileIgnores: {},
  stagesExperimental: [],
  stagesProduction: [],
  maxFileSize: 4096,
  duplicatesMinLines: 5,
  duplicatesMinLinesInTests: 10,
  duplicatesExclude: [],
};

/** What is said, once, of a file that {@link Settings.maxFileSize} leaves out. */
export function skippedMessage(path: string): string {
  return l10n.t("{0}: skipped, larger than `max-file-size` allows", path);
}
