import * as l10n from "@vscode/l10n";
import type { Hover, HoverParams } from "vscode-languageserver";
import { messageMarkdown } from "../core/markdown.ts";
import type { Span } from "../core/text.ts";
import { rules } from "../languages.ts";
import { normalizedName, type PythonEnvironment } from "../project/project.ts";
import { describe } from "../requirements/describe.ts";
import { duplicateBlock } from "../rules/production/duplicate-block.ts";
import { fromRange } from "./convert.ts";
import { copiesTold } from "./copies-told.ts";
import type { OpenFile } from "./documents.ts";
import { requirementsDocument } from "./requirements-document.ts";
import type { Session } from "./session.ts";

interface Told {
  readonly at: Span;
  readonly text: string;
}

/** Why a finding matters, in the words of its rule; and what is known of a requirement. */
export async function hover(session: Session, params: HoverParams): Promise<Hover | null> {
  const view = session.documents.viewOf(params.textDocument.uri);
  if (!view) return null;
  const { file } = view;
  const { start: offset } = view.spanOf(fromRange({ start: params.position, end: params.position }));
  const parts = [...findingsAt(session, file, offset), await requirementAt(session, file, offset)];
  const [first, ...others] = parts.filter((part) => part !== undefined);
  if (!first) return null;
  const value = [first, ...others].map(({ text }) => text).join("\n\n---\n\n");
  return {
    contents: { kind: "markdown", value },
    range: session.documents.locationOf(file, file.lines.rangeOf(first.at)).range,
  };
}

function findingsAt(session: Session, document: OpenFile, offset: number): Told[] {
  const findings = session.diagnostics
    .resultOf(document)
    .findings.filter(({ at }) => at.start <= offset && offset <= at.end);
  return rules.flatMap((rule) => {
    const finding = findings.find((each) => each.rule === rule.name);
    if (!finding) return [];
    const copies =
      finding.rule === duplicateBlock.name
        ? copiesTold(session.folders, document, document.lines.lineAt(offset))
        : undefined;
    const reason = reasonOf(rule, session.diagnostics.docs);
    // VS Code shows the message of every finding in its hover but that of a hint.
    const said = finding.severity === "hint" ? messageMarkdown(finding.message) : undefined;
    const text = [said, copies, reason].filter((part) => part !== undefined).join("\n\n");
    return [{ at: finding.at, text }];
  });
}

/** The rule in a line, its reason, which is the first paragraph of its page, and the way to the page. */
function reasonOf(rule: (typeof rules)[number], docs: string | undefined): string {
  const [reason = ""] = rule.why().trim().split("\n\n", 1);
  const page = docs === undefined ? [] : [l10n.t("[More on `{0}`]({1})", rule.name, `${docs}/${rule.name}.md`)];
  return [`**${rule.summary()}**`, reason, ...page].join("\n\n");
}

/** The requirement whose name, extras or versions stand there. */
async function requirementAt(session: Session, document: OpenFile, offset: number): Promise<Told | undefined> {
  const file = requirementsDocument(session, document.uri)?.file;
  const entry = file?.entries.find(
    ({ nameAt, specifierAt }) => nameAt && nameAt.start <= offset && offset <= (specifierAt ?? nameAt).end,
  );
  if (!entry?.nameAt || entry.name === undefined) return undefined;
  const { environment } = document.workspace;
  const text = describe({
    name: entry.name,
    environment: environment?.name,
    installed: environment && (await session.metadata.of(environment, entry.name)),
    modules: environment ? modulesOf(environment, entry.name) : [],
    requiredBy: environment ? await session.metadata.requirersOf(environment, entry.name) : [],
  });
  return { at: entry.nameAt, text };
}

/** What can be imported from an installed distribution; names with an underscore in front are its own affair. */
function modulesOf(environment: PythonEnvironment, name: string): readonly string[] {
  const wanted = normalizedName(name);
  return [...(environment.modules?.() ?? [])]
    .flatMap(([module, names]) => (names.includes(wanted) && !module.startsWith("_") ? [module] : []))
    .sort();
}
