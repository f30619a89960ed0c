// `npm run quality -- TOPIC`: measures how often a part is wrong, on real code. Takes minutes to hours, and PyPI.
import { clonesQuality } from "../bench/quality.ts";
import { refactoringsQuality } from "./quality-refactorings.ts";

const topics: Readonly<Record<string, (options: readonly string[]) => Promise<boolean>>> = {
  clones: async () => {
    clonesQuality();
    return true;
  },
  refactorings: refactoringsQuality,
};

const [name = "", ...options] = process.argv.slice(2);
const topic = topics[name];
if (topic) process.exitCode = (await topic(options)) ? 0 : 1;
else {
  console.error(`npm run quality -- ${Object.keys(topics).join("|")}`);
  process.exitCode = 2;
}
