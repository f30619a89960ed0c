import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Problem, Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { isStringStatement, plainString } from "../../python/strings.ts";
import { nameOf, type Syntax, type SyntaxNode, syntaxOf, textOf } from "../../python/syntax.ts";
import { liftToConstant } from "../../refactorings/lift-constant.ts";
import { liftToParameter } from "../../refactorings/lift-parameter.ts";
import { hasString } from "./before-parsing.ts";
import { isShown } from "./shown.ts";

export const userPath: Rule<PythonModule> = {
  name: "user-path",
  topic: "production",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A path exists only on one person's computer"),
  why: () =>
    l10n.t(
      "A path below somebody's home, a mounted drive or the input folder of a competition is right on one computer. Everywhere else, on a colleague's machine, on the server and in the tests, the program stops when it opens the file.\n\nWhat changes from place to place is a parameter: an argument of the function, an option of the command, a variable of the environment, or at least one constant at the top of the file. Caring for where the program runs is part of building something solid, says the tutorial *Código para produção*.",
    ),
  example: {
    path: "train.py",
    bad: 'import json\n\n\ndef labels():\n    with open("/home/maria/churn/labels.json") as file:\n        return json.load(file)\n',
    good: "import json\n\n\ndef labels(path):\n    with open(path) as file:\n        return json.load(file)\n",
  },
  // Colons and dots are everywhere, so that looking for words that begin with one takes long.
  needles: ["/home/", "Users/", "Users\\", "/content/", "/kaggle/", "/input/"],
  concerns: (path) => !isTestPath(path) && !isShown(path),
  *check(module) {
    if (!anywhere.test(module.text) || !hasString(module.text, mayBeUserPath)) return;
    const syntax = syntaxOf(module);
    for (const node of syntax.ofType("string")) {
      const path = userPathIn(syntax, node);
      if (path !== undefined) yield problemAt(node, path);
    }
  },
  *fixes(module, problem) {
    for (const lift of [liftToConstant, liftToParameter]) {
      const fix = lift(module, problem.at, "PATH");
      if (fix) yield fix;
    }
  },
};

const patterns = [
  String.raw`/(?:home|Users)/([^/\s"'<>{}$*%]+)/`,
  String.raw`[A-Za-z]:(?:\\{1,2}|/)Users(?:\\{1,2}|/)([^\\/\s"'<>{}$*%]+)[\\/]`,
  "/content/g?drive/",
  "/kaggle/(?:input|working)/",
  String.raw`\.\./input/`,
].join("|");
/** The place where Colab mounts anybody's drive. */
const driveItself = /^\/content\/g?drive\/(?:My ?Drive\/?)?$/;
const anywhere = new RegExp(patterns);
const fromStart = new RegExp(`^(?:file://)?(?:${patterns})`);

/** Homes of containers and services, which are the same everywhere, and names that stand for anybody's. */
const sharedHomes =
  /^(?:airflow|app|appuser|azureuser|circleci|codespace|coder|dev(?:eloper)?|docker|ec2-user|gitpod|jovyan|jenkins|jupyter|kasm-user|linuxbrew|mambauser|node|nobody|nonroot|oracle|pi|postgres|pptruser|python|root|runner|runneradmin|sagemaker-user|site|steam|svc\w*|travis|ubuntu|vagrant|vcap|vscode|webapp|www-data|wwwroot|Administrator|All Users|Public|Default|Shared|(?:some)?(?:one|body)|(?:your|my|the)?[_-]?(?:user)?_?-?(?:name)?|user\w*|usr|me|you|john|jane|doe|(?:john|jane)[._-]?doe|alice|bob|foo|bar|baz|test(?:er|user)?|guest|demo|example|admin|x{2,}|\.+)$/i;

/** Whether a literal begins with such a path, or holds other literals, as an f-string may. */
function mayBeUserPath(literal: string): boolean {
  if (/^[a-z]*[ft]/i.test(literal)) return anywhere.test(literal);
  return fromStart.test(literal.replace(opening, ""));
}

const opening = /^[a-z]*("""|'''|"|')/i;

function userPathIn(syntax: Syntax, node: SyntaxNode): string | undefined {
  // An f-string counts for what stands before its first field.
  const text = plainString(syntax, node) ?? textOf(syntax, node).replace(opening, "");
  const match = fromStart.exec(text);
  if (!match || isProse(text) || isOnlyMentioned(syntax, node) || isOfPlatform(syntax, node)) return undefined;
  // Others than Kaggle's programs have a folder `input`, too.
  if (match[0] === "../input/" && !/kaggle/i.test(syntax.text)) return undefined;
  const user = match[1] ?? match[2];
  if (user !== undefined && sharedHomes.test(user)) return undefined;
  // A function that copies to the drive of Colab gets the path below it from its caller.
  if (driveItself.test(text) && [...node.ancestors()].some(({ type }) => type === "function_definition"))
    return undefined;
  return match[0];
}

/** A path in a text for people: of several lines, or with words behind it. */
function isProse(text: string): boolean {
  return /[\r\n]|\s(?:is|are|was|has|does|do|not|to|and|or|for|in|with|becomes?|exists?)\s/.test(text);
}

/** What is compared, searched for or cut off is looked at and not opened; messages, help and docstrings are read by people. */
function isOnlyMentioned(syntax: Syntax, node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent || isStringStatement(parent) || parent.type === "comparison_operator") return true;
  const key = parent.type === "keyword_argument" ? parent.child("name") : undefined;
  if (
    key &&
    /^(?:help|description|epilog|usage|metavar|examples?|placeholder|label|title|message|msg)$/.test(
      nameOf(syntax, key),
    )
  )
    return true;
  const list = parent.type === "argument_list" ? parent : undefined;
  const call = list?.parent;
  const called = call?.child("function");
  return called !== undefined && reading.test(textOf(syntax, called));
}

/** Functions that look at a text, ask whether something is there, or say something to a person. */
const reading =
  /(?:^|\.)(?:startswith|endswith|replace|removeprefix|match|search|compile|sub|findall|split|exists|is_?dir|is_?file|is_?mount|print|echo|secho|debug|info|warn|warning|error|exception|critical|\w+(?:Error|Exception|Warning))$/;

/** Is it one of several places, chosen by where the program runs? */
function isOfPlatform(syntax: Syntax, node: SyntaxNode): boolean {
  return [...node.ancestors()].some((each) => {
    if (each.type === "conditional_expression") return place.test(textOf(syntax, each));
    const condition = each.type === "if_statement" ? each.child("condition") : undefined;
    return condition !== undefined && place.test(textOf(syntax, condition));
  });
}

const place =
  /colab|kaggle|\bexists\(|is_?dir\(|is_?file\(|is_?mount\(|hostname|\.node\(\)|getuser|getlogin|environ|getenv/i;

function problemAt(node: SyntaxNode, path: string): Problem {
  return {
    at: { start: node.start, end: node.end },
    message: l10n.t("Path below `{0}` exists only on some computers", path),
  };
}
