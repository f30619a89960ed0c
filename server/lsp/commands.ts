import * as l10n from "@vscode/l10n";
import { type CancellationToken, ErrorCodes, type ExecuteCommandParams, ResponseError } from "vscode-languageserver";
import { scaffoldKinds } from "../scaffolds/kinds.ts";
import { addBaselineCommand } from "./add-baseline-command.ts";
import { addRequirementCommand, undeclaredImportsCommand } from "./add-requirement-command.ts";
import { createRequirementsCommand } from "./create-requirements-command.ts";
import { saveAsUtf8 } from "./encoding-command.ts";
import { createEnvironmentCommand, environmentDefaults } from "./environment-commands.ts";
import { ignoreCopiesCommand, ignoreFindingCommand } from "./ignore-command.ts";
import { installRequirementsCommand } from "./install-command.ts";
import { modelToolCommand } from "./model-tool-command.ts";
import { moveUnusedCommand } from "./move-unused-command.ts";
import { ignoreEnvironmentCommand, registerKernelCommand } from "./next-step-commands.ts";
import { notebookToModuleCommand } from "./notebook-command.ts";
import { pinAndSort, pinOne, pinRequirements } from "./pin-commands.ts";
import { fixObstacleCommand } from "./promotion-requests.ts";
import { recordFindings } from "./record-command.ts";
import { scaffoldChoices, scaffoldCommand } from "./scaffold-commands.ts";
import type { Session } from "./session.ts";
import { argument, type Shape, wrongArguments, wrongShape } from "./shapes.ts";
import { enableRuffCommand, markStageCommand, suggestStagesCommand } from "./stage-commands.ts";
import { updateEnvironmentCommand } from "./update-command.ts";

interface Command {
  /** What its arguments must be like. */
  readonly takes: readonly Shape[];
  run(session: Session, values: readonly unknown[], token: CancellationToken): Promise<unknown>;
}

const { uri, line, text, position, object, environment, maybe, oneOf, either } = argument;

