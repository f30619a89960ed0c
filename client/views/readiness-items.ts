import * as vscode from "vscode";
import { placeName } from "../duplicates/copies.ts";
import type { Stage } from "../server.ts";
import type { ByStage, FileNode, FindingNode, Pillar, RuleNode, Severity } from "./readiness.ts";

const { None, Collapsed } = vscode.TreeItemCollapsibleState;

export function pillarItem({ topic, title, stages, rules }: Pillar): vscode.TreeItem {
  const isClean = rules.length === 0;
  const item = new vscode.TreeItem(title, isClean ? None : Collapsed);
  item.id = topic;
  item.contextValue = "pillar";
  item.description = isClean ? vscode.l10n.t("nothing found") : stagesText([stages]);
  item.iconPath = isClean
    ? new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed"))
    : new vscode.ThemeIcon(pillarIcons[topic]);
  return item;
}

const pillarIcons: Readonly<Record<Pillar["topic"], string>> = {
  environment: "package",
  production: "tools",
  baseline: "graph-line",
  serving: "server-process",
};

export function ruleItem({ rule, summary, severity, count }: RuleNode): vscode.TreeItem {
  const item = new vscode.TreeItem(summary, Collapsed);
  item.id = rule;
  item.contextValue = "rule";
  item.description = String(count);
  item.iconPath = severityIcon(severity);
  item.tooltip = new vscode.MarkdownString(`\`${rule}\`\n\n${summary}`);
  const findings = count === 1 ? vscode.l10n.t("1 finding") : vscode.l10n.t("{0} findings", count);
  item.accessibilityInformation = { label: `${severityName(severity)}: ${summary}, ${findings}` };
  return item;
}

export function fileItem({ file, stage, count, within }: FileNode): vscode.TreeItem {
  const uri = vscode.Uri.parse(file);
  const path = vscode.workspace.asRelativePath(uri);
  const item = new vscode.TreeItem(uri.path.split("/").at(-1) ?? "", Collapsed);
  item.id = `${within} ${file}`;
  item.contextValue = "file";
  item.resourceUri = uri;
  item.iconPath = vscode.ThemeIcon.File;
  const folder = path.split("/").slice(0, -1).join("/");
  item.description = [folder, stageName(stage), String(count)].filter((part) => part !== "").join(" · ");
  const findings = count === 1 ? vscode.l10n.t("1 finding") : vscode.l10n.t("{0} findings", count);
  item.accessibilityInformation = { label: `${path}, ${stageName(stage)}, ${findings}` };
  return item;
}

export function findingItem(node: FindingNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.message, None);
  item.contextValue = "finding";
  item.description = placeName(node).split(":").slice(1).join(":");
  item.iconPath = severityIcon(node.severity);
  item.tooltip = `${node.message}\n${placeName(node)}`;
  item.accessibilityInformation = { label: `${node.message}, ${placeName(node)}` };
  item.command = { command: "groundwork.showFinding", title: vscode.l10n.t("Open"), arguments: [node] };
  return item;
}

/** `3 in production · 8 undecided`; stages without findings are left out. */
export function stagesText(counts: readonly ByStage[]): string {
  const of = (stage: Stage) => counts.reduce((sum, each) => sum + each[stage], 0);
  const texts = [
    of("production") > 0 && vscode.l10n.t("{0} in production", of("production")),
    of("undecided") > 0 && vscode.l10n.t("{0} undecided", of("undecided")),
    of("experimental") > 0 && vscode.l10n.t("{0} experimental", of("experimental")),
  ];
  return texts.filter((text) => text !== false).join(" · ");
}

function stageName(stage: Stage): string {
  if (stage === "production") return vscode.l10n.t("production");
  return stage === "experimental" ? vscode.l10n.t("experimental") : vscode.l10n.t("undecided");
}

function severityIcon(severity: Severity): vscode.ThemeIcon {
  if (severity === "error") return new vscode.ThemeIcon("error", new vscode.ThemeColor("problemsErrorIcon.foreground"));
  if (severity === "warning") {
    return new vscode.ThemeIcon("warning", new vscode.ThemeColor("problemsWarningIcon.foreground"));
  }
  return new vscode.ThemeIcon(
    severity === "hint" ? "lightbulb" : "info",
    new vscode.ThemeColor("problemsInfoIcon.foreground"),
  );
}

function severityName(severity: Severity): string {
  if (severity === "error") return vscode.l10n.t("Error");
  if (severity === "warning") return vscode.l10n.t("Warning");
  return severity === "hint" ? vscode.l10n.t("Hint") : vscode.l10n.t("Information");
}
