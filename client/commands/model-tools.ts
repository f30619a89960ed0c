import * as vscode from "vscode";
import type { Server, Stage } from "../server.ts";
import { markStage } from "./stages.ts";

interface Input {
  /** Relative to the workspace folder, or absolute. */
  readonly path?: string;
  readonly rule?: string;
  readonly limit?: number;
  readonly stage?: Stage;
}

/** What the manifest declares as `languageModelTools`. Those that write ask the person first, by the editor's own question. */
export function modelTools(server: Server): vscode.Disposable {
  const register = (name: string, tool: vscode.LanguageModelTool<Input>) =>
    vscode.lm.registerTool(`groundwork_${name}`, tool);
  const asked = (name: string) =>
    register(name, {
      async invoke({ input: { path, ...rest } }) {
        const isWhole = path === undefined || path === ".";
        const uri = isWhole ? undefined : uriOf(path);
        if (!isWhole && !uri) return told(vscode.l10n.t("{0} is not in the project's folder", path));
        return told(
          await server.execute<string>("groundwork.server.modelTool", name, { ...rest, uri: uri?.toString() }),
        );
      },
    });
  return vscode.Disposable.from(
    asked("list_findings"),
    asked("explain_rule"),
    register("apply_safe_fixes", {
      prepareInvocation: ({ input }) => ({
        confirmationMessages: {
          title: vscode.l10n.t("Apply safe fixes"),
          message: vscode.l10n.t("Apply the fixes to {0} that do not change what it does?", input.path ?? ""),
        },
      }),
      invoke: ({ input }) => fixed(server, input.path ?? ""),
    }),
    register("mark_folder", {
      prepareInvocation: ({ input }) => ({
        confirmationMessages: {
          title: vscode.l10n.t("Mark folder"),
          message: vscode.l10n.t(
            "Write {0} as the stage of {1} into the configuration?",
            input.stage ?? "",
            input.path ?? "",
          ),
        },
      }),
      async invoke({ input }) {
        const uri = uriOf(input.path ?? "");
        if (uri && input.stage) await markStage(server, uri, input.stage);
        return told(`${uri ? await server.stageOf(uri.toString()) : undefined}`);
      },
    }),
  );
}

/** The edits of "Fix all with Groundwork", then what is left. */
async function fixed(server: Server, path: string): Promise<vscode.LanguageModelToolResult> {
  const uri = uriOf(path);
  if (!uri) return told(vscode.l10n.t("{0} is not in the project's folder", path));
  const document = await vscode.workspace.openTextDocument(uri);
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const kind = "source.fixAll.groundwork";
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    whole,
    kind,
    1,
  );
  const edits = actions.flatMap(({ edit }) => edit ?? []);
  for (const edit of edits) await vscode.workspace.applyEdit(edit);
  return told(await server.execute<string>("groundwork.server.modelTool", "list_findings", { uri: uri.toString() }));
}

function uriOf(path: string): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first] = folders;
  const isAbsolute = /^(?:[A-Za-z]:)?[\\/]/.test(path);
  const uri = isAbsolute ? uriAt(path, first?.uri) : first && vscode.Uri.joinPath(first.uri, path);
  return uri && vscode.workspace.getWorkspaceFolder(uri) ? uri : undefined;
}

/** An absolute path is one of the disk, or of where the folder is. */
function uriAt(path: string, folder: vscode.Uri | undefined): vscode.Uri {
  return !folder || folder.scheme === "file" ? vscode.Uri.file(path) : folder.with({ path });
}

function told(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
