import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import { type Call, sourcesOf } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { libraryWord } from "./estimators.ts";
import { metrics } from "./evaluation.ts";
import { type Measure, measureNamed } from "./measures.ts";

/** What a loop of PyTorch, or a function that holds one, compares: the answers of a network with the truth. */
export interface Comparison {
  readonly node: SyntaxNode;
  readonly sides: readonly [SyntaxNode, SyntaxNode];
  readonly measure: Measure;
  /** The measure's own call, where a function of scikit-learn computes it. */
  readonly call: Call | undefined;
}

/** Does the file hold a network of PyTorch, and count what is equal or measure it, wherever that comes from? */
export function comparesInLoop(flow: ValueFlow): boolean {
  return networksIn(flow).size > 0 && comparisonsIn(flow).some(isCounted);
}

/** `(predicted == labels).sum()`, unlike `epoch == 0`. */
function isCounted({ node }: Comparison): boolean {
  if (node.type === "call") return true;
  return node.parent?.type === "argument_list" || node.parent?.parent?.type === "attribute";
}

/** Names that are asked for what networks have. */
export function networksIn({ syntax, calls }: ValueFlow): ReadonlySet<string> {
  if (!/\btorch\b/.test(syntax.text)) return new Set();
  const asked = calls.filter(({ method }) => /^(?:eval|train|parameters|state_dict|zero_grad)$/.test(method ?? ""));
  return new Set(
    asked.flatMap(({ node }) => {
      const object = node.child("function")?.child("object");
      return object?.type === "identifier" ? [textOf(syntax, object)] : [];
    }),
  );
}

const accuracy = "accuracy_score";
const losses: ReadonlyMap<string, string> = new Map([
  ["MSELoss", "mean_squared_error"],
  ["mse_loss", "mean_squared_error"],
  ["L1Loss", "mean_absolute_error"],
  ["l1_loss", "mean_absolute_error"],
]);

/** What is compared with `==`, by a measure of scikit-learn or by a loss of numbers, in the order of the text. */
export function comparisonsIn(flow: ValueFlow): readonly Comparison[] {
  const { syntax } = flow;
  const equal = syntax.ofType("comparison_operator").flatMap((node): Comparison[] => {
    const [left, right, ...others] = node.named;
    if (!left || !right || others.length > 0 || !node.hasToken("==")) return [];
    return compared(node, [left, right], accuracy);
  });
  const made = madeLosses(flow);
  const called = flow.calls.flatMap((call): Comparison[] => {
    const [first, second] = call.positional;
    if (call.method === "eq" && first) {
      const object = call.node.child("function")?.child("object");
      return object ? compared(call.node, [object, first.node], accuracy) : [];
    }
    if (!first || !second) return [];
    const sides = [first.node, second.node] as const;
    const word = libraryWord(call) ?? "";
    if (call.callee === "torch.eq") return compared(call.node, sides, accuracy);
    if (metrics.has(word) && call.callee?.startsWith("sklearn.")) return compared(call.node, sides, word, call);
    const loss = losses.get(word) ?? made.get(call.callee ?? "");
    return loss === undefined ? [] : compared(call.node, sides, loss);
  });
  return [...equal, ...called].sort((a, b) => a.node.start - b.node.start);
}

function compared(node: SyntaxNode, sides: Comparison["sides"], name: string, call?: Call): Comparison[] {
  const measure = measureNamed(name);
  return measure ? [{ node, sides, measure, call }] : [];
}

/** The names of losses of numbers: `criterion = nn.MSELoss()`. */
function madeLosses({ syntax, calls }: ValueFlow): ReadonlyMap<string, string> {
  return new Map(
    calls.flatMap((call) => {
      const loss = losses.get(libraryWord(call) ?? "");
      const left = call.node.parent?.type === "assignment" ? call.node.parent.child("left") : undefined;
      return loss !== undefined && left?.type === "identifier" ? [[textOf(syntax, left), loss] as const] : [];
    }),
  );
}

/** The loss that a step of training follows says nothing about data that was held back. */
export function isLearntFrom({ node }: Comparison, { calls }: ValueFlow): boolean {
  return calls.some(
    ({ method, receiver }) =>
      method === "backward" && [...sourcesOf(receiver)].some((value) => value.node === node || node.holds(value.node)),
  );
}
