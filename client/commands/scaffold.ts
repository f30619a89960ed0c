import * as vscode from "vscode";
import { fileAtHand, isFile, pickFolder } from "../folders.ts";
import type { Server } from "../server.ts";

/** What the server can write (`groundwork.server.scaffold`). */
type Kind = "service" | "batch" | "spark" | "mlflow" | "bentoml";

/** What the server answers to `groundwork.server.scaffoldChoices`. */
interface Choices {
  readonly kinds: readonly Kind[];
  readonly trainings: readonly Training[];
}

interface Training {
  readonly uri: string;
  readonly path: string;
  readonly columns?: readonly string[];
  readonly refused?: string;
}

/** Asks how the model will be asked, and what the code leaves open; the server writes, and what it wrote is explained. */
export async function scaffold(server: Server, kind: Kind, target: vscode.Uri | undefined): Promise<void> {
  const uri = target ?? openTraining() ?? (await pickFolder())?.uri;
  if (!uri) return;
  const choices = await server.execute<Choices | null>("groundwork.server.scaffoldChoices", uri.toString());
  if (!choices || choices.trainings.length === 0) return;
  const way = await pickWay(kind, choices.kinds);
  const training = way && (await pickTraining(choices.trainings));
  if (!training) return;
  const isOpen = training.refused === undefined && training.columns === undefined;
  const columns = isOpen ? await askColumns(training) : undefined;
  if (isOpen && columns === undefined) return;
  const written = await server.execute<{ readonly readme: string } | null>(
    "groundwork.server.scaffold",
    training.uri,
    way,
    columns,
  );
  if (written) await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.parse(written.readme));
}

/** The script or notebook at hand. */
function openTraining(): vscode.Uri | undefined {
  const uri = fileAtHand();
  return uri && isFile(uri) && /\.(?:py|ipynb)$/.test(uri.path) ? uri : undefined;
}

/** The tutorial's question, in plain words; the way that the command names comes first. */
async function pickWay(kind: Kind, kinds: readonly Kind[]): Promise<Kind | undefined> {
  const ways: (vscode.QuickPickItem & { readonly way: Kind })[] = [
    {
      label: vscode.l10n.t("Online service"),
      description: vscode.l10n.t("asked all day, a row or a few at a time"),
      detail: vscode.l10n.t(
        "Somebody waits for the answer, and wants it at once: may this card be charged? The model answers over HTTP (FastAPI).",
      ),
      way: "service",
    },
    {
      label: vscode.l10n.t("Batch job"),
      description: vscode.l10n.t("asked now and then, thousands of rows at a time"),
      detail: vscode.l10n.t(
        "Nobody waits: the answers are kept for later, such as tomorrow's film recommendations. A program predicts a whole file.",
      ),
      way: "batch",
    },
    {
      label: vscode.l10n.t("Batch job with Spark"),
      description: vscode.l10n.t("the same, for more data than one machine can hold"),
      detail: vscode.l10n.t("The data is divided, and each of many machines predicts its part."),
      way: "spark",
    },
    {
      label: vscode.l10n.t("Online service with MLflow"),
      description: vscode.l10n.t("the project has it already"),
      detail: vscode.l10n.t(
        "The model is packed with its columns and libraries; MLflow's own server answers over HTTP.",
      ),
      way: "mlflow",
    },
    {
      label: vscode.l10n.t("Online service with BentoML"),
      description: vscode.l10n.t("the project has it already"),
      detail: vscode.l10n.t("As with FastAPI; BentoML brings the server, its health, and the image."),
      way: "bentoml",
    },
  ];
  const offered = ways.filter(({ way }) => kinds.includes(way));
  const ordered = [...offered.filter(({ way }) => way === kind), ...offered.filter(({ way }) => way !== kind)];
  const title = vscode.l10n.t("How will the model be used?");
  const placeHolder = vscode.l10n.t(
    "How often is it asked, how many rows at a time, how soon must the answer be there?",
  );
  return (await vscode.window.showQuickPick(ordered, { title, placeHolder }))?.way;
}

/** Nothing is asked where only one file trains a model. */
async function pickTraining(trainings: readonly Training[]): Promise<Training | undefined> {
  if (trainings.length === 1) return trainings[0];
  const items = trainings.map((training) => ({
    label: training.path,
    detail: training.refused ?? training.columns?.join(", ") ?? vscode.l10n.t("does not say its columns"),
    training,
  }));
  const placeHolder = vscode.l10n.t("Which file trains the model?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.training;
}

function askColumns({ path }: Training): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Columns of the Model"),
    prompt: vscode.l10n.t(
      "{0} does not say by its text which columns the model is fitted on. Name them in their order, each with what it holds (integer, number, boolean or text) and a `?` where it may be empty.",
      path,
    ),
    placeHolder: "age:integer, plan:text, fee:number?",
    ignoreFocusOut: true,
  });
}
