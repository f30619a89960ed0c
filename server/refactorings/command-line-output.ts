import { type Syntax, type SyntaxNode, textOf } from "../python/syntax.ts";

/** Libraries whose programs talk to a person in a terminal. */
const commandLibraries = /^(click|typer|fire|docopt|cmd|rich_click|cyclopts|cleo|plac)(\.|$)/;

/**
 * Is what this call prints the output of a command-line program, made for the person who called it? By the file's
 * name, by the library that makes it a command, by `main()` and the script part of a module.
 */
export function writesForUser(syntax: Syntax, call: SyntaxNode): boolean {
  if (/(^|\/)(cli|commands?|bin|management)\//.test(syntax.path)) return true;
  if (/(^|\/)(__main__|manage|setup|(\w+_)?(cli|console|command)|(cli|command|console)_\w+)\.py$/.test(syntax.path)) {
    return true;
  }
  if (importsCommandLibrary(syntax)) return true;
  for (const around of call.ancestors()) {
    if (around.type === "if_statement" && isScriptGuard(syntax, around)) return true;
    if (around.type !== "function_definition") continue;
    const name = around.child("name");
    if (name && /^(main|cli|usage)$/.test(textOf(syntax, name))) return true;
  }
  return false;
}

function importsCommandLibrary(syntax: Syntax): boolean {
  const imports = [...syntax.ofType("import_statement"), ...syntax.ofType("import_from_statement")];
  return imports.some((node) => {
    const modules = node.type === "import_statement" ? node.all("name") : node.all("module_name");
    return modules.some((name) => commandLibraries.test(textOf(syntax, name)));
  });
}

/** `if __name__ == "__main__":` */
export function isScriptGuard(syntax: Syntax, node: SyntaxNode): boolean {
  const condition = node.child("condition");
  const text = condition ? textOf(syntax, condition) : "";
  return /^\(?\s*(__name__\s*==\s*['"]__main__['"]|['"]__main__['"]\s*==\s*__name__)\s*\)?$/.test(text);
}
