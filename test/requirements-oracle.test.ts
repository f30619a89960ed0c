import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, test } from "node:test";
import fc from "fast-check";
import { decodeRequirements } from "../server/requirements/decode.ts";
import { readRequirements } from "../server/requirements/reader.ts";
import { grammars } from "./grammars.ts";
import { comparison } from "./requirements/compare.ts";
import { requirementsText } from "./requirements/lines.ts";
import { askPip, pipFolder } from "./requirements/pip.ts";

const folder = pipFolder();
const skip = folder === undefined ? "Python, or pip 26 from the package index, is not there" : false;

before(grammars);

test("reads thousands of lines as pip does", { skip }, () => {
  const texts = fc.sample(requirementsText, { numRuns: 4000, seed: 26 });
  const answers = askPip(folder ?? "", texts);
  for (const [index, text] of texts.entries()) {
    const answer = answers[index];
    assert.ok(answer && !("error" in answer), JSON.stringify({ text, answer }));
    using file = readRequirements("requirements.txt", text);
    const { ours, pip } = comparison(file, answer);
    assert.deepEqual(ours, pip, JSON.stringify(text));
  }
});

const fixtures = new URL("requirements/files/", import.meta.url);

for (const name of readdirSync(fixtures)) {
  test(`reads ${name} as pip does`, { skip }, () => {
    const bytes = readFileSync(new URL(name, fixtures));
    const [answer] = askPip(folder ?? "", [bytes]);
    const decoded = decodeRequirements(bytes);
    assert.ok(answer && !("error" in answer) && !("error" in decoded));
    using file = readRequirements(name, decoded.text);
    const { ours, pip } = comparison(file, answer);
    assert.deepEqual(ours, pip);
  });
}
