import {
  type CancellationToken,
  type ClientCapabilities,
  ExecuteCommandRequest,
  type NotebookDocumentSyncOptions,
  type ServerCapabilities,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { codeActions, resolvedAction } from "./chosen-action.ts";
import { codeActionKinds } from "./code-actions.ts";
import { commands, execute } from "./commands.ts";
import { copiesAt } from "./copies.ts";
import { duplicates } from "./duplicates.ts";
import { hover } from "./hover.ts";
import type { Overview } from "./overview.ts";
import { promotionAt } from "./promotion-requests.ts";
import { findingsIn, readiness } from "./readiness.ts";
import { newName, prepareRename, rename, renameCapability } from "./rename.ts";
import { type ReportParams, reportOf } from "./report.ts";
import { answerRequirementsFeatures, requirementsCapabilities } from "./requirements-features.ts";
import type { Session } from "./session.ts";
import { stagesOf } from "./stage-commands.ts";

/** Answers whatever the client may ask between its greeting and the end. */
export function answerRequests(session: Session, overview: Overview): void {
  const { connection, diagnostics, documents } = session;
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }) => {
    const view = documents.viewOf(textDocument.uri);
    return view ? diagnostics.report(view, previousResultId) : { kind: "full", items: [] };
  });
  connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token) =>
    diagnostics.workspaceReport(previousResultIds, token),
  );
  connection.onRequest("groundwork/newName", () => newName(session));
  connection.onRequest("groundwork/copiesAt", (params: TextDocumentPositionParams) => copiesAt(session, params));
  connection.onRequest(
    "groundwork/duplicates",
    alone((token) => duplicates(session, overview, token)),
  );
  connection.onRequest(
    "groundwork/readiness",
    alone((token) => readiness(session, overview, token)),
  );
  connection.onRequest("groundwork/report", (params: ReportParams, token: CancellationToken) =>
    reportOf(session, params, token),
  );
  connection.onRequest("groundwork/findingsIn", (params: { uri: string; rule: string }) => findingsIn(session, params));
  connection.onCodeAction((params) => codeActions(session, params));
  connection.onCodeActionResolve((action) => resolvedAction(session, action));
  connection.onPrepareRename((params) => prepareRename(session, params));
  connection.onRenameRequest((params) => rename(session, params));
  connection.onHover((params) => hover(session, params));
  answerRequirementsFeatures(connection, session);
  // Not `onExecuteCommand`: that hides whether the client asked for progress.
  connection.onRequest(ExecuteCommandRequest.type, (params, token) => {
    const { workDoneToken: shown } = params;
    const workDone = shown === undefined ? undefined : connection.window.attachWorkDoneProgress(shown);
    return execute({ ...session, ...(workDone && { workDone }) }, params, token);
  });
  connection.onRequest("groundwork/promotion", ({ uri }: { uri: string }) => promotionAt(session, uri));
  connection.onRequest("groundwork/stages", ({ uris }: { uris: string[] }) => stagesOf(session, uris));
}

/** Takes no parameters, whatever comes: the token is what the library hands over last. */
function alone<Result>(answer: (token: CancellationToken) => Result): (...given: readonly unknown[]) => Result {
  return (...given) => answer(given.at(-1) as CancellationToken);
}

/** What the client is told that it may ask. */
export function capabilities(
  client: ClientCapabilities,
  notebookDocumentSync: NotebookDocumentSyncOptions,
): ServerCapabilities {
  return {
    notebookDocumentSync,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    diagnosticProvider: { identifier: "groundwork", interFileDependencies: true, workspaceDiagnostics: true },
    codeActionProvider: { codeActionKinds, resolveProvider: true },
    hoverProvider: true,
    ...requirementsCapabilities(client),
    ...renameCapability(client),
    executeCommandProvider: { commands: Object.keys(commands), workDoneProgress: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
