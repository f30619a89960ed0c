import * as l10n from "@vscode/l10n";
import { masked } from "../core/credentials.ts";
import { normalizedName, type PythonEnvironment } from "../project/project.ts";
import { readInstalled } from "./installed.ts";
import { type Installed, installContents, lacksPip } from "./pip.ts";
import { type CreationHost, Session } from "./session.ts";

export interface InstallRequest {
  readonly environment: PythonEnvironment;
  /** Requirements files, relative to `folder` or absolute. */
  readonly requirements: readonly string[];
  /** Absolute path of the project's folder. */
  readonly folder: string;
}

/** What came of {@link installInto}. */
export interface Installation {
  readonly outcome: "installed" | "failed" | "cancelled";
  /** `name==version` of what is there now and was not before, sorted. */
  readonly changed: readonly string[];
  /** One localised text: what happened, what was left as it was, what to do next. */
  readonly message: string;
  /** Everything that was run and what it printed, credentials masked. */
  readonly log: string;
}

/** More than these are counted. */
const shownNames = 6;

/** Installs requirements files with the environment's own pip, or uv where it has none. Never rejects for what they do. */
export async function installInto(request: InstallRequest, host: CreationHost): Promise<Installation> {
  const { environment, requirements, folder } = request;
  const session = new Session(host, folder);
  const installed = () => readInstalled(environment.prefix, environment.version, host.env);
  const before = await installed();
  const { by, reason } = await installContents(session, environment, { requirements }, folder);
  const changed = [...(await installed()).values()]
    .filter(({ name, version }) => before.get(normalizedName(name))?.version !== version)
    .map(({ name, version }) => `${name}==${version}`)
    .sort();
  const { log } = session;
  if (session.cancelled) return { outcome: "cancelled", changed, message: cancelledMessage(environment, changed), log };
  if (reason === undefined)
    return { outcome: "installed", changed, message: doneMessage(environment, by, changed), log };
  return { outcome: "failed", changed, message: failedMessage(environment, by, reason), log };
}

function doneMessage({ name }: PythonEnvironment, by: Installed["by"], changed: readonly string[]): string {
  if (changed.length === 0) return l10n.t("`{0}` holds everything that the file asks for; nothing was changed.", name);
  if (by === "pip") return l10n.t("Installed into `{0}`: {1}.", name, listed(changed));
  return l10n.t(
    "Installed into `{0}` with uv, because it has no pip: {1}. uv does not read pip's configuration files.",
    name,
    listed(changed),
  );
}

function cancelledMessage({ name }: PythonEnvironment, changed: readonly string[]): string {
  if (changed.length === 0) return l10n.t("The installation was cancelled; `{0}` is as it was.", name);
  return l10n.t("The installation was cancelled; already in `{0}`: {1}.", name, listed(changed));
}

function failedMessage({ name }: PythonEnvironment, by: Installed["by"], reason: string): string {
  if (by === "pip" && lacksPip(reason)) {
    return l10n.t(
      "The environment `{0}` has no pip, and uv is not on PATH, so nothing was installed. Run `python -m ensurepip` in it, or install with the tool that made it.",
      name,
    );
  }
  return l10n.t(
    "{0} could not install the requirements into `{1}`: {2}. Correct the file and try again; the log shows everything it printed.",
    by,
    name,
    masked(reason),
  );
}

/** The first names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, shownNames).join(", ");
  return names.length > shownNames ? l10n.t("{0} and {1} more", shown, names.length - shownNames) : shown;
}
