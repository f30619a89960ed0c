import { dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { CancellationToken } from "vscode-languageserver";
import { minimalEdit } from "../core/edit.ts";
import { usesUv } from "../host/uses-uv.ts";
import type { Workspace } from "../host/workspace.ts";
import { type PinnedFile, pinAndSortFile, pinFile } from "../pins/pin-file.ts";
import { toDocumentEdits } from "./convert.ts";
import type { OpenDocument } from "./document.ts";
import { mayUseEnvironment } from "./own-environment.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";
import { tellWithLogs } from "./tell.ts";

type Values = readonly unknown[];

export function pinOne(session: Session, [uri, line]: Values, token: CancellationToken): Promise<unknown> {
  return pinDocument(session, uri, token, (request) => pinFile({ ...request, line: Number(line) }));
}

export function pinRequirements(session: Session, [uri]: Values, token: CancellationToken): Promise<unknown> {
  return pinDocument(session, uri, token, pinFile);
}

export function pinAndSort(session: Session, [uri]: Values, token: CancellationToken): Promise<unknown> {
  return pinDocument(session, uri, token, pinAndSortFile);
}

type Request = Parameters<typeof pinFile>[0];
type Pin = (request: Request) => Promise<PinnedFile>;

/**
 * Pins an open requirements file. Asks before versions of a shared environment count, and before the package index is
 * asked; a document that changed meanwhile is left alone.
 */
async function pinDocument(session: Session, uri: unknown, token: CancellationToken, pin: Pin): Promise<unknown> {
  const document = session.documents.get(String(uri));
  if (!document) return undefined;
  const { version } = document;
  if (!(await agreesWithEnvironment(session, document.workspace))) return undefined;
  const request: Request = {
    path: document.path,
    text: document.text,
    folder: dirname(join(document.workspace.root, document.path)),
    environment: document.workspace.environment,
    network: false,
    usesUv: usesUv(document.workspace.root),
  };
  let result = await pin(request);
  const absent = result.left.filter(({ code }) => code === "absent");
  if (absent.length > 0 && request.environment && (await mayAsk(session, document.workspace, absent))) {
    const title = l10n.t("Looking up versions");
    result = await withProgress(session, title, token, (signal, report) =>
      pin({ ...request, network: true, signal, onProgress: report }),
    );
  }
  if (result.refused === undefined && !(await apply(session, document, version, result.text))) return undefined;
  tell(session, result);
  if (result.refused !== undefined) return undefined;
  return { pinned: result.pinned.length, left: result.left };
}

/** Asks before versions of an environment count that is not the project's own. */
export function agreesWithEnvironment(session: Session, workspace: Workspace): Promise<boolean> {
  return mayUseEnvironment(session, workspace, {
    none: l10n.t(
      "This folder has no Python environment to take versions from. Create one first; the file was left as it is.",
    ),
    shared: l10n.t(
      "{0} is shared by all projects, so its versions need not be those of this one.",
      workspace.environment?.prefix ?? "",
    ),
    anyway: l10n.t("Use It Anyway"),
  });
}

/** The setting `groundwork.network` answers, or the person does. */
export async function mayAsk(session: Session, workspace: Workspace, absent: PinnedFile["left"]): Promise<boolean> {
  const network = session.folders.networkOf(workspace);
  return network === "ask" ? agreesToAsk(session, absent) : network === "always";
}

async function agreesToAsk({ connection }: Session, absent: PinnedFile["left"]): Promise<boolean> {
  const ask = { title: l10n.t("Ask the Package Index") };
  const leave = { title: l10n.t("Leave Them") };
  const names = absent.map(({ name }) => name).join(", ");
  const question = l10n.t("Not installed in this environment: {0}. Ask the package index for their versions?", names);
  const answer = await connection.window.showInformationMessage(question, ask, leave);
  return answer?.title === ask.title;
}

/** One minimal edit of the version that was read; false, and said, when the document changed meanwhile. */
async function apply(session: Session, document: OpenDocument, version: number, text: string): Promise<boolean> {
  const edit = minimalEdit(document.text, text);
  const unchanged = document.version === version;
  if (unchanged && !edit) return true;
  const applied =
    unchanged && edit
      ? await session.connection.workspace.applyEdit({ documentChanges: toDocumentEdits(document, [edit]) })
      : undefined;
  if (applied?.applied) return true;
  session.connection.window.showWarningMessage(
    l10n.t("The file was changed meanwhile, so it was left as it is. Run the command again."),
  );
  return false;
}

/** At most this many reasons fit a notification; all of them go to the log. */
const shownReasons = 3;

function tell({ connection }: Session, result: PinnedFile): void {
  if (result.refused !== undefined) {
    connection.window.showWarningMessage(l10n.t("The file was left as it is. {0}", result.refused));
    return;
  }
  for (const warning of result.warnings) connection.window.showWarningMessage(warning);
  if (result.left.length === 0) {
    connection.window.showInformationMessage(
      result.pinned.length === 0
        ? l10n.t("Every requirement fixes its version.")
        : l10n.t("Requirements pinned: {0}.", result.pinned.length),
    );
    return;
  }
  // By name and not by line, since sorting moves the lines.
  const reasons = result.left.map(({ name, reason }) =>
    reason.includes(name) ? reason : l10n.t("{0}: {1}", name, reason),
  );
  for (const reason of reasons) connection.console.info(reason);
  const shown = reasons.slice(0, shownReasons).join("; ");
  const more =
    reasons.length > shownReasons ? l10n.t("; and {0} more, see the log", reasons.length - shownReasons) : "";
  const message = l10n.t("Requirements pinned: {0}. Left: {1}", result.pinned.length, `${shown}${more}.`);
  // Not awaited: the person may leave the message standing.
  void tellWithLogs(connection, "warning", message);
}
