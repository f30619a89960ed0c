import { statSync } from "node:fs";
import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { configurationOf, projectRootOf } from "../host/project-root.ts";
import { Workspace } from "../host/workspace.ts";
import { isNotebook } from "../languages.ts";
import { cellsOf } from "../notebook/cells.ts";
import { displayPath, loadFiles } from "./files.ts";
import type { ExitCode } from "./main.ts";
import { placeOf } from "./place.ts";

/** `groundwork clones`: 0, or 2 for wrong usage or something unreadable. */
export function clones(path: string | undefined, options: { readonly format: "text" | "json" }): ExitCode {
  const start = path ?? ".";
  if (!statSync(start, { throwIfNoEntry: false })) {
    console.error(`groundwork: ${start}: ${l10n.t("there is no such file or folder")}`);
    return 2;
  }
  const root = projectRootOf(start, process.cwd());
  const configuration = configurationOf(root);
  for (const problem of configuration.problems) console.error(`groundwork: ${problem}`);
  const workspace = new Workspace(root, configuration.settings);
  loadFiles(workspace, [start]);
  const classes = workspace.clones().map((found) => ({
    kind: found.kind,
    tokens: found.tokens,
    copies: found.copies.map(({ path, range }) => {
      const cells = isNotebook(path) ? cellsOf(workspace.textOf(path) ?? "") : [];
      const { cell, line: startLine } = placeOf(range.start, undefined, cells);
      const place = { file: displayPath(resolve(root, path)), ...(cell !== undefined && { cell }) };
      return { ...place, startLine, endLine: startLine + range.end.line - range.start.line };
    }),
  }));
  if (options.format === "json") {
    const files = workspace.paths.filter((each) => workspace.languageOf(each)?.grammar === "python").length;
    process.stdout.write(`${JSON.stringify({ classes, files, lines: workspace.lines })}\n`);
  } else {
    for (const { kind, tokens, copies } of classes) {
      process.stdout.write(`${kindName(kind)}, ${l10n.t("{0} tokens", tokens)}\n`);
      for (const copy of copies) process.stdout.write(`  ${linesText(copy)}\n`);
    }
    process.stdout.write(`${l10n.t("Clone classes: {0}.", classes.length)}\n`);
  }
  for (const error of workspace.errors.values()) console.error(`groundwork: ${error.path}: ${error.message}`);
  if (workspace.errors.size > 0) return 2;
  return 0;
}

function linesText({ file, cell, startLine, endLine }: CopyPlace): string {
  return [file, ...(cell === undefined ? [] : [l10n.t("cell {0}", cell)]), `${startLine}-${endLine}`].join(":");
}

interface CopyPlace {
  readonly file: string;
  readonly cell?: number;
  readonly startLine: number;
  readonly endLine: number;
}

function kindName(kind: "exact" | "renamed" | "gapped"): string {
  if (kind === "exact") return l10n.t("exact copies");
  return kind === "renamed" ? l10n.t("renamed copies") : l10n.t("copies with gaps");
}
