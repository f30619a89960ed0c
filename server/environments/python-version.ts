import { parse } from "smol-toml";
import { isRecord } from "../core/json.ts";

/** The text of a file of the folder; `undefined` when there is none. */
export type ReadFile = (name: string) => Promise<string | undefined>;

/**
 * The Python version (`3.11`) that a folder's files ask for. The first exact choice (`.python-version`,
 * Heroku's `runtime.txt`, `environment.yml`) which the constraint allows wins; else it is the newest that the constraint
 * (`requires-python`, poetry's `python`, `python_requires`) allows, if it has an end. `undefined` means: the newest.
 */
export async function pythonVersionFor(read: ReadFile): Promise<string | undefined> {
  const [pyproject, setup, pinned, runtime, yml, yaml] = await Promise.all(
    ["pyproject.toml", "setup.cfg", ".python-version", "runtime.txt", "environment.yml", "environment.yaml"].map(read),
  );
  const constraint = pyprojectConstraint(pyproject) ?? setupConstraint(setup) ?? "";
  const conda = condaSpec(yml ?? yaml);
  const choices = [
    /^\s*(?:cpython-)?(\d+\.\d+)/m.exec(pinned ?? "")?.[1],
    /^\s*python-(\d+\.\d+)/m.exec(runtime ?? "")?.[1],
    /^={1,2}\s*(\d+\.\d+)/.exec(conda)?.[1],
  ];
  for (const choice of choices) if (choice !== undefined && allows(constraint, minorOf(choice))) return choice;
  return newestAllowed(constraint) ?? newestAllowed(conda);
}

function pyprojectConstraint(text: string | undefined): string | undefined {
  const table = tomlTable(text);
  const project = tableIn(table, "project");
  if (typeof project["requires-python"] === "string") return project["requires-python"];
  const poetry = tableIn(tableIn(tableIn(table, "tool"), "poetry"), "dependencies").python;
  return typeof poetry === "string" ? poetry : undefined;
}

function tomlTable(text: string | undefined): unknown {
  try {
    return parse(text ?? "");
  } catch {
    return undefined;
  }
}

function tableIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const inner = isRecord(value) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
}

function setupConstraint(text: string | undefined): string | undefined {
  return /^python_requires\s*=\s*(\S.*)$/m.exec(text ?? "")?.[1]?.trim();
}

/** What follows `python` in the dependencies of a conda environment file. */
function condaSpec(text: string | undefined): string {
  const line = /^\s*-\s*["']?(?:[\w./-]+::)?python\s*((?:=|<|>|!|~)[^"'#\n]*)/m.exec(text ?? "");
  return line?.[1]?.trim() ?? "";
}

/** Newer minor versions of Python than this one do not exist for long. */
const farFuture = 40;

/** The newest minor version of Python 3 that is allowed; `undefined` when every later one is, or none. */
function newestAllowed(constraint: string): string | undefined {
  if (allows(constraint, farFuture)) return undefined;
  for (let minor = farFuture - 1; minor >= 0; minor--) if (allows(constraint, minor)) return `3.${minor}`;
  return undefined;
}

const minorOf = (version: string) => (version.startsWith("3.") ? Number(version.slice(2)) : -1);

/** Is the newest patch of Python 3.minor allowed? An exact patch (`==3.11.4`) allows its minor version. */
function allows(constraint: string, minor: number): boolean {
  return constraint.split(/[,\s]+(?=[<>=!~^*\d])/).every((specifier) => allowsOne(specifier.trim(), minor));
}

function allowsOne(specifier: string, minor: number): boolean {
  const match = /^(===?|=|~=|!=|<=?|>=?|\^|~)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(\.\*)?$/.exec(specifier);
  // What cannot be read constrains nothing, rather than everything.
  if (!match) return true;
  const [, operator = "==", major, second, third, star] = match;
  const bound = [Number(major), Number(second ?? 0), Number(third ?? 0)] as const;
  const sameMinor = bound[0] === 3 && (second === undefined || bound[1] === minor);
  // The newest patch stands for the minor version: 3.11.∞.
  const after = bound[0] < 3 || (bound[0] === 3 && bound[1] <= minor);
  const before = bound[0] > 3 || (bound[0] === 3 && bound[1] > minor);
  if (operator === "!=") return !(star !== undefined && sameMinor);
  if (operator === ">=" || operator === ">") return after;
  if (operator === "<" || operator === "<=") return before;
  if (operator === "^") return after && bound[0] === 3;
  if (operator === "~=") return third === undefined ? after && bound[0] === 3 : sameMinor;
  return sameMinor;
}
