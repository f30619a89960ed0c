import * as l10n from "@vscode/l10n";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import { type Call, sourcesOf } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { type DataSource, gathered } from "./arrays.ts";
import { inOrder } from "./estimators.ts";
import { Inliner, type Places } from "./inlined.ts";
import type { Found, JudgedModel } from "./judged-model.ts";
import { type Comparison, comparisonsIn, isLearntFrom, networksIn } from "./loop-comparisons.ts";
import { toldTo } from "./measures.ts";

/** A place at which a network of PyTorch is judged, with what is known of it. */
export interface JudgedLoop {
  readonly call: Call;
  /** What is compared there. */
  readonly node: SyntaxNode;
  /** The call of scikit-learn's measure, where it computes the score. */
  readonly measure: Call | undefined;
  readonly found: Found;
}

/** The places at which networks of PyTorch are judged, in the order of the text. */
export function judgedLoops(flow: ValueFlow): readonly JudgedLoop[] {
  const networks = networksIn(flow);
  if (networks.size === 0) return [];
  return comparisonsIn(flow).flatMap((comparison) => judgedIn(comparison, networks, flow));
}

function judgedIn(comparison: Comparison, networks: ReadonlySet<string>, flow: ValueFlow): readonly JudgedLoop[] {
  const owner = ownerOf(comparison.node, flow);
  if (isLearntFrom(comparison, flow)) return [];
  if (owner === flow.syntax.root || isRunInPlace(owner, networks, flow)) {
    const found = judgedAt(comparison, undefined, networks, flow);
    return found ? [found] : [];
  }
  return callsOf(owner, flow).flatMap((site) => judgedAt(comparison, site, networks, flow) ?? []);
}

/** A function that nothing in the file calls with arguments: `main()`. */
function isRunInPlace(owner: SyntaxNode, networks: ReadonlySet<string>, flow: ValueFlow): boolean {
  return (
    owner.child("parameters")?.named.length === 0 &&
    trainingsIn(flow, networks).some(({ step }) => step.owner === owner)
  );
}

function ownerOf(node: SyntaxNode, { syntax }: ValueFlow): SyntaxNode {
  return [...node.ancestors()].find(({ type }) => type === "function_definition") ?? syntax.root;
}

/** The calls of a function of the file, outside of itself. */
function callsOf(definition: SyntaxNode, flow: ValueFlow): readonly Call[] {
  const name = definition.child("name");
  const isOfModule = definition.parent?.type === "module" || definition.parent?.parent?.type === "module";
  if (!name || !isOfModule) return [];
  const word = textOf(flow.syntax, name);
  return inOrder(flow).filter(({ callee, owner }) => callee === word && owner !== definition);
}

interface Training {
  readonly step: Call;
  readonly network: Call;
  readonly labels: SyntaxNode;
}

/** The steps of training, with the network that each goes through and the labels that its loss compares with. */
function trainingsIn(flow: ValueFlow, networks: ReadonlySet<string>): readonly Training[] {
  const calls = inOrder(flow);
  return calls.flatMap((step): Training[] => {
    if (step.method !== "backward") return [];
    const sources = sourcesOf(step.receiver);
    const before = calls.filter(({ value, owner }) => owner === step.owner && sources.has(value));
    for (const loss of before) {
      const [first, second] = loss.positional;
      if (!first || !second || loss.method !== undefined) continue;
      for (const [answers, labels] of [
        [first, second],
        [second, first],
      ] as const) {
        const from = sourcesOf(answers.values);
        const network = before.findLast(
          (each) => each.positional.length === 1 && networks.has(each.callee ?? "") && from.has(each.value),
        );
        if (network && !sourcesOf(labels.values).has(network.value)) return [{ step, network, labels: labels.node }];
      }
    }
    return [];
  });
}

/** What is compared, spelt for the place of the function's call, or of the loop itself; undefined for other things. */
function judgedAt(
  comparison: Comparison,
  site: Call | undefined,
  networks: ReadonlySet<string>,
  flow: ValueFlow,
): JudgedLoop | undefined {
  const from = ownerOf(comparison.node, flow);
  const to = site ? site.owner : from;
  const below = outermost(site?.node ?? comparison.node, to);
  const places = { from, to, below, networks, given: givenTo(site, from, { to, below, networks }, flow) };
  const spelt = speltSides(comparison, places, flow);
  if (!spelt) return undefined;
  const call = site ?? spelt.network;
  return {
    call,
    node: comparison.node,
    measure: comparison.call,
    found: judgedBy(comparison, spelt, call, places, flow),
  };
}

