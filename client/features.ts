import * as vscode from "vscode";
import { BaselineCommand } from "./commands/add-baseline.ts";
import { addRequirement } from "./commands/add-requirement.ts";
import { findingCommands } from "./commands/findings.ts";
import { modelTools } from "./commands/model-tools.ts";
import { renameInPlace } from "./commands/rename-in-place.ts";
import { createRequirements, moveUnusedRequirements } from "./commands/requirements.ts";
import { scaffold } from "./commands/scaffold.ts";
import {
  chooseStage,
  enableRuff,
  markStage,
  notebookToModule,
  recordFindings,
  suggestStages,
} from "./commands/stages.ts";
import { duplicates } from "./duplicates/commands.ts";
import { watchMilestones } from "./milestones.ts";
import type { Server, Stage } from "./server.ts";
import { PromotionView } from "./views/promotion.ts";
import { ReadinessView } from "./views/readiness.ts";
import { ReportPanel } from "./views/report.ts";
import { Stages } from "./views/stages.ts";
import { StatusItem } from "./views/status-item.ts";
import { openGuide, openWalkthrough, openWalkthroughOnce } from "./walkthrough.ts";

/** What tests and other extensions get from `activate`. */
export interface GroundworkApi {
  /** Resolves when the language server answers. */
  readonly ready: Promise<void>;
}

/** Everything that works wherever VS Code does, and the start of the server. */
export function activateFeatures(
  context: vscode.ExtensionContext,
  server: Server,
  log: vscode.LogOutputChannel,
): GroundworkApi {
  context.subscriptions.push(
    new StatusItem(server),
    new Stages(server),
    duplicates(server),
    modelTools(server),
    new ReadinessView(server),
    findingCommands(server, context),
    watchMilestones(context, server),
  );
  const register = (name: string, run: (...values: never[]) => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  register("groundwork.showLogs", () => log.show());
  // What a refactoring of the server asks for once its edits are made.
  register("groundwork.renameInPlace", (uri?: string, line?: number, character?: number) =>
    renameInPlace(server, uri, line, character),
  );
  register("groundwork.restartServer", () => server.restart());
  register("groundwork.createRequirements", () => createRequirements(server));
  const baselines = new BaselineCommand(server);
  context.subscriptions.push(baselines);
  register("groundwork.addBaseline", (target?: vscode.Uri) => baselines.run(target));
  register("groundwork.addRequirement", () => addRequirement(server));
  register("groundwork.moveUnusedRequirements", (target?: vscode.Uri) => moveUnusedRequirements(server, target));
  register("groundwork.markAsProduction", (target?: vscode.Uri) => markStage(server, target, "production"));
  register("groundwork.markAsExperimental", (target?: vscode.Uri) => markStage(server, target, "experimental"));
  // What a code action of the server asks for.
  register("groundwork.markStage", (uri: string, stage: Stage) => markStage(server, vscode.Uri.parse(uri), stage));
  register("groundwork.chooseStage", (target?: vscode.Uri) => chooseStage(server, target));
  const promotion = new PromotionView(server);
  context.subscriptions.push(promotion);
  register("groundwork.promote", (target?: vscode.Uri) => promotion.show(target));
  register("groundwork.refreshPromotion", () => promotion.refresh());
  const report = new ReportPanel(server);
  context.subscriptions.push(report);
  register("groundwork.showReport", () => report.show());
  register("groundwork.refreshReport", () => report.refresh());
  register("groundwork.scaffoldService", (target?: vscode.Uri) => scaffold(server, "service", target));
  register("groundwork.scaffoldBatch", (target?: vscode.Uri) => scaffold(server, "batch", target));
  register("groundwork.notebookToModule", (target?: vscode.Uri) => notebookToModule(server, target));
  register("groundwork.enableRuff", () => enableRuff(server));
  register("groundwork.recordFindings", () => recordFindings(server));
  register("groundwork.suggestStages", () => suggestStages(server));
  register("groundwork.getStarted", () => openWalkthrough(context));
  register("groundwork.openGuide", (name: string) => openGuide(context, name));
  // Not awaited: activation ends at once, and the server starts beside it.
  const ready = server.start();
  ready.then(
    () => {
      log.info("The language server answers.");
      return openWalkthroughOnce(context);
    },
    (error: unknown) => log.error(String(error)),
  );
  return { ready };
}
