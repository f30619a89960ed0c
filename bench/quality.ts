// `npm run quality -- clones`: what our engine finds of copies that are known, beside a peer, as Markdown tables.
import { injectedCorpus, ourAnswer, peerAnswer, type Recall, recallOf, truthOf } from "./quality-clones.ts";

/** The first two served to tune the engine; it was never changed for the others. */
const corpora = ["Django==5.2.8", "scikit-learn==1.7.2", "SQLAlchemy==2.0.44", "keras==3.12.0", "gensim==4.4.0"];
const seed = 2026;
const types = [
  { name: "Type 1", kinds: ["exact", "comments", "layout"] },
  { name: "Type 2", kinds: ["renamed", "literals", "both"] },
  { name: "Type 3", kinds: ["inserted", "deleted", "modified", "mixed"] },
];
/** With these the peer finds most: every name and literal alike, small blocks, gaps. */
const mostFlags = [
  "--skip-comments",
  "--ignore-identifiers",
  "--ignore-literals",
  "--max-gap-lines",
  "3",
  "--min-tokens",
  "40",
];
const tools = [
  { name: "groundwork", answer: ourAnswer },
  { name: "jscpd", answer: (folder: string) => peerAnswer(folder, []) },
  { name: "jscpd, all flags", answer: (folder: string) => peerAnswer(folder, mostFlags) },
];

/** Prints the tables of docs/clones.md. */
export function clonesQuality(): void {
  const totals = tools.map(() => new Map<string, { found: number; injected: number }>());
  console.log(`| Corpus | Tool | ${types.map(({ name }) => name).join(" | ")} | Pairs |`);
  console.log(`| --- | --- | ${types.map(() => "---").join(" | ")} | --- |`);
  for (const corpus of corpora) {
    const folder = injectedCorpus(corpus, seed);
    for (const [at, tool] of tools.entries()) {
      const answer = tool.answer(folder);
      const { recall } = recallOf(truthOf(folder), answer);
      for (const [kind, { found, injected }] of recall) {
        const total = totals[at]?.get(kind) ?? { found: 0, injected: 0 };
        totals[at]?.set(kind, { found: total.found + found, injected: total.injected + injected });
      }
      console.log(row(corpus, tool.name, recall, answer.pairs));
    }
  }
  for (const [at, tool] of tools.entries()) console.log(row("all", tool.name, totals[at] ?? new Map(), undefined));
  for (const [kind, { found, injected }] of totals[0] ?? []) console.log(`${kind}: ${found} of ${injected}`);
}

function row(corpus: string, tool: string, recall: Recall, pairs: number | undefined): string {
  const cells = types.map(({ kinds }) => {
    const counts = kinds.map((kind) => recall.get(kind) ?? { found: 0, injected: 0 });
    const found = counts.reduce((sum, each) => sum + each.found, 0);
    const injected = counts.reduce((sum, each) => sum + each.injected, 0);
    return `${((100 * found) / injected).toFixed(1)} % (${found} of ${injected})`;
  });
  return `| ${corpus} | ${tool} | ${cells.join(" | ")} | ${pairs ?? ""} |`;
}
