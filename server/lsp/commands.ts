import type { CancellationToken, ExecuteCommandParams } from "vscode-languageserver";
import { addRequirementCommand } from "./add-requirement-command.ts";
import { createRequirementsCommand } from "./create-requirements-command.ts";
import { saveAsUtf8 } from "./encoding-command.ts";
import { createEnvironmentCommand, environmentDefaults } from "./environment-commands.ts";
import { ignoreCopiesCommand } from "./ignore-copies-command.ts";
import { installRequirementsCommand } from "./install-command.ts";
import { moveUnusedCommand } from "./move-unused-command.ts";
import { pinAndSort, pinOne, pinRequirements } from "./pin-commands.ts";
import type { Session } from "./session.ts";
import { markStageCommand, suggestStagesCommand } from "./stage-commands.ts";

type Command = (session: Session, values: readonly unknown[], token: CancellationToken) => Promise<unknown>;

/** Every command that the server runs, by the name under which it is asked for. */
export const commands: Readonly<Record<string, Command>> = {
  /** [uri, line from 0]: pins one requirement. */
  "groundwork.pinRequirement": pinOne,
  /** [uri]: pins every requirement. */
  "groundwork.pinRequirements": pinRequirements,
  /** [uri]: pins every requirement and sorts the file. */
  "groundwork.server.pinAndSort": pinAndSort,
  /** [uri]: stores a requirements file of UTF-16 or UTF-32 as UTF-8. */
  "groundwork.saveAsUtf8": saveAsUtf8,
  /** [uri of the folder or a file in it, distribution]: adds it to requirements.txt, pinned. */
  "groundwork.addRequirement": addRequirementCommand,
  /** [uri of the folder or a file in it]: writes requirements.txt from what the code imports. */
  "groundwork.server.createRequirements": createRequirementsCommand,
  /** [uri, line from 0]: silences all copies of the block at this line by one comment. */
  "groundwork.server.ignoreCopies": ignoreCopiesCommand,
  /** [uri of an open requirements file]: moves what the code does not use to requirements.lock. */
  "groundwork.server.moveUnusedRequirements": moveUnusedCommand,
  /** [uri of a requirements file]: installs it into the folder's environment. */
  "groundwork.server.installRequirements": installRequirementsCommand,
  /** [uri of a folder or file, stage]: writes its stage into the configuration. */
  "groundwork.server.markStage": markStageCommand,
  /** [folder uri]: the stages that folders' contents speak for. */
  "groundwork.server.suggestStages": suggestStagesCommand,
  /** [folder uri, "conda" | "venv"]: what a new environment would be like. */
  "groundwork.server.environmentDefaults": environmentDefaults,
  /** [{folder, tool, executable, name, python}]: makes an environment. */
  "groundwork.server.createEnvironment": createEnvironmentCommand,
};

export async function execute(
  session: Session,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<unknown> {
  const command = commands[params.command];
  if (!command) return undefined;
  return command(session, params.arguments ?? [], token);
}
