import * as vscode from "vscode";

/** A program that makes environments; `version` is that of the Python which venv builds on. */
export interface EnvironmentTool {
  readonly tool: string;
  readonly executable: string;
  readonly version?: string;
}

export function isConda({ tool }: EnvironmentTool): boolean {
  return tool !== "venv" && tool !== "uv";
}

/** `declared` is the Python that the project asks for. */
export async function pickTool(
  tools: readonly EnvironmentTool[],
  declared: string | undefined,
): Promise<EnvironmentTool | undefined> {
  const items = tools.map((tool) => ({
    label: labelOf(tool),
    description: tool.executable,
    detail: detailOf(tool),
    tool,
  }));
  const title = vscode.l10n.t("Create Environment");
  const placeHolder =
    declared === undefined
      ? vscode.l10n.t("What makes the environment?")
      : vscode.l10n.t("What makes the environment? The project asks for Python {0}.", declared);
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.tool;
}

function labelOf({ tool, version }: EnvironmentTool): string {
  if (tool !== "venv") return tool;
  return version === undefined ? "venv" : vscode.l10n.t("venv with Python {0}", version);
}

function detailOf(tool: EnvironmentTool): string {
  if (isConda(tool)) return vscode.l10n.t("Brings its own Python, of any version; has a name.");
  if (tool.tool === "uv")
    return vscode.l10n.t("The folder .venv in the project; brings any Python, and installs fast.");
  return vscode.l10n.t("The folder .venv in the project, with a Python of this machine.");
}

/** Asked only where there is a choice; none at all is a choice, too. */
export async function pickFiles(
  sources: readonly string[],
  chosen: readonly string[],
): Promise<readonly string[] | undefined> {
  if (sources.length < 2) return chosen;
  const items = sources.map((label) => ({ label, picked: chosen.includes(label) }));
  const title = vscode.l10n.t("Create Environment");
  const placeHolder = vscode.l10n.t("What is installed in it?");
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true });
  return picked?.map((item) => item.label);
}

/** A name, or a folder of the workspace when the answer begins with a dot: no name does. */
export async function askPlace(
  value: string,
): Promise<{ readonly name: string } | { readonly prefix: string } | undefined> {
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t("Create Conda Environment"),
    prompt: vscode.l10n.t(
      "The environment's name: one project, one environment. Or a folder, such as .conda, to keep it in the project.",
    ),
    value,
    validateInput: (text) =>
      /^(?:[A-Za-z0-9_][\w.+-]*|\.(?:\/)?[\w][\w.+-]*)$/.test(text)
        ? undefined
        : vscode.l10n.t("Letters, digits and _ . + - only, and no - at the start."),
  });
  if (answer === undefined) return undefined;
  return answer.startsWith(".") ? { prefix: answer } : { name: answer };
}

export function askPythonVersion(value: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Create Conda Environment"),
    prompt: vscode.l10n.t("The Python version, such as 3.12; leave it empty for the newest that conda offers."),
    value: value ?? "",
    validateInput: (version) =>
      /^(\d+(\.\d+){0,2})?$/.test(version) ? undefined : vscode.l10n.t("A version such as 3.12, or nothing."),
  });
}
