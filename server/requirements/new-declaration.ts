import type { Edit } from "../core/edit.ts";
import type { Dependencies } from "../project/dependencies.ts";
import type { Project } from "../project/project.ts";
import { addedDependency } from "../project/pyproject-dependency.ts";
import { additionEdit } from "./addition.ts";
import { declarationPlace } from "./declared.ts";
import { readRequirements } from "./reader.ts";

/** A distribution in the file where the project declares what it needs: the edit, or the reason for none. */
export interface NewDeclaration {
  /** POSIX path relative to the root. */
  readonly target: string;
  readonly requirement: string;
  /** Its version is that of the project's own environment. */
  readonly isInstalled: boolean;
  readonly edit?: Edit;
  readonly refused?: string;
}

/**
 * Declares a distribution (PEP 503 name) for the file at `path`: in the nearest requirements file, else in the nearest
 * `pyproject.toml` with a `[project]` (PEP 621). Undefined where neither is, or it stands there already.
 */
export function newDeclaration(name: string, path: string, project: Project): NewDeclaration | undefined {
  const { dependencies } = project;
  const target = dependencies && declarationPlace(path, dependencies);
  if (target !== undefined) return inRequirements(name, target, project);
  const manifests = dependencies ? manifestsAbove(path, dependencies) : [];
  for (const manifest of manifests) {
    const file = project.requirementsAt(manifest);
    if (file?.encoding !== "utf-8") continue;
    const installed = installedVersion(name, project);
    const added = addedDependency(file.text, installed?.name ?? name, installed?.version);
    if (added) return { target: manifest, isInstalled: installed !== undefined, ...added };
  }
  return undefined;
}

/** The same in a requirements file at a known place, which need not be there yet. */
export function inRequirements(name: string, target: string, project: Project): NewDeclaration | undefined {
  const installed = installedVersion(name, project);
  const requirement = installed ? `${installed.name}==${installed.version}` : name;
  using file = readRequirements(target, project.requirementsAt(target)?.text ?? "");
  const edit = additionEdit(file, requirement);
  if (!edit) return undefined;
  const common = { target, requirement, isInstalled: installed !== undefined };
  return "refused" in edit ? { ...common, refused: edit.refused } : { ...common, edit };
}

/** What the project's own environment holds from an index, without the label of a build. */
function installedVersion(name: string, { environment }: Project): { name: string; version: string } | undefined {
  const isOwn = environment?.kind === "venv" || environment?.kind === "conda";
  const installed = isOwn ? environment.distributions.get(name) : undefined;
  if (!installed || installed.directUrl) return undefined;
  return { name: installed.name, version: installed.version.replace(/\+.*$/, "") };
}

/** The nearest first. */
function manifestsAbove(path: string, { declaring }: Dependencies): string[] {
  const all = declaring.flatMap((file) => (/(?:^|\/)pyproject\.toml$/.test(file.path) ? [file.path] : []));
  const above = all.filter((each) => path.startsWith(each.slice(0, each.lastIndexOf("/") + 1)));
  return above.sort((a, b) => b.length - a.length);
}
