import * as l10n from "@vscode/l10n";
import { masked } from "../core/credentials.ts";
import type { PythonEnvironment } from "../project/project.ts";
import { install, pipReason } from "./pip.ts";
import { type CreationHost, Session } from "./session.ts";

export interface Registration {
  readonly outcome: "registered" | "failed" | "cancelled";
  readonly message: string;
  readonly log: string;
}

/**
 * Makes an environment known to Jupyter under a name (letters, digits, `-`, `_`, `.`), installing `ipykernel` where it is
 * missing. The kernel is registered for the person alone (`--user`), so no installation of Jupyter is changed.
 */
export async function registerKernel(
  environment: PythonEnvironment,
  names: { readonly name: string; readonly title: string },
  folder: string,
  host: CreationHost,
): Promise<Registration> {
  const session = new Session(host, folder);
  const reason = await register(session, environment, names);
  const { log } = session;
  if (session.cancelled) return { outcome: "cancelled", message: l10n.t("No kernel was registered."), log };
  if (reason !== undefined) {
    const message = l10n.t(
      "The kernel could not be registered: {0}. The environment is as it was, or has ipykernel now; try again.",
      masked(reason),
    );
    return { outcome: "failed", message, log };
  }
  const message = l10n.t("Jupyter offers the kernel “{0}” from now on.", names.title);
  return { outcome: "registered", message, log };
}

async function register(
  session: Session,
  { distributions, prefix, python }: PythonEnvironment,
  { name, title }: { readonly name: string; readonly title: string },
): Promise<string | undefined> {
  if (!distributions.has("ipykernel")) {
    const { reason } = await install(session, { python, prefix }, ["ipykernel"]);
    if (reason !== undefined || session.cancelled) return reason;
  }
  session.progress(l10n.t("Registering the kernel"));
  const args = ["-I", "-m", "ipykernel", "install", "--user", "--name", name, "--display-name", title];
  const result = await session.run(python, args);
  return result.exitCode === 0 ? undefined : pipReason(result.stderr) || String(result.exitCode ?? result.failure);
}
