import type { Node } from "web-tree-sitter";
import { parse } from "../core/grammar.ts";
import {
  type Declarations,
  declaredIn,
  hasPythonClassifier,
  joined,
  nothingDeclared,
  type Role,
  roleOf,
} from "./declaration.ts";

/** What a `setup.cfg` declares (setuptools, "Configuring setuptools using setup.cfg files"). */
export function declaredInSetupConfiguration(text: string): Declarations | undefined {
  const sections = sectionsOf(text);
  const options = sections.get("options");
  const name = sections.get("metadata")?.get("name")?.trim();
  if (![...sections.keys()].some((each) => /^(?:metadata|options(?:\..*)?)$/.test(each))) return undefined;
  const head = {
    ...nothingDeclared,
    saysPython: options?.has("python_requires") === true || hasPythonClassifier(text),
    ...(name ? { project: name } : {}),
  };
  const extras = [...(sections.get("options.extras_require") ?? [])].map(([extra, value]) =>
    lines(value, roleOf(extra)),
  );
  return joined([
    head,
    lines(options?.get("install_requires") ?? "", "runtime"),
    lines(options?.get("tests_require") ?? "", "development"),
    lines(options?.get("setup_requires") ?? "", "build"),
    ...extras,
  ]);
}

/** `file: requirements.txt` is read where it stands. */
function lines(value: string, role: Role): Declarations {
  const requirements = value.split(value.includes("\n") ? "\n" : ";").map((line) => line.trim());
  return declaredIn(
    requirements.filter((line) => line !== "" && !/^(?:#|file:)/.test(line)),
    role,
  );
}

/** Keys by section of an INI file as `configparser` reads it: indented lines go on with the value above. */
function sectionsOf(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let key = "";
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*[#;]/.test(line) || line.trim() === "") continue;
    const header = /^\[([^\]]+)\]/.exec(line);
    const pair = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    if (header) {
      section = new Map();
      sections.set(header[1]?.trim() ?? "", section);
    } else if (/^\s/.test(line)) section.set(key, `${section.get(key) ?? ""}\n${line.trim()}`);
    else if (pair) {
      key = pair[1]?.toLowerCase() ?? "";
      section.set(key, pair[2] ?? "");
    }
  }
  return sections;
}

/**
 * What a `setup.py` declares, read and never run: literal lists, and variables that hold them. Anything that is
 * computed leaves the declarations open.
 */
export function declaredInSetup(text: string): Declarations | undefined {
  if (!/\bsetup\s*\(/.test(text)) return undefined;
  const tree = parse("python", text);
  try {
    const root = tree.rootNode;
    const call = root.descendantsOfType("call").find((each) => /(?:^|\.)setup$/.test(textOf(each, "function")));
    const values = assignedIn(root);
    const readsFile = /["'][^"'\n]*requirements[^"'\n]*["']|\.txt["']/.test(text);
    const parts = argumentsOf(call).map(([name, value]) => declaredBy(name, value, values));
    const all = joined([nothingDeclared, ...parts]);
    const isHidden = call === undefined || hasUnpacked(call);
    const saysPython = all.saysPython || isHidden || hasPythonClassifier(text);
    return { ...all, isOpen: all.isOpen || isHidden, readsFile, saysPython };
  } finally {
    tree.delete();
  }
}

function hasUnpacked(call: Node): boolean {
  return call.childForFieldName("arguments")?.namedChildren.some((each) => each.type === "dictionary_splat") === true;
}

function textOf(node: Node, field: string): string {
  return node.childForFieldName(field)?.text ?? "";
}

function argumentsOf(call: Node | undefined): [string, Node][] {
  const found = call?.childForFieldName("arguments")?.namedChildren ?? [];
  return found.flatMap((each): [string, Node][] => {
    const value = each.type === "keyword_argument" ? each.childForFieldName("value") : null;
    return value ? [[textOf(each, "name"), value]] : [];
  });
}

/** What is assigned to each name, and to its subscripts: `extras["dev"] = […]`. */
type Values = ReadonlyMap<string, Node>;

function assignedIn(root: Node): Values {
  const values = new Map<string, Node>();
  for (const each of root.descendantsOfType("assignment")) {
    const value = each.childForFieldName("right");
    const left = each.childForFieldName("left");
    if (value && (left?.type === "identifier" || left?.type === "subscript")) values.set(left.text, value);
  }
  return values;
}

function declaredBy(name: string, value: Node, values: Values): Declarations {
  switch (name) {
    case "install_requires":
      return listed(value, values, "runtime");
    case "tests_require":
      return listed(value, values, "development");
    case "setup_requires":
      return listed(value, values, "build");
    case "extras_require":
      return extras(value, values);
    case "python_requires":
      return { ...nothingDeclared, saysPython: true };
    case "name":
      return value.type === "string" ? { ...nothingDeclared, project: stringOf(value) } : nothingDeclared;
    default:
      return nothingDeclared;
  }
}

/** The strings of a list, of the variable that holds it, or of a sum of lists. */
function listed(value: Node, values: Values, role: Role, depth = 0): Declarations {
  const followed = value.type === "identifier" ? values.get(value.text) : value;
  if (!followed || depth > 5) return { ...nothingDeclared, isOpen: true };
  if (followed.type === "string")
    return declaredIn(
      stringOf(followed)
        .split("\n")
        .filter((line) => line.trim()),
      role,
    );
  const isSum = followed.type === "binary_operator" || followed.type === "parenthesized_expression";
  if (isSum) return joined(followed.namedChildren.map((each) => listed(each, values, role, depth + 1)));
  if (!["list", "tuple", "set"].includes(followed.type)) return { ...nothingDeclared, isOpen: true };
  const parts = followed.namedChildren.filter((each) => each.type !== "comment");
  return joined(
    parts.map((each) =>
      each.type === "string" ? declaredIn([stringOf(each)], role) : { ...nothingDeclared, isOpen: true },
    ),
  );
}

function extras(value: Node, values: Values): Declarations {
  const followed = value.type === "identifier" ? values.get(value.text) : value;
  if (followed?.type !== "dictionary") return { ...nothingDeclared, isOpen: true };
  const pairs = followed.namedChildren.filter((each) => each.type === "pair");
  const literal = pairs.map((pair): [string, Node | null] => [textOf(pair, "key"), pair.childForFieldName("value")]);
  const added = [...values].filter(([name]) => value.type === "identifier" && name.startsWith(`${value.text}[`));
  return joined(
    [...literal, ...added].map(([name, list]) =>
      list ? listed(list, values, roleOf(/["'](.*)["']/.exec(name)?.[1] ?? "")) : nothingDeclared,
    ),
  );
}

/** A literal without its quotes; what is put into an f-string stays as it is spelt. */
function stringOf(node: Node): string {
  return node.namedChildren
    .filter((each) => each.type === "string_content")
    .map((each) => each.text)
    .join("");
}
