import type { Scope } from "./scope.ts";
import type { Scopes } from "./scopes.ts";
import { nameOf, type Syntax, type SyntaxNode, textOf } from "./syntax.ts";

/**
 * Tells what a name or a dotted expression means by the file's imports: `sklearn.model_selection.train_test_split` for
 * `tts` after `from sklearn.model_selection import train_test_split as tts`. A relative import begins with its dots.
 */
export class QualifiedNames {
  readonly #syntax: Syntax;
  readonly #scopes: Scopes;
  #wildcards: readonly string[] | undefined;

  constructor(syntax: Syntax, scopes: Scopes) {
    this.#syntax = syntax;
    this.#scopes = scopes;
  }

  /** Undefined where the name is bound by anything but imports, or is no name at all. */
  of(node: SyntaxNode): string | undefined {
    if (node.type === "identifier") return this.#imported(node);
    if (node.type !== "attribute") return undefined;
    const object = node.child("object");
    const attribute = node.child("attribute");
    const before = object && this.of(object);
    return before === undefined || !attribute ? undefined : `${before}.${nameOf(this.#syntax, attribute)}`;
  }

  scopeOf(node: SyntaxNode): Scope {
    for (const each of [node, ...node.ancestors()]) {
      const scope = this.#scopes.of(each);
      if (scope) return scope;
    }
    return this.#scopes.module;
  }

  /** Is the name bound where a node stands, by anything but the import of it from this package? */
  isElse(name: string, from: string, at: SyntaxNode): boolean {
    const bindings = this.scopeOf(at).ownerOf(name).bindings.get(name) ?? [];
    const [top] = from.split(".", 1);
    return bindings.some((each) => {
      const dotted = each.type.startsWith("import") ? importedAs(each, name, this.#syntax)?.split(".") : undefined;
      return dotted?.[0] !== top || dotted?.at(-1) !== name;
    });
  }

  #imported(identifier: SyntaxNode): string | undefined {
    const name = nameOf(this.#syntax, identifier);
    const bindings = this.scopeOf(identifier).ownerOf(name).bindings.get(name);
    if (!bindings) return this.#byWildcard(name);
    if (!bindings.every((each) => each.type.startsWith("import"))) return undefined;
    const [first] = bindings;
    return first && importedAs(first, name, this.#syntax);
  }

  /** `from sklearn.svm import *` may bind any name that nothing else does; of two, the later one. */
  #byWildcard(name: string): string | undefined {
    this.#wildcards ??= this.#syntax
      .ofType("wildcard_import")
      .flatMap((star) => star.parent?.child("module_name") ?? [])
      .map((module) => textOf(this.#syntax, module));
    const module = this.#wildcards.at(-1);
    return module === undefined || /^[a-z_]+$/.test(name) ? undefined : `${module}.${name}`;
  }
}

/** What an import statement binds to a name, dotted. */
function importedAs(statement: SyntaxNode, name: string, syntax: Syntax): string | undefined {
  const module = statement.child("module_name");
  for (const item of statement.all("name")) {
    const alias = item.child("alias");
    const dotted = textOf(syntax, item.child("name") ?? item);
    const bound = alias ? nameOf(syntax, alias) : module ? dotted : dotted.split(".", 1)[0];
    if (bound !== name) continue;
    if (module) return `${textOf(syntax, module)}.${dotted}`;
    return alias ? dotted : name;
  }
  return undefined;
}
