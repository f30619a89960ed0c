import type { Scope } from "../../python/scope.ts";
import { textOf } from "../../python/syntax.ts";
import { deferredScopes, isReboundAround } from "../closures.ts";
import type { Extraction } from "../extraction.ts";
import { frameRefusal } from "../frames.ts";
import { jumpsOf } from "../jumps.ts";
import { isRefusal, type Refusal, refuse } from "../refusals.ts";
import { intersection, isInside, nodesIn, type Selection } from "../selection.ts";
import { SelectionFlow } from "../selection-flow.ts";
import { findsByName, type MovableNames } from "./movable-names.ts";
import { isBuiltin, type NotebookCode, startWithComments } from "./notebook-code.ts";
import type { Stretch } from "./stretches.ts";

/** A stretch as a function of another module: what it takes from the notebook, what it gives back. */
export interface StretchExtraction extends Extraction {
  /** The movable names that it uses, which the module must have. */
  readonly uses: ReadonlySet<string>;
}

export function stretchExtraction(
  stretch: Stretch,
  code: NotebookCode,
  movable: MovableNames,
): StretchExtraction | Refusal {
  const selection = selectionOf(stretch, code);
  if (!selection) return refuse("NOTEBOOK_NOTHING");
  const { host } = selection;
  const flow = new SelectionFlow(selection);
  const jumps = jumpsOf(selection, flow.completes);
  if (isRefusal(jumps)) return jumps;
  if (!flow.completes) return refuse("RETURN_SOME_PATHS");
  const assigned = flow.boundInside();
  const exposed = flow.exposed();
  const outside = flow.deletedFromOutside();
  if (outside.size > 0) return refuse("DEL_OUTER", outside);
  const isMovable = (name: string) =>
    movable.imports.has(name) || movable.definitions.has(name) || movable.constants.has(name);
  const unknown = [...exposed].filter((name) => !host.isLocal(name) && !isBuiltin(name));
  if (unknown.length > 0) return refuse("UNKNOWN_NAME", unknown);
  const inputs = new Set([...exposed].filter((name) => host.isLocal(name) && !isMovable(name)));
  const unbound = [...inputs].filter((name) => !flow.isBoundAtStart(name));
  if (unbound.length > 0) return refuse("MAYBE_UNBOUND_IN", unbound);
  const readLater = new Set([...flow.readAfterwards(), ...readByText(code, selection.end)]);
  const extraction: StretchExtraction = {
    ...jumps,
    selection,
    assigned,
    inputs,
    results: intersection(assigned, readLater),
    globals: new Set(),
    completes: true,
    unboundAtEnd: (names, given) => flow.unboundAtEnd(names, given),
    isBoundAtStart: (name) => flow.isBoundAtStart(name),
    readsOf: (name) => flow.readsOf(name),
    uses: new Set([...exposed].filter(isMovable)),
  };
  return sharingRefusal(extraction, code) ?? frameRefusal(extraction) ?? extraction;
}

function selectionOf(stretch: Stretch, code: NotebookCode): Selection | undefined {
  const [first] = stretch;
  const last = stretch.at(-1);
  if (!first || !last) return undefined;
  const { syntax, scopes } = code;
  return {
    syntax,
    scopes,
    statements: stretch.map(({ node }) => node),
    expression: undefined,
    first: first.node,
    last: last.node,
    chosen: { start: startWithComments(code, first), end: last.node.end },
    host: scopes.module,
    inner: [],
    top: first.node,
    loops: [],
    start: first.node.start,
    end: last.node.end,
  };
}

/** Names that magics, and statements behind an offset that find variables by their names, may read. */
function readByText({ syntax, statements, magicWords }: NotebookCode, behind: number): ReadonlySet<string> {
  const finding = statements
    .filter(({ node }) => node.start >= behind)
    .map(({ node }) => textOf(syntax, node))
    .filter((text) => findsByName.test(text));
  return new Set([...magicWords, ...finding.flatMap((text) => text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [])]);
}

/** Refuses when something else holds on to a variable of the notebook that would be one of the function now. */
function sharingRefusal(extraction: StretchExtraction, { shared }: NotebookCode): Refusal | undefined {
  const { selection, assigned, inputs } = extraction;
  const own = new Set([...assigned, ...inputs]);
  const written = intersection(own, shared);
  if (written.size > 0) return refuse("CLOSURE_STATE", written);
  const dunders = [...own].filter((name) => name.startsWith("__"));
  if (dunders.length > 0) return refuse("MODULE_STATE", dunders);
  for (const node of nodesIn(selection))
    if (node.type === "function_definition") return refuse("MODULE_STATE", assigned);
  for (const scope of deferredScopes(selection.host, selection)) {
    const captured = scope.freeNames();
    if (isInside(scope.node, selection)) {
      const late = [...intersection(captured, own)].filter((name) => isReboundAround(name, selection));
      if (late.length > 0) return refuse("CLOSURE_CAPTURE", late);
    } else if (isEarlier(scope, selection)) {
      const seen = intersection(captured, assigned);
      if (seen.size > 0) return refuse("CLOSURE_STATE", seen);
    }
  }
  return undefined;
}

function isEarlier({ node }: Scope, { start }: Selection): boolean {
  return node.start < start;
}
