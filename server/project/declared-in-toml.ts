import { parse, TomlError } from "smol-toml";
import {
  type Declarations,
  declaredIn,
  hasPythonClassifier,
  joined,
  nothingDeclared,
  type Role,
  roleOf,
} from "./declaration.ts";

/**
 * What a `pyproject.toml` declares: PEP 621, PEP 735, PEP 518, and the tables of Poetry, PDM, uv, Hatch and Pixi;
 * undefined when it is about other tools only, or does not parse.
 */
export function declaredInPyproject(text: string): Declarations | undefined {
  const document = tableOf(text);
  const tool = table(document.tool);
  const parts = [
    ...projectParts(table(document.project)),
    ...poetryParts(table(tool.poetry)),
    ...groups(table(document["dependency-groups"]), "development"),
    ...groups(table(table(tool.pdm)["dev-dependencies"]), "development"),
    ...list(table(tool.uv)["dev-dependencies"], "development"),
    ...hatchParts(table(tool.hatch)),
    ...pixiParts(table(tool.pixi)),
  ];
  parts.push(...list(table(document["build-system"]).requires, "build"));
  return parts.length === 0 ? undefined : joined(parts);
}

/** What a script declares for itself alone (PEP 723); undefined without such a block. */
export function declaredInScript(text: string): Declarations | undefined {
  const block = /^# \/\/\/ script[ \t]*\r?\n((?:#(?: .*)?\r?\n)*?)# \/\/\/[ \t]*$/m.exec(text)?.[1];
  if (block === undefined) return undefined;
  const document = tableOf(block.replace(/^# ?/gm, ""));
  const saysPython = "requires-python" in document;
  return joined([{ ...nothingDeclared, saysPython }, ...list(document.dependencies, "runtime")]);
}

/** What a `Pipfile` declares (Pipenv). */
export function declaredInPipfile(text: string): Declarations {
  const document = tableOf(text);
  const requires = table(document.requires);
  const saysPython = "python_version" in requires || "python_full_version" in requires;
  const parts = [named(document.packages, "runtime"), named(document["dev-packages"], "development")];
  return joined([...parts, { ...nothingDeclared, saysPython }]);
}

/** What a `pixi.toml` declares. */
export function declaredInPixi(text: string): Declarations {
  return joined(pixiParts(tableOf(text)));
}

type Table = Readonly<Record<string, unknown>>;

function tableOf(text: string): Table {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return {};
  }
}

function table(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown, role: Role): Declarations[] {
  return Array.isArray(value) ? [declaredIn(value, role)] : [];
}

/** The keys of a table are names; `python` says which Python. */
function named(value: unknown, role: Role): Declarations {
  const names = Object.keys(table(value));
  const declared = names.filter((name) => name !== "python").map((name) => ({ name, role }));
  return { declared, saysPython: names.includes("python"), isOpen: false };
}

/** PEP 621. */
function projectParts(project: Table): Declarations[] {
  if (Object.keys(project).length === 0) return [];
  const dynamic = Array.isArray(project.dynamic) ? project.dynamic : [];
  const head = {
    ...nothingDeclared,
    saysPython: "requires-python" in project || hasPythonClassifier(JSON.stringify(project.classifiers ?? "")),
    isOpen: dynamic.includes("dependencies"),
    readsFile: dynamic.includes("dependencies"),
    ...(typeof project.name === "string" ? { project: project.name } : {}),
  };
  return [
    head,
    ...list(project.dependencies, "runtime"),
    ...groups(table(project["optional-dependencies"]), "runtime"),
  ];
}

/** Lists of requirements by name; what an entry includes (PEP 735) stands in another list. */
function groups(groups: Table, usual: Role): Declarations[] {
  return Object.entries(groups).flatMap(([name, value]) => {
    const entries = Array.isArray(value) ? value.filter((each) => typeof each === "string") : value;
    return list(entries, usual === "runtime" ? roleOf(name) : usual);
  });
}

function poetryParts(poetry: Table): Declarations[] {
  if (Object.keys(poetry).length === 0) return [];
  const head = { ...nothingDeclared, ...(typeof poetry.name === "string" ? { project: poetry.name } : {}) };
  const others = Object.values(table(poetry.group)).map((group) => named(table(group).dependencies, "development"));
  return [head, named(poetry.dependencies, "runtime"), named(poetry["dev-dependencies"], "development"), ...others];
}

function hatchParts(hatch: Table): Declarations[] {
  return Object.values(table(hatch.envs)).flatMap((environment) => [
    ...list(table(environment).dependencies, "development"),
    ...list(table(environment)["extra-dependencies"], "development"),
  ]);
}

function pixiParts(pixi: Table): Declarations[] {
  const features = Object.values(table(pixi.feature)).map(table);
  return [pixi, ...features].flatMap((each) =>
    [each.dependencies, each["pypi-dependencies"], each["host-dependencies"]]
      .filter((dependencies) => dependencies !== undefined)
      .map((dependencies) => named(dependencies, "runtime")),
  );
}