type Target = Pick<Places, "to" | "below" | "networks">;

/** What the parameters of a function are called with, where it can stand at the place of the call. */
function givenTo(
  site: Call | undefined,
  definition: SyntaxNode,
  { to, below, networks }: Target,
  flow: ValueFlow,
): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  const parameters = definition.child("parameters")?.named ?? [];
  for (const [index, parameter] of parameters.entries()) {
    const identifier = parameter.type === "identifier" ? parameter : (parameter.child("name") ?? parameter.named[0]);
    const name = identifier ? textOf(flow.syntax, identifier) : "";
    const argument = site?.positional[index] ?? site?.keywords.get(name);
    const node = argument?.node ?? parameter.child("value");
    const inliner = new Inliner(flow, { from: to, to, below, networks, given: new Map() });
    const text = node && inliner.text(node);
    if (text !== undefined && inliner.loops.size === 0) given.set(name, text);
  }
  return given;
}

/** The statement of a function, or of the module, that a node stands in, outside of loops and `with`. */
function outermost(node: SyntaxNode, owner: SyntaxNode): SyntaxNode {
  const around = [node, ...node.ancestors()].filter((each) => each !== owner && owner.holds(each));
  return around.findLast(({ type }) => /^(?:for|while|with)_statement$/.test(type)) ?? node;
}

interface Sides {
  readonly answers: string;
  readonly truth: string;
  readonly rows: string;
  readonly clause: string | undefined;
  readonly network: Call;
  readonly name: string;
  /** Whether the answers stand first in the measure's call. */
  readonly isFirst: boolean;
}

/** Both sides in words of the place; undefined unless one of them is what a network answers. */
function speltSides({ sides }: Comparison, places: Places, flow: ValueFlow): Sides | undefined {
  for (const isFirst of [true, false]) {
    const [one, other] = isFirst ? sides : [sides[1], sides[0]];
    const inliner = new Inliner(flow, places);
    const answers = inliner.text(collected(one, flow));
    const [node, ...others] = inliner.networkCalls;
    const network = flow.calls.find((call) => call.node === node);
    const [input] = network?.positional ?? [];
    const called = node?.child("function");
    if (answers === undefined || !network || !input || !called || others.length > 0) continue;
    const [rows, truth, name] = [input.node, collected(other, flow), called].map((each) => inliner.text(each));
    if (rows === undefined || truth === undefined || name === undefined || inliner.networkCalls.size > 1) continue;
    return { answers, truth, rows, clause: inliner.clause(), network, name, isFirst };
  }
  return undefined;
}

/** What a list is filled with in a loop, in place of the list: `preds` after `preds.extend(predicted)`. */
function collected(node: SyntaxNode, flow: ValueFlow): SyntaxNode {
  const found = [node, ...node.descendants()].flatMap((each) => {
    if (each.type !== "identifier") return [];
    const name = textOf(flow.syntax, each);
    const owner = ownerOf(each, flow);
    const filled = flow.calls.filter((call) => {
      const object = call.node.child("function")?.child("object");
      const isFilling = call.method === "extend" || call.method === "append";
      return isFilling && call.owner === owner && object?.type === "identifier" && textOf(flow.syntax, object) === name;
    });
    const [only, ...others] = filled;
    return only?.positional[0] && others.length === 0 ? [only.positional[0].node] : [];
  });
  const [only, ...others] = new Set(found);
  return only && others.length === 0 ? only : node;
}

