import * as vscode from "vscode";
import type { CopyPlace } from "../duplicates/copies.ts";
import type { Server, Stage } from "../server.ts";

import { fileItem, findingItem, pillarItem, ruleItem, stagesText } from "./readiness-items.ts";
import { ServerTree } from "./server-tree.ts";

export type Severity = "error" | "warning" | "information" | "hint";
export type ByStage = Readonly<Record<Stage, number>>;

/** One of the four tutorials, with what was found on what it teaches. */
export interface Pillar {
  readonly topic: "environment" | "production" | "baseline" | "serving";
  readonly title: string;
  readonly stages: ByStage;
  readonly rules: readonly RuleNode[];
}

export interface RuleNode {
  readonly rule: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly count: number;
  readonly files: readonly FileCount[];
}

interface FileCount {
  /** A URI. */
  readonly file: string;
  readonly stage: Stage;
  readonly count: number;
}

export interface FileNode extends FileCount {
  /** The rule that found something in it. */
  readonly within: string;
}

export interface FindingNode extends CopyPlace {
  readonly message: string;
  readonly severity: Severity;
  readonly foundBy: string;
}

type ReadinessNode = Pillar | RuleNode | FileNode | FindingNode;

interface Readiness {
  readonly pillars: Pillar[];
  readonly files: ByStage;
  readonly recorded: number;
}

/** The view "Production readiness": tutorial, rule, file, finding. Asks only while somebody looks at it. */
export class ReadinessView extends ServerTree<ReadinessNode> {
  constructor(server: Server) {
    super("groundwork.readiness", server);
  }

  async getChildren(node?: ReadinessNode): Promise<ReadinessNode[]> {
    if (!node) return this.#pillars();
    if ("topic" in node) return [...node.rules];
    if ("files" in node) return node.files.map((each) => ({ ...each, within: node.rule }));
    if (!("within" in node)) return [];
    const { file: uri, within: rule } = node;
    const found = await this.server.request<FindingNode[]>("groundwork/findingsIn", { uri, rule });
    return found.map((each) => ({ ...each, foundBy: rule }));
  }

  getTreeItem(node: ReadinessNode): vscode.TreeItem {
    if ("topic" in node) return pillarItem(node);
    if ("files" in node) return ruleItem(node);
    return "within" in node ? fileItem(node) : findingItem(node);
  }

  /** Nothing where no file was looked at: the view says then what can be done. */
  async #pillars(): Promise<Pillar[]> {
    const { pillars, files, recorded } = await this.server.request<Readiness>("groundwork/readiness");
    const isEmpty = Object.values(files).every((count) => count === 0);
    this.view.description = stagesText(pillars.map(({ stages }) => stages));
    this.view.message = recorded > 0 ? recordedText(recorded) : "";
    await vscode.commands.executeCommand("setContext", "groundwork.readinessKnown", true);
    return isEmpty ? [] : pillars;
  }
}

function recordedText(count: number): string {
  return count === 1
    ? vscode.l10n.t("1 recorded finding is not shown.")
    : vscode.l10n.t("{0} recorded findings are not shown.", count);
}
