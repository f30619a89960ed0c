import type { PythonModule } from "../../python/module.ts";
import type { SyntaxNode } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { isRun } from "./estimators.ts";
import { judgedLoops } from "./judged-loop.ts";

/**
 * Where loops of PyTorch count the right answers to data that was held back, by themselves: `(predicted == labels).sum()`. Only
 * what "Add a Baseline" can compare with others counts, in a file that is run, and no network that was taken from others and
 * learns further.
 */
export function countedIn(module: PythonModule): readonly SyntaxNode[] {
  const flow = valueFlowOf(module);
  if (isFineTuned(flow)) return [];
  return judgedLoops(flow).flatMap(({ call, node, measure, found }) =>
    "call" in found && !measure && found.measure.predictsClasses && isRun(call, flow, module) ? [node] : [],
  );
}

/** Does the file take a network that has learnt before? */
export function isFineTuned({ calls, syntax }: ValueFlow): boolean {
  return calls.some((call) => isPretrained(call, syntax.text));
}

const takers =
  /^(?:torch\.hub\.load|(?:clip|open_clip)\.\w+|sentence_transformers\.\w+|timm\.create_model|torchvision\.models\.\w.*)$/;

/** `resnet18(weights="DEFAULT")`, and not `resnet18(weights=None)`, which begins with random weights. */
function isPretrained({ callee, method, positional, keywords }: Call, text: string): boolean {
  if (/^(?:from_pretrained|SentenceTransformer)$/.test(method ?? callee ?? "")) return true;
  if (!takers.test(callee ?? "")) return givesWeights(keywords.get("pretrained")?.node, text);
  if (!/^(?:torchvision|timm)\./.test(callee ?? "")) return true;
  const first = callee?.startsWith("torchvision.") === true ? positional[0] : positional[1];
  return (
    ["weights", "pretrained", "weights_backbone", "pretrained_backbone", "checkpoint_path"].some((name) =>
      givesWeights(keywords.get(name)?.node, text),
    ) || givesWeights(first?.node, text)
  );
}

function givesWeights(node: SyntaxNode | undefined, text: string): boolean {
  return node !== undefined && !/^(?:None|False)$/.test(text.slice(node.start, node.end));
}