/** Every command that the server runs, by the name under which it is asked for. */
export const commands: Readonly<Record<string, Command>> = {
  /** [uri, line from 0]: pins one requirement. */
  "groundwork.pinRequirement": { takes: [uri, line], run: pinOne },
  /** [uri]: pins every requirement. */
  "groundwork.pinRequirements": { takes: [uri], run: pinRequirements },
  /** [uri]: pins every requirement and sorts the file. */
  "groundwork.server.pinAndSort": { takes: [uri], run: pinAndSort },
  /** [uri]: stores a requirements file of UTF-16 or UTF-32 as UTF-8. */
  "groundwork.saveAsUtf8": { takes: [uri], run: saveAsUtf8 },
  /** [uri of the folder or a file in it, distribution]: declares it, pinned. */
  "groundwork.server.addRequirement": { takes: [uri, text], run: addRequirementCommand },
  /** [uri of a Python file or a notebook's cell, line from 0]: what it imports and nothing declares. */
  "groundwork.server.undeclaredImports": { takes: [uri, maybe(line)], run: undeclaredImportsCommand },
  /** [uri of the folder or a file in it]: writes requirements.txt from what the code imports. */
  "groundwork.server.createRequirements": { takes: [uri], run: createRequirementsCommand },
  /** [uri of an open script, notebook or cell, line from 0]: compares the model that is judged there with baselines. */
  "groundwork.server.addBaseline": { takes: [uri, maybe(line)], run: addBaselineCommand },
  /** [uri, line from 0]: silences all copies of the block at this line by one comment. */
  "groundwork.server.ignoreCopies": { takes: [uri, line, maybe(line)], run: ignoreCopiesCommand },
  /** [uri, line from 0, cell from 0 or nothing, rule]: silences a finding by a comment at its line. */
  "groundwork.server.ignoreFinding": { takes: [uri, line, maybe(line), text], run: ignoreFindingCommand },
  /** [uri of an open requirements file]: moves what the code does not use to requirements.lock. */
  "groundwork.server.moveUnusedRequirements": { takes: [uri], run: moveUnusedCommand },
  /** [uri of a requirements file]: installs it into the folder's environment. */
  "groundwork.server.installRequirements": { takes: [uri], run: installRequirementsCommand },
  /** [name of the tool, its input with a URI in place of the path]: text for a language model. */
  "groundwork.server.modelTool": { takes: [text, maybe(object)], run: modelToolCommand },
  /** [folder uri]: writes today's findings into groundwork-baseline.json. */
  "groundwork.server.recordFindings": { takes: [uri], run: recordFindings },
  /** [uri of a folder or file, stage]: writes its stage into the configuration. */
  "groundwork.server.markStage": {
    takes: [uri, oneOf("production", "undecided", "experimental")],
    run: markStageCommand,
  },
  /** [uri, rule, start, cell]: applies the fix of an obstacle of the checklist. */
  "groundwork.server.fixObstacle": { takes: [uri, text, position, maybe(line)], run: fixObstacleCommand },
  /** [uri of a notebook]: makes a module of what it computes, which the notebook then calls. */
  "groundwork.server.notebookToModule": { takes: [uri], run: notebookToModuleCommand },
  /** [folder uri]: switches ruff's rules on for the production folders. */
  "groundwork.server.enableRuff": { takes: [uri], run: enableRuffCommand },
  /** [folder uri]: the stages that folders' contents speak for. */
  "groundwork.server.suggestStages": { takes: [uri], run: suggestStagesCommand },
  /** [uri of a training file, or of a folder]: the files whose model could be served, and the ways. */
  "groundwork.server.scaffoldChoices": { takes: [uri], run: scaffoldChoices },
  /** [uri of a training file, one of the ways, columns?, folder?]: writes a program around its model. */
  "groundwork.server.scaffold": {
    takes: [uri, oneOf(...scaffoldKinds), maybe(text), maybe(text)],
    run: scaffoldCommand,
  },
  /** [uri of an environment.yml]: brings the folder's conda environment to what it says. */
  "groundwork.server.updateEnvironment": { takes: [uri], run: updateEnvironmentCommand },
  /** [folder uri, "conda" | "venv"]: what a new environment would be like. */
  "groundwork.server.environmentDefaults": { takes: [uri, maybe(oneOf("conda", "venv"))], run: environmentDefaults },
  /** [uri of the folder or a file in it], or what is wanted of it: makes an environment. */
  "groundwork.server.createEnvironment": { takes: [either(uri, environment)], run: createEnvironmentCommand },
  /** [folder uri, line]: adds the line to .gitignore. */
  "groundwork.server.ignoreEnvironment": { takes: [uri, text], run: ignoreEnvironmentCommand },
  /** [folder uri]: makes the folder's environment a kernel of Jupyter. */
  "groundwork.server.registerKernel": { takes: [uri], run: registerKernelCommand },
};

/** What is nothing without a program that could be run: an environment, or what it holds. */
const programCommands: ReadonlySet<string> = new Set([
  "groundwork.pinRequirement",
  "groundwork.pinRequirements",
  "groundwork.server.createEnvironment",
  "groundwork.server.environmentDefaults",
  "groundwork.server.installRequirements",
  "groundwork.server.pinAndSort",
  "groundwork.server.registerKernel",
  "groundwork.server.updateEnvironment",
]);

export async function execute(
  session: Session,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<unknown> {
  const command = Object.hasOwn(commands, params.command) ? commands[params.command] : undefined;
  if (!command) return new ResponseError(ErrorCodes.InvalidParams, l10n.t("there is no command `{0}`", params.command));
  const values = params.arguments ?? [];
  const wrong = wrongArguments(command.takes, values);
  if (wrong !== undefined) return new ResponseError(ErrorCodes.InvalidParams, wrongShape(params.command, wrong));
  if (programCommands.has(params.command) && !session.platform.runsPrograms) {
    session.connection.window.showWarningMessage(l10n.t("No program can be run here: open the folder on a computer."));
    return undefined;
  }
  return command.run(session, values, token);
}
