import * as l10n from "@vscode/l10n";
import { isMap, isSeq, parseDocument } from "yaml";
import { type ConfigurationFile, tableOf } from "./configuration-file.ts";
import type { SuggestedStage } from "./suggested-stages.ts";

/** The command line's package, at the version that wrote the file. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
}

/** Where such code stands more often than not: an example where nothing is suggested. */
const usual = { experimental: "notebooks", production: "src" } as const;

/** The files that the check reads, as a regular expression of Python. */
const checkedFiles = String.raw`(\.(py|ipynb)|(requirements|constraints)[^/]*\.(txt|in)|environment\.ya?ml)$`;

/**
 * The configuration file with a table for Groundwork at its end. What the folders' contents suggest stands in it as
 * comments: which code is to last is for a person to say.
 */
export function withConfiguration(file: ConfigurationFile, suggestions: readonly SuggestedStage[]): string {
  const table = [...tableOf(file), "stages"].join(".");
  const rows = (["experimental", "production"] as const).map((stage) => {
    const folders = suggestions.filter((each) => each.stage === stage).map(({ folder }) => folder);
    const globs = (folders.length > 0 ? folders : [usual[stage]]).map((folder) => JSON.stringify(`${folder}/**`));
    return `# ${stage} = [${globs.join(", ")}]\n`;
  });
  const reason = l10n.t("Folders of code that is tried out, and of code that is to last; the others are undecided.");
  const gap = file.text === "" || file.text.endsWith("\n\n") ? "" : file.text.endsWith("\n") ? "\n" : "\n\n";
  return `${file.text}${gap}[${table}]\n# ${reason}\n${rows.join("")}`;
}

/** `.pre-commit-config.yaml` with the check as a hook; comments and order stay. Or, localised, why not. */
export function withPreCommitHook(
  text: string,
  published: PublishedPackage,
): { readonly text: string } | { readonly refused: string } {
  const document = parseDocument(text.trim() === "" ? "repos: []\n" : text);
  if (document.errors.length > 0) return { refused: l10n.t("it is no YAML: {0}", document.errors[0]?.message ?? "") };
  const repositories = isMap(document.contents) ? document.contents.get("repos") : undefined;
  if (!isSeq(repositories)) return { refused: l10n.t("it has no list `repos`") };
  if (text.includes("groundwork check")) return { text };
  repositories.flow = false;
  document.addIn(
    ["repos"],
    document.createNode({
      repo: "local",
      hooks: [
        {
          id: "groundwork",
          name: "groundwork",
          entry: "groundwork check",
          language: "node",
          additional_dependencies: [`${published.name}@${published.version}`],
          files: checkedFiles,
        },
      ],
    }),
  );
  return { text: document.toString() };
}

/** A workflow for GitHub that shows the findings in pull requests by code scanning. */
export function workflow({ name, version }: PublishedPackage): string {
  return `name: Groundwork
on: [push, pull_request]
permissions:
  contents: read
  security-events: write
jobs:
  groundwork:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      # 0: nothing found, 1: findings, which code scanning shows; anything else is a failure.
      - run: npx --yes ${name}@${version} check --format sarif > groundwork.sarif || [ $? -eq 1 ]
      - uses: github/codeql-action/upload-sarif@v4
        with:
          sarif_file: groundwork.sarif
`;
}