function judgedBy(comparison: Comparison, sides: Sides, call: Call, places: Places, flow: ValueFlow): Found {
  const { measure } = comparison;
  if ([...call.node.ancestors()].some(({ type }) => type === "class_definition"))
    return { refused: l10n.t("the model is judged inside of a class: judge it in a script or a cell") };
  if (/\bcollate_fn\s*=/.test(flow.syntax.text))
    return { refused: l10n.t("a function of its own puts the batches together, so their rows are not known") };
  const torch = torchName(flow);
  if (sides.clause === undefined || torch === undefined)
    return { refused: l10n.t("the loop does more with its data than to hand it to the model") };
  const held: DataSource = { rows: sides.rows, labels: sides.truth, answers: sides.answers, loop: sides.clause };
  const learnt = learntFrom(sides.name, places, flow);
  if ("refused" in learnt) return learnt;
  if (nameOf(learnt) === nameOf(held))
    return { refused: l10n.t("the model is judged on the data that it learnt from: split the data first") };
  const options = optionsOf(comparison, places, flow);
  if (options === undefined)
    return { refused: l10n.t("the data is not plain names here: name it before the model is fitted") };
  const callee = comparison.call?.node.child("function");
  const measured = callee ? textOf(flow.syntax, callee) : measure.name;
  const isEvaluated = flow.calls.some(({ method }) => method === "eval");
  const judged: JudgedModel = {
    call,
    measure,
    told: toldTo(measure),
    models: [],
    makers: [],
    pipeline: undefined,
    training: ["", ""],
    rows: "",
    truth: "",
    isCrossed: false,
    imports: [],
    scoreOf: () => "",
    own: "",
    prepared: (free) => {
      const made = gathered(arraysOf(learnt, torch), arraysOf(held, torch), free);
      const scoreOf = (given: string) => {
        const pair = sides.isFirst && comparison.call ? `${given}, ${made.truth}` : `${made.truth}, ${given}`;
        return `${measured}(${pair}${options})`;
      };
      const head = `with ${torch}.no_grad(), ${torch}.random.fork_rng(devices=[]):`;
      const lines = [
        ...(isEvaluated ? [`${sides.name}.eval()`] : []),
        head,
        ...made.lines.map((line) => `    ${line}`),
        ...made.shapes,
      ];
      const imports = callee ? made.imports : ([...made.imports, ["sklearn.metrics", measure.name]] as const);
      return { ...made, lines, imports, scoreOf, own: scoreOf(made.answers) };
    },
  };
  return judged;
}

/** The same with arrays of numpy in place of tensors, wherever they are kept. */
function arraysOf({ rows, labels, answers, loop }: DataSource, torch: string): DataSource {
  const array = (text: string) => `${torch}.as_tensor(${text}).cpu().numpy()`;
  const flat = (text: string) => `${array(text)}.ravel()`;
  return { rows: array(rows), labels: flat(labels), ...(answers !== undefined && { answers: flat(answers) }), loop };
}

/** What the network with this name was trained on, spelt for the place at which it is judged. */
function learntFrom(
  name: string,
  { to, below, networks }: Places,
  flow: ValueFlow,
): DataSource | { readonly refused: string } {
  let refused = l10n.t("the model is not fitted here, so the data that it learnt from is not known");
  for (const { step, network, labels } of trainingsIn(flow, networks).toReversed()) {
    const from = ownerOf(step.node, flow);
    const sites = from === to ? [undefined] : callsOf(from, flow).filter(({ owner }) => owner === to);
    for (const site of sites) {
      const given = givenTo(site, from, { to, below, networks }, flow);
      const inliner = new Inliner(flow, { from, to, below, networks, given });
      const called = network.node.child("function");
      if (!called || inliner.text(called) !== name) continue;
      const [input] = network.positional;
      const [rows, truth] = [input && inliner.text(input.node), inliner.text(labels)];
      const loop = inliner.clause();
      if (rows !== undefined && truth !== undefined && loop !== undefined) return { rows, labels: truth, loop };
      refused = l10n.t("the loop does more with its data than to hand it to the model");
    }
  }
  return { refused };
}

/** Further arguments of a measure, as they stand in its call. */
function optionsOf({ call }: Comparison, places: Places, flow: ValueFlow): string | undefined {
  let options = "";
  for (const [name, { node }] of call?.keywords ?? []) {
    const text = new Inliner(flow, places).text(node);
    if (text === undefined) return undefined;
    options += `, ${name}=${text}`;
  }
  return options;
}

/** The name at the root of where data comes from: `train_loader`, or `X_train` of `X_train[i : i + 32]`. */
function nameOf({ rows, loop }: DataSource): string | undefined {
  const words = `${/ in (.*)/.exec(loop)?.[1] ?? ""} ${rows}`.match(/[A-Za-z_]\w*/g) ?? [];
  return words.find((word) => !/^(?:enumerate|tqdm|range|len|zip|list|min|torch)$/.test(word));
}

/** The name that the file has for PyTorch itself. */
function torchName({ syntax, names }: ValueFlow): string | undefined {
  const found = syntax.ofType("identifier").find((each) => names.of(each) === "torch");
  return found && textOf(syntax, found);
}
