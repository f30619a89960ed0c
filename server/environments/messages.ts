import * as l10n from "@vscode/l10n";
import { masked } from "../core/credentials.ts";
import type { FailureReason } from "./outcome.ts";

export interface Failure {
  readonly reason: FailureReason;
  /** conda's own words, package names or URLs; may be empty. */
  readonly detail: string;
}

/** What a failed run left behind. */
export type Left =
  | { readonly left: "nothing" }
  | { readonly left: "half-made"; readonly prefix: string }
  | { readonly left: "previous"; readonly prefix: string }
  /** Nothing was to be made: an existing environment is as it was, or has part of what it should get. */
  | { readonly left: "unchanged" | "updated"; readonly prefix: string }
  | { readonly left: "aside"; readonly prefix: string };

/** What happened, what was left as it was, and what to do next. */
export function failureMessage(tool: string, failure: Failure, left: Left): string {
  const detail = masked(failure.detail).replace(/[.:\s]+$/, "") || l10n.t("no reason was given");
  return `${happened(tool, failure.reason, detail)} ${leftMessage(left)} ${next(failure.reason, detail)}`;
}

function happened(tool: string, reason: FailureReason, detail: string): string {
  switch (reason) {
    case "not-started":
      return l10n.t("{0} could not be started: {1}.", tool, detail);
    case "packages-not-found":
      return l10n.t("{0} does not find these packages in its channels: {1}.", tool, detail);
    case "unsatisfiable":
      return l10n.t("{0} finds no versions that go together: {1}.", tool, detail);
    case "network":
      return l10n.t("{0} could not reach its channel: {1}.", tool, detail);
    case "terms-of-service":
      return l10n.t("{0} wants the terms of service of its channels accepted first: {1}.", tool, detail);
    case "read-only":
      return l10n.t("{0} may not write there: {1}.", tool, detail);
    case "disk-full":
      return l10n.t("The disk is full: {0}.", detail);
    case "bad-name":
      return l10n.t("{0} refused the environment's name: {1}.", tool, detail);
    case "arguments":
      return l10n.t("{0} did not understand how it was called: {1}.", tool, detail);
    case "bad-spec":
      return l10n.t("{0} cannot read what it was asked for: {1}.", tool, detail);
    case "bad-file":
      return l10n.t("{0} cannot read the environment file: {1}.", tool, detail);
    case "question":
      return l10n.t(
        "{0} wanted to ask something, which cannot be answered here, and ended without doing anything.",
        tool,
      );
    case "crashed":
      return l10n.t("{0} broke down with an error of its own: {1}.", tool, detail);
    case "not-an-environment":
      return l10n.t("{0} finds no environment in that place: {1}.", tool, detail);
    case "exists":
      return l10n.t("{0} found an environment in that place: {1}.", tool, detail);
    case "frozen":
      return l10n.t("{0} may not change that environment, which is marked as frozen: {1}.", tool, detail);
    case "pip-failed":
      return l10n.t("{0} made the environment, but pip could not install the file's `pip:` list: {1}.", tool, detail);
    case "timeout":
      return l10n.t("{0} did not end within its time, and was stopped: {1}.", tool, detail);
    case "no-ensurepip":
      return l10n.t("This Python cannot make virtual environments: {0}.", detail);
    case "nothing-made":
      return l10n.t("{0} reported success, but there is no Python in the environment.", tool);
    case "unreadable":
      return l10n.t("{0} gave an answer that could not be read: {1}.", tool, detail);
    default:
      return l10n.t("{0} failed: {1}.", tool, detail);
  }
}

function leftMessage(left: Left): string {
  if (left.left === "nothing") return l10n.t("No environment was created.");
  if (left.left === "previous") return l10n.t("The previous environment {0} is back as it was.", left.prefix);
  if (left.left === "unchanged") return l10n.t("The environment {0} is as it was.", left.prefix);
  if (left.left === "updated") return l10n.t("The environment {0} has a part of it already.", left.prefix);
  if (left.left === "aside") return l10n.t("The previous environment is kept at {0}.", left.prefix);
  return l10n.t("An unfinished environment is left at {0}.", left.prefix);
}

