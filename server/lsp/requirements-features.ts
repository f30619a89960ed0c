import {
  type ClientCapabilities,
  type Connection,
  RegistrationType,
  type ServerCapabilities,
} from "vscode-languageserver";
import { completion, completionTriggers } from "./completion.ts";
import { definition } from "./definition.ts";
import { documentLinks } from "./document-links.ts";
import { documentSymbols } from "./document-symbols.ts";
import { foldingRanges } from "./folding-ranges.ts";
import { formatting } from "./formatting.ts";
import type { Session } from "./session.ts";

const selector = [{ language: "pip-requirements" }];

/** What only requirements files have: the request, where a client says it may be registered, and our capability. */
const features = [
  ["textDocument/completion", "completion", { completionProvider: { triggerCharacters: completionTriggers } }],
  ["textDocument/definition", "definition", { definitionProvider: true }],
  ["textDocument/documentLink", "documentLink", { documentLinkProvider: {} }],
  ["textDocument/documentSymbol", "documentSymbol", { documentSymbolProvider: true }],
  ["textDocument/foldingRange", "foldingRange", { foldingRangeProvider: true }],
  ["textDocument/formatting", "formatting", { documentFormattingProvider: true }],
  ["textDocument/rangeFormatting", "rangeFormatting", { documentRangeFormattingProvider: true }],
] as const;

type Feature = (typeof features)[number];

/** What a client that registers nothing is told at once, for all documents alike. */
export function requirementsCapabilities(client: ClientCapabilities): ServerCapabilities {
  return Object.assign(
    {},
    ...features.filter((each) => !registers(client, each)).map(([, , capability]) => capability),
  );
}

/** The others are told for requirements files only, so that nobody takes us for a formatter of Python. */
export async function registerRequirementsFeatures(connection: Connection, client: ClientCapabilities): Promise<void> {
  for (const feature of features.filter((each) => registers(client, each))) {
    const [method, , capability] = feature;
    const options = Object.values(capability).find((each) => typeof each === "object") ?? {};
    await connection.client.register(new RegistrationType<object>(method), { documentSelector: selector, ...options });
  }
}

function registers(client: ClientCapabilities, [, key]: Feature): boolean {
  return client.textDocument?.[key]?.dynamicRegistration === true;
}

export function answerRequirementsFeatures(connection: Connection, session: Session): void {
  connection.onCompletion((params) => completion(session, params));
  connection.onDefinition((params) => definition(session, params));
  connection.onDocumentLinks((params) => documentLinks(session, params));
  connection.onDocumentSymbol((params) => documentSymbols(session, params));
  connection.onFoldingRanges((params) => foldingRanges(session, params));
  connection.onDocumentFormatting((params) => formatting(session, params));
  connection.onDocumentRangeFormatting((params) => formatting(session, params));
}
