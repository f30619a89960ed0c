import { isTestPath } from "../clones/test-path.ts";
import {
  chanceTests,
  classMetrics,
  complexModels,
  dummyModels,
  errorAnalyses,
  judgingValidations,
  numberMetrics,
  otherModels,
  simpleModels,
} from "./learning-names.ts";
import type { LearningFacts } from "./terms.ts";

/** A file (POSIX path, relative to the root) that learns from data. */
export interface LearningFile extends LearningFacts {
  readonly path: string;
}

/**
 * What the project as a whole does not do, each told by one file: the first that builds a supervised model and judges
 * it, where scripts and notebooks at the root go before those below.
 */
export class Learning {
  /** A model is judged, and nothing says what chance, a majority or another baseline would reach. */
  readonly missingBaseline: string | undefined;
  /** Models are judged, and all of them are boosted or deep. */
  readonly complexFirst: string | undefined;
  /** A model is judged by numbers alone: nobody looks at what it gets wrong. */
  readonly missingErrorAnalysis: string | undefined;

  /** Whether some file seeds the randomness of libraries, so that those which import it need not. */
  readonly seeds: boolean;

  constructor(files: readonly LearningFile[]) {
    const own = files.filter(({ path }) => !isTestPath(path) && !isTestFolder(path));
    this.seeds = own.some(({ terms }) => intersects(terms, seedCalls));
    const uses = (words: ReadonlySet<string>) => own.some(({ terms }) => intersects(terms, words));
    const judged = own.filter(isJudged).sort(byPlace);
    // What may count by itself is asked last, and only where nothing is taken from others or compared with less.
    const isAlone = !uses(pretrained) && !uses(simpleModels) && !uses(otherModels);
    if (judged.length === 0 && isAlone) judged.push(...own.filter(mayCount).sort(runFirst));
    const first = judged[0]?.path;
    if (!own.some(({ speaksOfBaseline }) => speaksOfBaseline) && !uses(dummyModels) && !uses(chanceTests))
      this.missingBaseline = first;
    if (!uses(errorAnalyses)) this.missingErrorAnalysis = first;
    const complex = judged.find(({ terms }) => intersects(terms, complexModels) || isKeras(terms) || isTorch(terms));
    if (!uses(simpleModels) && !uses(otherModels)) this.complexFirst = complex?.path;
  }

  /** The files that tell something. */
  get telling(): readonly string[] {
    return [this.missingBaseline, this.complexFirst, this.missingErrorAnalysis].flatMap((path) => path ?? []);
  }
}

/**
 * A supervised model is built and judged here, in a script or a notebook: what a library offers, its callers judge. What
 * is generated or fine-tuned has other measures.
 */
function isJudged(file: LearningFile): boolean {
  const { terms } = file;
  if (!isScript(file) || intersects(terms, otherWays)) return false;
  const isClassic = [simpleModels, complexModels, otherModels].some((words) => intersects(terms, words));
  if (
    isClassic &&
    ((terms.has("fit") && (isMeasured(terms) || terms.has("score"))) || intersects(terms, judgingValidations))
  )
    return true;
  return (isKeras(terms) && (isMeasured(terms) || terms.has("evaluate"))) || (isTorch(terms) && isMeasured(terms));
}

/** A network is trained, and something counted, and nothing else learns: the code tells what is counted, and whether it is run. */
function mayCount({ terms }: LearningFile): boolean {
  const isOther =
    intersects(terms, otherWays) || intersects(terms, complexModels) || isMeasured(terms) || isKeras(terms);
  return !isOther && isTorch(terms) && intersects(terms, countings);
}

function isMeasured(terms: ReadonlySet<string>): boolean {
  return [classMetrics, numberMetrics, judgingValidations].some((words) => intersects(terms, words));
}

function isTorch(terms: ReadonlySet<string>): boolean {
  return terms.has("backward") && terms.has("zero_grad");
}

function isKeras(terms: ReadonlySet<string>): boolean {
  return terms.has("compile") && terms.has("fit") && terms.has("Dense");
}

const countings = new Set(["eq", "sum", "mean"]);
const pretrained = new Set(["from_pretrained", "SentenceTransformer", "pretrained", "timm"]);

const otherWays = new Set(
  "from_pretrained Trainer generator discriminator Generator Discriminator autoencoder Autoencoder VAE".split(" "),
);

function intersects(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const word of one) if (other.has(word)) return true;
  return false;
}

const seedCalls = new Set(
  "seed manual_seed set_seed set_random_seed seed_everything seed_all fix_seed fix_seeds set_seeds set_global_seed".split(
    " ",
  ),
);

function isTestFolder(path: string): boolean {
  return /(?:^|\/)(?:tests?|testing)\//.test(path);
}

function runFirst(a: LearningFile, b: LearningFile): number {
  return Number(isScript(b)) - Number(isScript(a)) || byPlace(a, b);
}

function isScript({ path, isRun }: LearningFile): boolean {
  return isRun || path.endsWith(".ipynb");
}

function byPlace(a: LearningFile, b: LearningFile): number {
  return depthOf(a.path) - depthOf(b.path) || (a.path < b.path ? -1 : 1);
}

function depthOf(path: string): number {
  return path.split("/").length;
}