function next(reason: FailureReason, detail: string): string {
  switch (reason) {
    case "packages-not-found":
      return l10n.t("Choose another Python version, or add a channel that has them.");
    case "unsatisfiable":
      return l10n.t("Choose another Python version, or loosen the versions asked for.");
    case "network":
      return l10n.t("Check the connection, the proxy and the channels, then try again.");
    case "terms-of-service":
      return l10n.t("Read the terms; if you agree, run this in a terminal and try again: {0}", acceptance(detail));
    case "read-only":
      return l10n.t("Choose a folder that you may write to, such as .conda in the project.");
    case "disk-full":
      return l10n.t("Make room, for example with `conda clean --all`, then try again.");
    case "bad-name":
      return l10n.t("Choose another name.");
    case "arguments":
      return l10n.t("Update it, or choose another tool.");
    case "bad-spec":
    case "bad-file":
    case "pip-failed":
      return l10n.t("Correct the file and try again.");
    case "question":
      return l10n.t("Run its command, which the log shows, in a terminal and answer there.");
    case "crashed":
      return l10n.t("Check the package names and versions it was asked for; if they are right, update it.");
    case "not-an-environment":
      return l10n.t("Create it first, or choose another one.");
    case "exists":
      return l10n.t("Use it, or choose another name.");
    case "frozen":
      return l10n.t("Choose an environment of the project's own.");
    case "timeout":
      return l10n.t("Try again when the machine or the network is less busy; the log shows how far it came.");
    case "no-ensurepip":
      return l10n.t("Install it (on Debian and Ubuntu the package python3-venv), or choose another Python.");
    case "not-started":
      return l10n.t("Check that it is installed, or choose another tool.");
    default:
      return l10n.t("The log shows everything it printed.");
  }
}

/** The command is shown and never run: only the person can agree. */
function acceptance(channels: string): string {
  const urls = channels.split(" ").filter((word) => /^https?:/.test(word));
  return ["conda tos accept --override-channels", ...urls.map((url) => `--channel ${url}`)].join(" ");
}

/** `files` are what it was filled with, and `count` how many distributions it then holds. */
export function createdMessage(
  prefix: string,
  version: string | undefined,
  files: readonly string[],
  count: number,
  declared: string | undefined,
): string {
  const parts = [madeMessage(prefix, version)];
  if (declared !== undefined && version !== undefined && !`${version}.`.startsWith(`${declared}.`)) {
    parts.push(l10n.t("The project asks for Python {0}, which was not found here.", declared));
  }
  if (files.length > 0) {
    const from = files.join(", ");
    parts.push(
      count === 1
        ? l10n.t("Installed from {0}; it holds 1 distribution.", from)
        : l10n.t("Installed from {0}; it holds {1} distributions.", from, count),
    );
  }
  return parts.join(" ");
}

function madeMessage(prefix: string, version: string | undefined): string {
  if (version === undefined) return l10n.t("The environment {0} was created.", prefix);
  return l10n.t("The environment {0} with Python {1} was created.", prefix, version);
}

export function existsMessage(prefix: string): string {
  return l10n.t(
    "There is an environment at {0} already. It was left as it is. Use it, replace it, or choose another name.",
    prefix,
  );
}

/** `tool` is pip or uv. */
export function fillFailedMessage(prefix: string, tool: string, detail: string): string {
  return l10n.t(
    "The environment {0} was created, but {1} could not install the requirements: {2}. The environment was kept. Correct the requirements and install them again.",
    prefix,
    tool,
    masked(detail),
  );
}

export function cancelledMessage(left: Left): string {
  const then = left.left === "half-made" ? l10n.t("Remove it, or keep it and finish it yourself.") : undefined;
  return [l10n.t("The creation was cancelled."), leftMessage(left), then].filter((part) => part).join(" ");
}
