import { parse, TomlError } from "smol-toml";
import { type Edit, minimalEdit } from "../core/edit.ts";
import { nameInRequirement } from "./declaration.ts";
import { normalizedName } from "./project.ts";
import { withItem } from "./toml-list.ts";

/** A dependency as it is spelt in `pyproject.toml`, and the edit that puts it there, or why there is none. */
export type AddedDependency =
  | { readonly requirement: string; readonly edit: Edit }
  | { readonly requirement: string; readonly refused: string };

/**
 * Adds a distribution to the `[project]` dependencies (PEP 621) of a `pyproject.toml`: where it belongs when they are in
 * order, else at the end, with as much of its installed `version` as its neighbours say of theirs. Undefined where
 * there is no `[project]`, its dependencies are computed, or they name it already.
 */
export function addedDependency(toml: string, name: string, version: string | undefined): AddedDependency | undefined {
  const declared = dependenciesIn(toml);
  const names = declared?.map((each) => normalizedName(nameInRequirement(each) ?? ""));
  const own = normalizedName(name);
  if (!declared || !names || names.includes(own)) return undefined;
  const requirement = version === undefined ? name : name + specifierLike(declared, version);
  const isOrdered = names.every((each, index) => index === 0 || (names[index - 1] ?? "") <= each);
  const next = isOrdered ? names.findIndex((each) => each > own) : -1;
  const result = withItem(toml, ["project", "dependencies"], requirement, next < 0 ? undefined : next);
  if ("refused" in result) return { requirement, refused: result.refused };
  const edit = minimalEdit(toml, result.text);
  return edit && { requirement, edit };
}

/** Undefined where nothing can be added. */
function dependenciesIn(toml: string): readonly string[] | undefined {
  try {
    const { project } = parse(toml);
    if (typeof project !== "object" || Array.isArray(project) || project instanceof Date) return undefined;
    const { dependencies = [], dynamic } = project;
    if (Array.isArray(dynamic) && dynamic.includes("dependencies")) return undefined;
    const isList = Array.isArray(dependencies) && dependencies.every((each) => typeof each === "string");
    return isList ? dependencies : undefined;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return undefined;
  }
}

/** In the manner of most neighbours: pinned, a lowest version, a compatible one, or none; the first one is pinned. */
function specifierLike(neighbours: readonly string[], version: string): string {
  const plain = version.replace(/\+.*$/, "");
  const manner = (neighbour: string) => /^[^;@<>=!~]*(===?|>=|~=|<|>|!=)?/.exec(neighbour)?.[1] ?? "";
  const count = (operator: string) => neighbours.filter((each) => manner(each) === operator).length;
  const most = ["==", ">=", "~=", ""].reduce((best, each) => (count(each) > count(best) ? each : best));
  if (most === "") return "";
  return most === "~=" && !plain.includes(".") ? `>=${plain}` : most + plain;
}
