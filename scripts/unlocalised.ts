// Texts of the sources that are shown to people and do not go through l10n.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Language, type Node, Parser } from "web-tree-sitter";

const require = createRequire(import.meta.url);

/** Calls that show their arguments. */
const showing =
  /^(?:show(?:Information|Warning|Error)Message|showQuickPick|showInputBox|createWebviewPanel|TreeItem|FileDecoration|MarkdownString|error|warn|info|complain)$/;

/** Properties that are shown, of options and of values such as rules, fixes and diagnostics. */
const shown =
  /^(?:title|message|label|detail|description|placeHolder|prompt|tooltip|text|refused|reason|summary|why|ariaLabel|name)$/;

/** What language models read, not people; people read the manifest's texts of the same tools. */
const forModels: ReadonlySet<string> = new Set(["server/host/model-tools.ts"]);

/** Which object a property must belong to, where its name alone says too little. */
const shownOnly: Readonly<Record<string, RegExp>> = {
  text: /^(?:#?item|this\.#item|status)/i,
  name: /^(?:#?item|this\.#item|status)/i,
};

/** Names and words of code, which are the same in every language. */
const names =
  /\b(?:import|Groundwork|groundwork|Python|Jupyter|Conda|conda|pip|uv|venv|requirements\.txt|pyproject\.toml)\b/g;

/** One line for each text, with its place; the loading of the grammar is the only thing that takes long. */
export async function unlocalisedTexts(sources: ReadonlyMap<string, string>): Promise<string[]> {
  await Parser.init();
  const folder = dirname(require.resolve("@vscode/l10n-dev"));
  const grammar = await Language.load(await readFile(join(folder, "tree-sitter-typescript.wasm")));
  const parser = new Parser().setLanguage(grammar);
  const problems: string[] = [];
  for (const [path, text] of sources) {
    if (forModels.has(path)) continue;
    const tree = parser.parse(text);
    for (const node of tree?.rootNode.descendantsOfType(["string", "template_string"]) ?? []) {
      if (!node || !isWords(node) || !isShown(node)) continue;
      problems.push(`${path}:${node.startPosition.row + 1}: shown, but not through l10n.t: ${node.text}`);
    }
    tree?.delete();
  }
  parser.delete();
  return problems;
}

/** Has it words that are no names, outside of what is put into it? One in small letters is a code of our own. */
function isWords(node: Node): boolean {
  if (!/\p{L}{2}/u.test(node.text)) return false;
  const text = withoutSubstitutions(node)
    .replace(/`[^`]*`|\$\([\w-]+\)/g, " ")
    .replace(names, " ");
  const words = text.match(/(?<![\w.$/<&:-])\p{L}{2,}(?![\w.(/>:=-])/gu) ?? [];
  return words.length > 1 || /^\p{Lu}/u.test(words[0] ?? "") || (words.length === 1 && node.text.includes("${"));
}

function withoutSubstitutions(node: Node): string {
  if (node.type === "string" || !node.text.includes("${")) return node.text.slice(1, -1);
  let text = node.text.slice(1, -1);
  for (const each of node.descendantsOfType("template_substitution")) {
    if (each?.parent?.id === node.id) text = text.replace(each.text, " ");
  }
  return text;
}

/** Follows a string outwards through what keeps its value, to what is done with it. */
function isShown(node: Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  switch (parent.type) {
    case "parenthesized_expression":
    case "ternary_expression":
    case "binary_expression":
      return !isCondition(node, parent) && isShown(parent);
    case "arguments":
      return showing.test(calleeOf(parent)) && !isLog(parent);
    case "pair":
      return isProperty(parent.childForFieldName("key")?.text ?? "", undefined) && !isInLocalised(parent);
    case "arrow_function": {
      const holder = parent.parent;
      return (
        holder?.type === "pair" && /^(?:summary|why|description)$/.test(holder.childForFieldName("key")?.text ?? "")
      );
    }
    case "assignment_expression": {
      const left = parent.childForFieldName("left");
      const property = left?.childForFieldName("property")?.text ?? "";
      return isProperty(property, left?.childForFieldName("object")?.text ?? "");
    }
    default:
      return false;
  }
}

function isProperty(name: string, object: string | undefined): boolean {
  const only = shownOnly[name];
  if (only) return object !== undefined && only.test(object);
  return shown.test(name);
}

/** Of `a ? b : c` and `a === b` only what may be the value counts. */
function isCondition(node: Node, parent: Node): boolean {
  if (parent.type === "ternary_expression") return parent.childForFieldName("condition")?.id === node.id;
  return (
    parent.type === "binary_expression" && !/^(?:\+|\?\?|\|\|)$/.test(parent.childForFieldName("operator")?.text ?? "")
  );
}

/** The log is for us: it speaks English. */
function isLog(list: Node): boolean {
  const object = list.parent?.childForFieldName("function")?.childForFieldName("object")?.text ?? "";
  return /\blog$|#log$/.test(object);
}

/** `l10n.t({ message: "…", comment: […] })`. */
function isInLocalised(pair: Node): boolean {
  const list = pair.parent?.parent;
  return list?.type === "arguments" && list.parent?.childForFieldName("function")?.text.endsWith("l10n.t") === true;
}

/** The last name of what is called with these arguments. */
function calleeOf(list: Node): string {
  const call = list.parent;
  const callee = call?.childForFieldName("function") ?? call?.childForFieldName("constructor");
  return (callee?.childForFieldName("property") ?? callee)?.text ?? "";
}
