import { existsSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { type CallToolResult, fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import * as l10n from "@vscode/l10n";
import manifest from "../../package.json" with { type: "json" };
import { fixFile } from "../host/fix-file.ts";
import { explainRule, listFindings, type ModelTool, modelTools } from "../host/model-tools.ts";
import { configurationOf } from "../host/project-root.ts";
import { posixPath } from "../host/walk.ts";
import { leadsOut } from "../host/within.ts";
import { Workspace } from "../host/workspace.ts";
import type { ExitCode } from "./main.ts";
import { complain } from "./requirements.ts";
import { markedIn } from "./stages.ts";

/** What the tools take; which of it a tool needs, its schema says, and the protocol's library checks it. */
interface Input {
  readonly path?: string;
  readonly rule?: string;
  readonly limit?: number;
  readonly stage?: "production" | "experimental" | "undecided";
}

/**
 * `groundwork mcp`: a server of the Model Context Protocol on standard input and output, for one project's folder. Its
 * tools read and write nothing outside of it and run no program; 2 when there is no such folder.
 */
export async function mcp(folder: string): Promise<ExitCode> {
  if (!existsSync(folder)) {
    complain(folder, l10n.t("there is no such file or folder"));
    return 2;
  }
  const root = realpathSync(resolve(folder));
  const handle = serveStdio(() => serverFor(root));
  await new Promise((ended) => process.stdin.once("close", ended));
  await handle.close();
  return 0;
}

function serverFor(root: string): McpServer {
  const server = new McpServer({ name: "groundwork", version: manifest.version }, { capabilities: { tools: {} } });
  for (const tool of modelTools) {
    const { name, description, input, writes } = tool;
    const annotations = { readOnlyHint: !writes, destructiveHint: false, idempotentHint: true, openWorldHint: false };
    const config = { description, inputSchema: fromJsonSchema<Input>(input), annotations };
    server.registerTool(name, config, async (given) => answer(root, name, given));
  }
  return server;
}

async function answer(root: string, name: ModelTool["name"], input: Input): Promise<CallToolResult> {
  const path = pathIn(root, input.path ?? ".");
  if (path === undefined) return failed(l10n.t("{0} is not in the project's folder", input.path ?? "."));
  switch (name) {
    case "list_findings":
      return told(listFindings(scanned(root), { ...input, path }));
    case "explain_rule":
      return { content: [{ type: "text", text: explainRule(input.rule ?? "") }] };
    case "apply_safe_fixes": {
      const workspace = scanned(root);
      if (!workspace.languageOf(path)) return failed(l10n.t("{0} is no file that is checked", path));
      const before = listFindings(workspace, { path }).total;
      await fixFile(workspace, path);
      const { findings, total } = listFindings(workspace, { path });
      return told({ fixed: before - total, left: findings });
    }
    case "mark_folder": {
      const refusal = await markedIn(root, join(root, path), input.stage ?? "undecided");
      return refusal ? failed(refusal.reason) : told({ path, stage: input.stage });
    }
  }
}

/** The project as it stands on the disk now: somebody may have written to it since the last call. */
function scanned(root: string): Workspace {
  const workspace = new Workspace(root, configurationOf(root).settings);
  for (const _ of workspace.scan());
  return workspace;
}

/** A path as the workspace has it, the root being `.`; undefined outside of the root, also by a symbolic link. */
function pathIn(root: string, path: string): string | undefined {
  const below = posixPath(root, resolve(root, path)) || ".";
  return leadsOut(root, below) ? undefined : below;
}

function told(value: object): CallToolResult {
  return { content: [{ type: "text", text: JSON.stringify(value) }] };
}

function failed(text: string): CallToolResult {
  return { content: [{ type: "text", text }], isError: true };
}
