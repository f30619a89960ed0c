import { type Syntax, type SyntaxNode, textOf, undecorated } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";

/** A function that answers requests, with the functions of the file that it calls, however far down. */
export interface Handler {
  readonly definition: SyntaxNode;
  /** The calls that one request makes in this file. */
  readonly calls: readonly Call[];
}

const webModules =
  /\b(?:fastapi|flask|flask_restful|flask_restx|quart|starlette|sanic|litestar|bentoml|django|rest_framework)\b/;
const verbs = /\.(?:get|post|put|patch|delete|route|api_route|websocket|head|api)\b/;
const viewClasses = /\b(?:Resource|MethodView|APIView|View|GenericAPIView|HTTPEndpoint|ViewSet|RequestHandler)\b/;
const viewMethods = new Set(["get", "post", "put", "patch", "delete", "dispatch_request"]);
/** Whoever calls these asks for the model to be loaded again. */
const loading = /(?:re)?load|refresh|update_model|warm|startup|lifespan|health|train|init/i;

/** The route handlers of FastAPI, Flask, Starlette, Django and BentoML in a file. */
export function handlersIn(flow: ValueFlow): readonly Handler[] {
  const { syntax } = flow;
  const imports = [...syntax.ofType("import_statement"), ...syntax.ofType("import_from_statement")];
  if (!imports.some((each) => webModules.test(textOf(syntax, each)))) return [];
  return syntax
    .ofType("function_definition")
    .filter((definition) => isHandler(definition, syntax) && !loading.test(nameOf(definition, syntax)))
    .map((definition) => ({ definition, calls: callsOf(definition, flow) }));
}

function nameOf(definition: SyntaxNode, syntax: Syntax): string {
  const name = definition.child("name");
  return name ? textOf(syntax, name) : "";
}

function isHandler(definition: SyntaxNode, syntax: Syntax): boolean {
  const decorators = decoratorsOf(definition, syntax);
  if (decorators.some((each) => verbs.test(each) && /^@\w+(?:\.\w+)*\.\w+\s*(?:\(|$)/.test(each))) return true;
  const holder = definition.parent?.type === "decorated_definition" ? definition.parent.parent : definition.parent;
  const owner = holder?.parent;
  if (owner?.type === "class_definition") {
    const bases = owner.child("superclasses");
    return (
      bases !== undefined && viewClasses.test(textOf(syntax, bases)) && viewMethods.has(nameOf(definition, syntax))
    );
  }
  const [first] = definition.child("parameters")?.named ?? [];
  const isDjango = /\bdjango\b/.test(syntax.text) && first !== undefined && /^request\b/.test(textOf(syntax, first));
  if (isDjango) return definition.parent?.type === "module" || definition.parent?.type === "decorated_definition";
  return isRouted(definition, syntax);
}

/** `Route("/predict", predict)` of Starlette, `add_url_rule` of Flask. */
function isRouted(definition: SyntaxNode, syntax: Syntax): boolean {
  const name = nameOf(definition, syntax);
  return syntax.ofType("call").some((call) => {
    const callee = call.child("function");
    if (!callee || !/(?:^|\.)(?:Route|add_url_rule|add_api_route|add_route)$/.test(textOf(syntax, callee)))
      return false;
    return (call.child("arguments")?.named ?? []).some((argument) => {
      const value = argument.type === "keyword_argument" ? argument.child("value") : argument;
      return value?.type === "identifier" && textOf(syntax, value) === name;
    });
  });
}

export function decoratorsOf(definition: SyntaxNode, syntax: Syntax): readonly string[] {
  const holder = definition.parent?.type === "decorated_definition" ? definition.parent : undefined;
  return holder?.named.filter((each) => each.type === "decorator").map((each) => textOf(syntax, each)) ?? [];
}

/** The calls of a function and of those of this file that it calls, unless they are cached or called once. */
function callsOf(definition: SyntaxNode, { calls, syntax, scopes }: ValueFlow): readonly Call[] {
  const seen = new Set([definition]);
  for (const each of seen) {
    for (const call of calls) {
      if (call.owner !== each || call.callee === undefined || call.callee.includes(".")) continue;
      const [called] = scopes.module.bindings.get(call.callee) ?? [];
      const inner = called && undecorated(called);
      if (inner?.type === "function_definition" && !isCached(inner, syntax)) seen.add(inner);
    }
  }
  return calls.filter((call) => seen.has(call.owner));
}

/** Does a decorator keep the result, or is the function's own result kept in a global? */
function isCached(definition: SyntaxNode, syntax: Syntax): boolean {
  return decoratorsOf(definition, syntax).some((each) =>
    /cache|singleton|once|memo|task|fixture|startup|on_event/i.test(each),
  );
}

/** Is a node run only where something is not there yet: `if model is None`, `if name not in models`? */
export function isGuarded(node: SyntaxNode, syntax: Syntax): boolean {
  for (const ancestor of node.ancestors()) {
    if (ancestor.type === "function_definition") {
      // `if _model is not None: return _model` above does the same.
      const before = textOf(syntax, { start: ancestor.start, end: node.start });
      return (
        /\bif\b[^:\n]*(?:is not None|\bin\b|cache|loaded)[^:\n]*:\s*\n?\s*return\b/.test(before) ||
        /\bif\s+\w+\s*:\s*\n?\s*return\b/.test(before)
      );
    }
    if (ancestor.type !== "if_statement") continue;
    const condition = ancestor.child("condition");
    if (condition && /is None|not in|^not\b|hasattr|cache|loaded|== None/.test(textOf(syntax, condition))) return true;
  }
  return false;
}
