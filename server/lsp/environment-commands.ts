import * as l10n from "@vscode/l10n";
import type { CancellationToken } from "vscode-languageserver";
import { contentsOf } from "../environments/contents.ts";
import { createEnvironment } from "../environments/create.ts";
import { missingIgnoreLine } from "../environments/git-ignore.ts";
import { removeEnvironment } from "../environments/half-made.ts";
import { pythonOf } from "../environments/layout.ts";
import type { HalfMade, Outcome } from "../environments/outcome.ts";
import { type CreateRequest, makesConda } from "../environments/request.ts";
import { defaultsFor, type EnvironmentDefaults } from "../host/environment-request.ts";
import { workspaceOf } from "./create-requirements-command.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";
import { tellWithLogs } from "./tell.ts";
import { mayRunPrograms } from "./trust.ts";

export async function environmentDefaults(
  session: Session,
  [folder, kind]: readonly unknown[],
): Promise<EnvironmentDefaults | undefined> {
  // Nobody is asked how an environment should be that may not be made.
  if (!(await mayRunPrograms(session))) return undefined;
  return defaultsFor(
    session.folders.pathOf(String(folder)) ?? "/",
    kind === "venv" || kind === "conda" ? kind : undefined,
  );
}

/** What the editor sends; what it leaves out follows from the project. */
interface Wanted {
  readonly folder: string;
  readonly tool?: CreateRequest["tool"];
  readonly executable?: string;
  readonly name?: string;
  /** A folder in place of a name. */
  readonly prefix?: string;
  readonly python?: string;
  /** What it is filled with: requirements files, environment.yml, pyproject.toml. */
  readonly files?: readonly string[];
  /** The editor tells of success itself, together with what it offers next. */
  readonly tellsSuccess?: boolean;
}

/** `python` is the interpreter that the folder should use from now on, where there is one. */
interface Answer {
  readonly outcome: Outcome["outcome"] | "used";
  readonly python?: string;
  readonly message?: string;
  /** The line that would keep it out of git, where nothing does yet. */
  readonly ignoreLine?: string;
}

/** Makes an environment, asks before anything that exists is replaced, and says what came of it. */
export async function createEnvironmentCommand(
  session: Session,
  [argument]: readonly unknown[],
  token: CancellationToken,
): Promise<Answer> {
  if (!(await mayRunPrograms(session))) return { outcome: "failed" };
  const request = await requestOf(session, argument);
  if (!request) {
    const message = l10n.t(
      "No program that makes environments was found, or no folder was named. Nothing was created.",
    );
    session.connection.window.showErrorMessage(message);
    return { outcome: "failed" };
  }
  let outcome = await create(session, request, token);
  if (outcome.outcome === "exists") {
    const replace = { title: l10n.t("Delete and Create Anew") };
    const use = { title: l10n.t("Use It") };
    const answer = await session.connection.window.showWarningMessage(outcome.message, use, replace);
    if (answer?.title === use.title) return used(outcome.prefix);
    if (answer?.title !== replace.title) return { outcome: outcome.outcome };
    outcome = await create(session, { ...request, replaceExisting: true }, token);
  }
  await session.folders.refreshEnvironments();
  const isTold = outcome.outcome === "created" && (argument as Partial<Wanted>).tellsSuccess === true;
  // Not awaited: the person may leave the message standing.
  if (!isTold) void tell(session, outcome);
  const { message } = outcome;
  if (!("python" in outcome)) return { outcome: outcome.outcome, message };
  const ignoreLine = await missingIgnoreLine(request.folder, outcome.prefix);
  return { outcome: outcome.outcome, message, python: outcome.python, ...(ignoreLine && { ignoreLine }) };
}

async function used(prefix: string): Promise<Answer> {
  const python = await pythonOf(prefix);
  return { outcome: "used", ...(python && { python }) };
}

async function requestOf(session: Session, argument: unknown): Promise<CreateRequest | undefined> {
  const wanted = wantedIn(session, argument);
  if (!wanted) return undefined;
  const folder = session.folders.pathOf(wanted.folder);
  if (folder === undefined || !workspaceOf(session, wanted.folder)) return undefined;
  const wantsVenv = wanted.tool === "venv" || wanted.tool === "uv";
  const defaults = await defaultsFor(folder, wanted.tool && (wantsVenv ? "venv" : "conda"));
  const [preferred] = defaults.tools;
  const tool = wanted.tool ?? preferred?.tool;
  const executable = wanted.executable ?? preferred?.executable;
  if (!tool || !executable) return undefined;
  const prefix = wanted.prefix ?? (makesConda(tool) ? undefined : ".venv");
  const python = wanted.python ?? defaults.python;
  return {
    tool,
    executable,
    target: prefix === undefined ? { name: wanted.name ?? defaults.name } : { prefix },
    ...(python && tool !== "venv" ? { pythonVersion: python } : {}),
    ...(tool === "venv" && defaults.python ? { declaredPython: defaults.python } : {}),
    ...contentsOf(wanted.files ?? defaults.chosen),
    folder,
  };
}

/** A fix tells only a file of the folder; then everything follows from the project. */
function wantedIn(session: Session, argument: unknown): Wanted | undefined {
  if (typeof argument === "object" && argument !== null && "folder" in argument) return argument as Wanted;
  const workspace = typeof argument === "string" ? workspaceOf(session, argument) : undefined;
  return workspace && { folder: session.folders.uriOf(workspace, "") };
}

async function create(session: Session, request: CreateRequest, token: CancellationToken): Promise<Outcome> {
  const title = l10n.t("Creating the environment");
  const outcome = await withProgress(session, title, token, (signal, report) =>
    createEnvironment(request, {
      env: process.env,
      signal,
      onProgress: ({ message, percentage }) => report(message, percentage),
    }),
  );
  session.connection.console.info(`${outcome.log}\n${outcome.message}`);
  return outcome;
}

async function tell(session: Session, outcome: Outcome): Promise<void> {
  const { window } = session.connection;
  switch (outcome.outcome) {
    case "created":
      window.showInformationMessage(outcome.message);
      return;
    case "pip-failed":
      await tellWithLogs(session.connection, "warning", outcome.message);
      return;
    case "exists":
      return;
    case "failed":
    case "cancelled":
      await tellFailure(session, outcome.message, outcome.halfMade);
  }
}

async function tellFailure(session: Session, message: string, halfMade: HalfMade | undefined): Promise<void> {
  const { window } = session.connection;
  if (!halfMade) {
    await tellWithLogs(session.connection, "error", message);
    return;
  }
  const remove = { title: l10n.t("Remove What Was Begun") };
  const answer = await window.showWarningMessage(message, remove);
  if (answer?.title !== remove.title) return;
  const removal = await removeEnvironment(halfMade);
  if (removal.removed) window.showInformationMessage(l10n.t("{0} was removed.", halfMade.prefix));
  else window.showErrorMessage(removal.message);
}
