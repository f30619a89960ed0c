import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { configurationOf, projectRootOf } from "../host/project-root.ts";
import { scaffoldFor, trainingFiles, writeScaffold } from "../host/scaffold.ts";
import { posixPath } from "../host/walk.ts";
import { Workspace } from "../host/workspace.ts";
import type { ScaffoldKind } from "../scaffolds/kinds.ts";
import { chosenEnvironment, type EnvironmentOptions } from "./chosen-environment.ts";
import { displayPath } from "./files.ts";
import type { ExitCode } from "./main.ts";
import { complain } from "./requirements.ts";

interface ScaffoldOptions extends EnvironmentOptions {
  readonly features?: string;
  readonly folder?: string;
  readonly spark?: boolean;
  readonly mlflow?: boolean;
  readonly bentoml?: boolean;
}

/** `groundwork scaffold`: 0 written, 1 refused with the reason and nothing written, 2 nothing there. */
export async function scaffold(way: "service" | "batch", path: string, options: ScaffoldOptions): Promise<ExitCode> {
  if (!existsSync(path)) {
    complain(path, l10n.t("there is no such file or folder"));
    return 2;
  }
  const kind = kindOf(way, options);
  if (kind === undefined) {
    complain(path, l10n.t("`--spark` is for a batch job, `--mlflow` or `--bentoml` for a service"));
    return 2;
  }
  const root = projectRootOf(path, process.cwd());
  const workspace = new Workspace(root, configurationOf(root).settings);
  workspace.environment = await chosenEnvironment([root], options);
  for (const _ of workspace.scan());
  const training = chosenTraining(workspace, path);
  if (typeof training !== "string") {
    complain(path, training.refused);
    return 1;
  }
  const made = scaffoldFor(workspace, { kind, training, features: options.features, folder: options.folder });
  const refused = "refused" in made ? made : await writeScaffold(root, made);
  if (refused) {
    complain(path, refused.refused);
    return 1;
  }
  if ("refused" in made) return 1;
  for (const file of made.files) console.log(displayPath(join(root, file.path)));
  for (const note of made.notes) console.error(note);
  return 0;
}

function kindOf(way: "service" | "batch", { spark, mlflow, bentoml }: ScaffoldOptions): ScaffoldKind | undefined {
  const wanted = [
    ...(spark ? ["spark" as const] : []),
    ...(mlflow ? ["mlflow" as const] : []),
    ...(bentoml ? ["bentoml" as const] : []),
  ];
  const [kind = way] = wanted;
  return wanted.length < 2 && (kind === way || (kind === "spark") === (way === "batch")) ? kind : undefined;
}

/** The file itself; of a folder, the only one that trains. */
function chosenTraining(workspace: Workspace, path: string): string | { readonly refused: string } {
  const below = posixPath(workspace.root, resolve(path));
  if (!statSync(path).isDirectory()) return below;
  const found = trainingFiles(workspace).filter((each) => below === "" || each.startsWith(`${below}/`));
  const [first, ...others] = found;
  if (first === undefined) return { refused: l10n.t("no file here fits a model and saves it with joblib or pickle") };
  if (others.length > 0)
    return { refused: l10n.t("several files train a model; name one of them: {0}", found.join(", ")) };
  return first;
}
