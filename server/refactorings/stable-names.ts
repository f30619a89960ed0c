import type { Scopes } from "../python/scopes.ts";
import type { Syntax } from "../python/syntax.ts";

/**
 * Does a name of the module mean one object for as long as functions run: a builtin, or what one statement at module
 * level binds and no function rebinds?
 */
export function isBoundOnce(name: string, syntax: Syntax, { module }: Scopes): boolean {
  for (const scope of module.all()) if (scope !== module && scope.globals.has(name)) return false;
  const [binding, ...others] = module.bindings.get(name) ?? [];
  if (!binding) return syntax.ofType("wildcard_import").length === 0;
  if (others.length > 0) return false;
  if (binding.type === "assignment") return binding.parent?.parent === syntax.root;
  const statement = binding.parent?.type === "decorated_definition" ? binding.parent : binding;
  return statement.parent === syntax.root && /^(function_definition|class_definition|import)/.test(binding.type);
}
