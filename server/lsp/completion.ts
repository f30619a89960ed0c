import { dirname, join, posix } from "node:path";
import { setTimeout } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
} from "vscode-languageserver";
import { knownDistributions } from "../host/known-distributions.ts";
import { normalizedName, type PythonEnvironment } from "../project/project.ts";
import { type Completing, completingAt } from "../requirements/completion.ts";
import type { RequirementsFile } from "../requirements/model.ts";
import { optionsBehind, optionsOfLine } from "../requirements/options.ts";
import { toRange } from "./convert.ts";
import type { OpenDocument } from "./document.ts";
import { requirementsDocument } from "./requirements-document.ts";
import type { Session } from "./session.ts";

export const completionTriggers = ["=", "<", ">", "~", "[", ",", "-"];

/** Completion waits so many milliseconds for the package index; its answer is there when the person types on. */
const patience = 1000;

/** What may stand at a place of a requirements file: names, versions, extras, options, files. */
export async function completion(
  session: Session,
  params: CompletionParams,
): Promise<CompletionList | CompletionItem[]> {
  const open = requirementsDocument(session, params.textDocument.uri);
  if (!open) return [];
  const { document, file } = open;
  const { line, character } = params.position;
  const completing = completingAt(file, document.lines.offsetAt({ line, column: character }));
  if (!completing) return [];
  const range = toRange(document.lines.rangeOf(completing.at));
  const { choices, isIncomplete = false } = await choicesFor(session, document, file, completing);
  const items = choices.map(({ text, ...item }, index) => ({
    label: text,
    // The order of the choices is the order that is shown.
    sortText: String(index).padStart(5, "0"),
    filterText: text,
    textEdit: { range, newText: text },
    ...item,
  }));
  return { isIncomplete, items };
}

interface Choices {
  readonly choices: readonly Choice[];
  /** Somebody else has not answered yet. */
  readonly isIncomplete?: boolean;
}

interface Choice extends Pick<CompletionItem, "detail" | "kind" | "preselect"> {
  readonly text: string;
}

async function choicesFor(
  session: Session,
  document: OpenDocument,
  file: RequirementsFile,
  completing: Completing,
): Promise<Choices> {
  switch (completing.kind) {
    case "name":
      return { choices: nameChoices(document, file, completing) };
    case "version":
      return versionChoices(session, document, file, completing);
    case "extra":
      return { choices: await extraChoices(session, document, completing) };
    case "option":
      return { choices: optionChoices(completing.isBehind ? optionsBehind : optionsOfLine) };
    case "path":
      return { choices: pathChoices(document) };
  }
}

function optionChoices(options: readonly string[]): Choice[] {
  return options.map((text) => ({ text, kind: CompletionItemKind.Keyword }));
}

/** What the file names already elsewhere comes last. */
function nameChoices({ workspace, path }: OpenDocument, file: RequirementsFile, { at }: Completing): Choice[] {
  const here = new Set(
    file.entries.flatMap(({ name, nameAt }) => (name && nameAt?.start !== at.start ? [normalizedName(name)] : [])),
  );
  const known = [...knownDistributions(workspace, path, workspace.environment)].sort(
    ([a], [b]) => Number(here.has(a)) - Number(here.has(b)) || (a < b ? -1 : 1),
  );
  const environment = workspace.environment?.name ?? "";
  return known.map(([, { name, version, isInstalled }]) => ({
    text: name,
    kind: CompletionItemKind.Module,
    ...(version !== undefined && {
      detail: isInstalled ? l10n.t("{0} in {1}", version, environment) : version,
    }),
  }));
}

/** Installed or locked first; the package index is asked only where the setting says so. */
async function versionChoices(
  session: Session,
  document: OpenDocument,
  file: RequirementsFile,
  { name }: Extract<Completing, { kind: "version" }>,
): Promise<Choices> {
  const { workspace, path } = document;
  const { environment } = workspace;
  const known = knownDistributions(workspace, path, workspace.environment).get(normalizedName(name));
  const first = known?.version === undefined ? [] : [knownVersion(known.version, known.isInstalled, environment)];
  if (!environment || session.folders.networkOf(workspace) !== "always") return { choices: first };
  const folder = dirname(join(workspace.root, path));
  const asked = session.index.of({ file, name, environment, folder });
  const offered = await Promise.race([asked, setTimeout(patience, undefined, { ref: false })]);
  const others = offered?.filter((text) => text !== first[0]?.text) ?? [];
  const choices = [...first, ...others.map((text) => ({ text, kind: CompletionItemKind.Value }))];
  return { choices, isIncomplete: offered === undefined };
}

/** Without the local label (`+cu121`), which no index knows. */
function knownVersion(version: string, isInstalled: boolean, environment: PythonEnvironment | undefined): Choice {
  return {
    text: version.replace(/\+.*$/, ""),
    kind: CompletionItemKind.Value,
    preselect: true,
    detail: isInstalled ? l10n.t("installed in {0}", environment?.name ?? "") : l10n.t("fixed in this project"),
  };
}

async function extraChoices(
  session: Session,
  { workspace }: OpenDocument,
  { name, given }: Extract<Completing, { kind: "extra" }>,
): Promise<Choice[]> {
  const { environment } = workspace;
  const metadata = environment && (await session.metadata.of(environment, name));
  const present = new Set(given.map(normalizedName));
  return (metadata?.extras ?? [])
    .filter((extra) => !present.has(normalizedName(extra)))
    .map((text) => ({ text, kind: CompletionItemKind.Field }));
}

/** The other requirements files of the project, as `-r` names them: relative to this one. */
function pathChoices({ workspace, path }: OpenDocument): Choice[] {
  return workspace.paths
    .filter((other) => other !== path && workspace.languageOf(other)?.grammar === "requirements")
    .map((other) => ({ text: posix.relative(posix.dirname(path), other), kind: CompletionItemKind.File }));
}
