import * as vscode from "vscode";
import type { SelectedEnvironments } from "../environments/selected.ts";
import { pickFolder } from "../folders.ts";
import type { Server } from "../server.ts";
import {
  askPlace,
  askPythonVersion,
  type EnvironmentTool,
  isConda,
  pickFiles,
  pickTool,
} from "./environment-questions.ts";
import { offerNextSteps } from "./next-steps.ts";

/** What the server proposes (`groundwork.server.environmentDefaults`). */
interface Defaults {
  /** The programs that can make it, the preferred one first. */
  readonly tools: readonly EnvironmentTool[];
  readonly name: string;
  readonly python: string | undefined;
  readonly sources: readonly string[];
  readonly chosen: readonly string[];
}

/** What came of it (`groundwork.server.createEnvironment`); the server has told the person about any failure. */
interface Created {
  readonly outcome: string;
  readonly message?: string;
  readonly python?: string;
  readonly ignoreLine?: string;
}

type Kind = "conda" | "venv";

const installPage = "https://docs.conda.io/projects/conda/en/latest/user-guide/install/index.html";

/** Asks what is open, lets the server make the environment, selects it, and offers what one does next. */
export function createEnvironmentCommands(
  server: Server,
  environments: SelectedEnvironments,
  log: vscode.LogOutputChannel,
): (kind: Kind | undefined, target?: vscode.Uri) => Promise<void> {
  return async (kind, target) => {
    const folder = (target && vscode.workspace.getWorkspaceFolder(target)) ?? (await pickFolder());
    if (!folder) return;
    const folderUri = folder.uri.toString();
    const defaults = await server.execute<Defaults | null>("groundwork.server.environmentDefaults", folderUri, kind);
    if (!defaults) return;
    if (defaults.tools.length === 0) {
      await offerOtherWays(kind ?? "venv");
      return;
    }
    const wanted = await wantedFrom(defaults, kind);
    if (!wanted) return;
    const request = { ...wanted, folder: folderUri, tellsSuccess: true };
    const created = await server.execute<Created>("groundwork.server.createEnvironment", request);
    log.info(`create environment: ${created.outcome}`);
    if (!created.python) return;
    await environments.select(folder.uri, created.python);
    // What pip could not install is told by the server, and comes first.
    if (created.outcome !== "pip-failed") void offerNextSteps(server, folder.uri, created);
  };
}

/** Only what the project leaves open is asked; undefined when the person gave up. */
async function wantedFrom(defaults: Defaults, kind: Kind | undefined) {
  const { tools, python } = defaults;
  const tool = kind === undefined && tools.length > 1 ? await pickTool(tools, python) : tools[0];
  if (!tool) return undefined;
  const conda = isConda(tool);
  const readable = (file: string) => conda || !isEnvironmentFile(file);
  const files = await pickFiles(defaults.sources.filter(readable), defaults.chosen.filter(readable));
  if (!files) return undefined;
  const base = { tool: tool.tool, executable: tool.executable, files };
  if (!conda) return base;
  const place = await askPlace(defaults.name);
  if (!place) return undefined;
  // environment.yml names the Python itself.
  if (files.some(isEnvironmentFile)) return { ...base, ...place };
  const version = await askPythonVersion(python);
  return version === undefined ? undefined : { ...base, ...place, python: version };
}

function isEnvironmentFile(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

async function offerOtherWays(kind: Kind): Promise<void> {
  if (kind === "venv") {
    await vscode.window.showErrorMessage(
      vscode.l10n.t(
        "No Python was found to make an environment with. Install Python, then try again; nothing was changed.",
      ),
    );
    return;
  }
  const venv = vscode.l10n.t("Create Virtual Environment");
  const install = vscode.l10n.t("How to Install Conda");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "Conda is not on this machine, nor mamba or micromamba. A virtual environment (venv) serves as well.",
    ),
    venv,
    install,
  );
  if (answer === venv) await vscode.commands.executeCommand("groundwork.createVirtualEnvironment");
  if (answer === install) await vscode.env.openExternal(vscode.Uri.parse(installPage));
}
