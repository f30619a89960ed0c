import * as vscode from "vscode";
import type { SelectedEnvironments } from "../environments/selected.ts";
import type { Server } from "../server.ts";

/** What the server proposes (`groundwork.server.environmentDefaults`). */
interface Defaults {
  /** The programs of this kind on the machine, the preferred one first. */
  readonly tools: readonly { readonly tool: string; readonly executable: string }[];
  readonly name: string;
  readonly python: string | undefined;
  readonly requirements: readonly string[];
}

/** What came of it (`groundwork.server.createEnvironment`); the server has told the person about any failure. */
interface Created {
  readonly outcome: string;
  readonly message?: string;
  readonly python?: string;
}

const installPage = "https://docs.conda.io/projects/conda/en/latest/user-guide/install/index.html";

export function createEnvironmentCommands(
  server: Server,
  environments: SelectedEnvironments,
  log: vscode.LogOutputChannel,
): (kind: "conda" | "venv" | undefined, target?: vscode.Uri) => Promise<void> {
  return async (wanted, target) => {
    const folder = (target && vscode.workspace.getWorkspaceFolder(target)) ?? (await pickFolder());
    const kind = wanted ?? (folder && (await pickKind()));
    if (!folder || !kind) return;
    const folderUri = folder.uri.toString();
    const defaults = await server.execute<Defaults>("groundwork.server.environmentDefaults", folderUri, kind);
    const [tool] = defaults.tools;
    if (!tool) {
      await offerOtherWays(kind);
      return;
    }
    const name = kind === "conda" ? await askName(defaults.name) : undefined;
    if (kind === "conda" && name === undefined) return;
    const python = kind === "conda" ? await askPythonVersion(defaults.python) : "";
    if (python === undefined) return;
    const request = {
      folder: folderUri,
      tool: tool.tool,
      executable: tool.executable,
      name,
      python,
      tellsSuccess: true,
    };
    const created = await server.execute<Created>("groundwork.server.createEnvironment", request);
    log.info(`create environment: ${created.outcome}`);
    const isChosen = created.outcome === "created" || created.outcome === "used";
    if (!isChosen || !created.python) return;
    await environments.select(folder.uri, created.python);
    offerTerminal(folder.uri, created.message);
  };
}

async function pickKind(): Promise<"conda" | "venv" | undefined> {
  const conda = vscode.l10n.t("Conda environment");
  const venv = vscode.l10n.t("Virtual environment");
  const items = [
    { label: conda, detail: vscode.l10n.t("Brings its own Python, of any version; has a name.") },
    { label: venv, detail: vscode.l10n.t("The folder .venv in the project, with a Python of this machine.") },
  ];
  const title = vscode.l10n.t("Create Environment");
  const picked = await vscode.window.showQuickPick(items, { title });
  return picked && (picked.label === conda ? "conda" : "venv");
}

/** The folder that a command is about; undefined when none is open, or none was chosen. */
export async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return vscode.window.showWorkspaceFolderPick();
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a folder first: this belongs to a project."));
  }
  return folders[0];
}

async function offerOtherWays(kind: "conda" | "venv"): Promise<void> {
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

function askName(value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Create Conda Environment (1/2)"),
    prompt: vscode.l10n.t("The environment's name: one project, one environment."),
    value,
    validateInput: (name) =>
      /^[A-Za-z0-9_][\w.+-]*$/.test(name)
        ? undefined
        : vscode.l10n.t("Letters, digits and _ . + - only, and no - at the start."),
  });
}

function askPythonVersion(value: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Create Conda Environment (2/2)"),
    prompt: vscode.l10n.t("The Python version, such as 3.12; leave it empty for the newest that conda offers."),
    value: value ?? "",
    validateInput: (version) =>
      /^(\d+(\.\d+){0,2})?$/.test(version) ? undefined : vscode.l10n.t("A version such as 3.12, or nothing."),
  });
}

function offerTerminal(folder: vscode.Uri, created = ""): void {
  const open = vscode.l10n.t("Open Terminal");
  const uses = vscode.l10n.t("This folder uses the environment from now on.");
  const message = `${created} ${uses}`.trim();
  vscode.window.showInformationMessage(message, open).then((answer) => {
    if (answer === open) vscode.window.createTerminal({ cwd: folder }).show();
  });
}
