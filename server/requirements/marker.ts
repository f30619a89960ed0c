import { normalizedName } from "../project/project.ts";
import { type MarkerOperation, type MarkerTerm, type MarkerTree, parseMarker } from "./marker-syntax.ts";
import { allows, parseSpecifier } from "./specifier.ts";

/** Values of the marker variables of PEP 508, as far as they are known; `extra` is empty where none is asked for. */
export type MarkerEnvironment = Readonly<Partial<Record<string, string>>>;

/**
 * Whether a marker holds in an environment, as `packaging` 26 evaluates it. Undefined where it refuses: the text is
 * no marker, a variable is not known, or the comparison has no meaning (`os_name ~= "nt"`).
 */
export function markerHolds(marker: string, environment: MarkerEnvironment): boolean | undefined {
  const tree = parseMarker(marker);
  return tree && evaluate(tree, environment);
}

/** Every comparison must have a meaning, also where the others decide already. */
function evaluate(tree: MarkerTree, environment: MarkerEnvironment): boolean | undefined {
  if ("operation" in tree) return compare(tree, environment);
  const results = tree.parts.map((part) => evaluate(part, environment));
  if (results.includes(undefined)) return undefined;
  return tree.joined === "and" ? !results.includes(false) : results.includes(true);
}

/** These compare as versions where the right side is one (PEP 508); all others compare as words. */
const versionVariables = ["implementation_version", "platform_release", "python_full_version", "python_version"];

function compare({ left, operation, right }: MarkerOperation, environment: MarkerEnvironment): boolean | undefined {
  const variable = left.isVariable ? left.text : right.text;
  const value = known(variable, environment);
  if (value === undefined) return undefined;
  const [one, other] = left.isVariable ? [value, literal(right, variable)] : [literal(left, variable), value];
  const specifier = versionVariables.includes(variable) ? parseSpecifier(operation + other) : undefined;
  if (specifier) return allows(specifier, one);
  return compareWords(one, operation, other);
}

/** CPython built from a working copy calls itself `3.14.0+`, which is no version. */
function known(variable: string, environment: MarkerEnvironment): string | undefined {
  const value = environment[variable];
  if (variable === "python_full_version" && value?.endsWith("+")) return `${value}local`;
  return variable === "extra" && value ? normalizedName(value) : value;
}

function literal(term: MarkerTerm, variable: string): string {
  return variable === "extra" && !term.isVariable ? normalizedName(term.text) : term.text;
}

function compareWords(left: string, operation: string, right: string): boolean | undefined {
  switch (operation) {
    case "in":
      return right.includes(left);
    case "not in":
      return !right.includes(left);
    case "==":
    case "<=":
    case ">=":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
    case ">":
      return false;
    default:
      return undefined;
  }
}
