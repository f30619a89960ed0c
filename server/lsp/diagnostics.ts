import * as l10n from "@vscode/l10n";
import type {
  CancellationToken,
  Diagnostic,
  DocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { CloneClass } from "../clones/clone-class.ts";
import type { Finding } from "../core/rule.ts";
import { Lines, type Range } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import { isNotebook } from "../languages.ts";
import { cellAtLine, cellsOf } from "../notebook/cells.ts";
import type { Dependencies } from "../project/dependencies.ts";
import type { Learning } from "../project/learning.ts";
import { Asked } from "./asked.ts";
import { toDiagnostic } from "./convert.ts";
import type { Documents, View } from "./documents.ts";
import type { Folders, Place } from "./folders.ts";

/** So many milliseconds after a change the whole workspace is looked at again: not at every keystroke. */
const quiet = 200;

/** The findings of a file with the id under which a client may know them already. */
interface Result {
  readonly id: string;
  readonly findings: readonly Finding[];
  /** Those that the baseline file holds, and that are not told. */
  readonly known: readonly Finding[];
  /** By the document that each is in: a notebook's are in its cells. */
  readonly items: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly classes: readonly CloneClass[];
  readonly asked?: Asked;
}

/** Of a document that is too large. */
const nothing: Result = { id: "0", findings: [], known: [], items: new Map(), classes: [] };

/** The results of a folder, and what it said as a whole when they were made. */
interface Results {
  readonly byPath: Map<string, Result>;
  readonly dependencies: Dependencies | undefined;
  readonly learning: Learning | undefined;
  /** The files whose findings that decided. */
  readonly telling: readonly string[];
}

/**
 * Findings by file, computed when asked for and kept until something they depend on changes: the file itself, a file
 * that shares a copy with it, a requirements file that names it, or what a rule asked about others ({@link Asked}).
 */
export class Diagnostics {
  readonly #folders: Folders;
  readonly #documents: Documents;
  /** Folder of the rules' pages, as a URI. */
  docs: string | undefined;
  /** Told after each change of anything. */
  onChange: () => void = () => undefined;
  readonly #results = new Map<Workspace, Results>();
  #counter = 0;
  #waiting: (() => void)[] = [];
  /** How often something changed. */
  #changes = 0;

  constructor(folders: Folders, documents: Documents) {
    this.#folders = folders;
    this.#documents = documents;
  }

  resultOf({ workspace, path }: Place): Result {
    if (this.#documents.isLarge({ workspace, path })) return nothing;
    const known = this.#resultsOf(workspace).get(path);
    if (known?.asked?.isAnsweredAlike) return known;
    const file = this.#documents.at(workspace, path);
    const asked = new Asked(workspace, path);
    const report = workspace.report(path, file?.module, { project: asked.project });
    const { findings, known: recorded } = report ?? { findings: [], known: [] };
    const lines = file?.lines ?? new Lines(findings.length > 0 ? (workspace.textOf(path) ?? "") : "");
    const items = new Map<string, Diagnostic[]>();
    for (const finding of findings) {
      for (const other of finding.related ?? []) asked.about(other.path);
      const { uri, range } = this.#documents.locationOf({ workspace, path }, lines.rangeOf(finding.at));
      const locate = (other: string, at: Range) => this.#documents.locationOf({ workspace, path: other }, at);
      const told = file || !isNotebook(path) ? finding : withCell(finding, lines);
      items.set(uri, [...(items.get(uri) ?? []), toDiagnostic(told, range, locate, this.docs)]);
    }
    const classes = workspace.languageOf(path)?.grammar === "python" ? workspace.clonesOf(path) : [];
    const result = { id: String(++this.#counter), findings, known: recorded, items, classes, asked };
    this.#resultsOf(workspace).set(path, result);
    return result;
  }

  /** The clone classes with a copy in this file. */
  classesOf(place: Place): readonly CloneClass[] {
    return this.resultOf(place).classes;
  }

  /** Does `change` and forgets what it made untrue: the results of the file and of those it shares copies with. */
  around(place: Place, change: () => void): void {
    const before = partnersOf(place);
    change();
    const results = this.#resultsOf(place.workspace);
    for (const path of [place.path, ...before, ...partnersOf(place)]) results.delete(path);
    this.wake();
  }

  forget(workspace: Workspace): void {
    this.#results.delete(workspace);
    this.wake();
  }

  report({ file, uri }: View, previousId: string | undefined): DocumentDiagnosticReport {
    const { id, items } = this.resultOf(file);
    if (id === previousId) return { kind: "unchanged", resultId: id };
    return { kind: "full", resultId: id, items: [...(items.get(uri) ?? [])] };
  }

  /**
   * Answers at once when the client knows nothing yet, else as soon as something differs from what it knows: the
   * request stays open meanwhile, as the protocol recommends.
   */
  async workspaceReport(
    previousIds: readonly { uri: string; value: string }[],
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(previousIds.map(({ uri, value }) => [uri, value]));
    for (;;) {
      await this.#folders.settled();
      const seen = this.#changes;
      const items = await this.#changedReports(known, token);
      if (items.length > 0 || known.size === 0 || token.isCancellationRequested) return { items };
      // What changed during the look, behind the place that it had reached, wakes nobody any more.
      if (this.#changes === seen) await this.#nextChange(token);
      await pause(quiet, token);
    }
  }

  async #changedReports(known: ReadonlyMap<string, string>, token: CancellationToken) {
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const current = new Set<string>();
    let started = performance.now();
    for (const { workspace, path } of this.#folders.files()) {
      const document = this.#documents.at(workspace, path);
      const uri = document?.uri ?? this.#folders.uriOf(workspace, path);
      current.add(uri);
      const result = this.resultOf({ workspace, path });
      const before = known.get(uri);
      const own = result.items.get(uri) ?? [];
      const differs = before === undefined ? own.length > 0 : before !== result.id;
      if (differs) {
        const version = document?.version ?? null;
        items.push({ kind: "full", uri, version, resultId: result.id, items: [...own] });
      }
      if (performance.now() - started < 8) continue;
      await new Promise(setImmediate);
      if (token.isCancellationRequested) return items;
      started = performance.now();
    }
    for (const uri of known.keys()) {
      if (!current.has(uri)) items.push({ kind: "full", uri, version: null, items: [] });
    }
    return items;
  }

  /** Those that still hold, whatever happened since they were asked for last. */
  #resultsOf(workspace: Workspace): Map<string, Result> {
    const { dependencies, learning } = workspace;
    const known = this.#results.get(workspace);
    if (known && known.dependencies === dependencies && known.learning === learning) return known.byPath;
    const telling = [...tellingOf(dependencies), ...(learning?.telling ?? [])];
    const byPath = known?.byPath ?? new Map<string, Result>();
    for (const path of [...(known?.telling ?? []), ...telling]) byPath.delete(path);
    if (known?.dependencies !== dependencies) for (const path of declaringIn(workspace)) byPath.delete(path);
    this.#results.set(workspace, { byPath, dependencies, learning, telling });
    return byPath;
  }

  #nextChange(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      token.onCancellationRequested(() => resolve());
    });
  }

  /** Something that is told is another one now. */
  wake(): void {
    this.#changes++;
    this.onChange();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** A closed notebook has no lines for the editor: the message says where it is. */
function withCell(finding: Finding, lines: Lines): Finding {
  const { line } = lines.positionAt(finding.at.start);
  const cell = cellAtLine(cellsOf(lines.text), line);
  if (!cell) return finding;
  const message = l10n.t("Cell {0}, line {1}: {2}", cell.index + 1, line - cell.line + 1, finding.message);
  return { ...finding, message };
}

function pause(milliseconds: number, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    token.onCancellationRequested(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The files whose findings a change of this one may touch: those it shares copies with, and, for a requirements file, all others. */
function partnersOf({ workspace, path }: Place): string[] {
  const isRequirements = (other: string) => workspace.languageOf(other)?.grammar === "requirements";
  if (isRequirements(path) || workspace.isIncluded(path)) return workspace.paths.filter(isRequirements);
  return workspace.clonesOf(path).flatMap((found) => found.copies.map((copy) => copy.path));
}

/** The files at which it is told what the project imports and does not declare. */
function tellingOf(dependencies: Dependencies | undefined): string[] {
  const { modules, first } = dependencies?.undeclared ?? {};
  return [...(modules?.keys() ?? []), ...(first ? [first.path] : [])];
}

function declaringIn(workspace: Workspace): string[] {
  return workspace.paths.filter((path) => workspace.languageOf(path)?.grammar !== "python");
}
