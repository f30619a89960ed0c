import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, test } from "node:test";
import fc from "fast-check";
import { decodeRequirements } from "../server/requirements/decode.ts";
import { readRequirements } from "../server/requirements/reader.ts";
import { grammars } from "./grammars.ts";
import { comparison } from "./requirements/compare.ts";
import { requirementsText } from "./requirements/lines.ts";
import { askPip, type PipAnswer, pipFolder } from "./requirements/pip.ts";
import { tries } from "./tries.ts";

const folder = pipFolder();
const skip = folder === undefined ? "Python, or pip 26 from the package index, is not there" : false;

const generated = fc.sample(requirementsText, { numRuns: tries(4000), seed: 26 });
const fixtures = new URL("requirements/files/", import.meta.url);
const files = readdirSync(fixtures).map((name) => ({ name, bytes: readFileSync(new URL(name, fixtures)) }));
/** Files that pip cannot decode at all, whatever the locale. */
const undecodable = [
  { name: "UTF-16 with half a character", bytes: Buffer.from("\xff\xfea\0b", "latin1") },
  { name: "UTF-16 with half a surrogate pair", bytes: Buffer.from("\xff\xfe\0\xd8", "latin1") },
  { name: "an unknown encoding", bytes: Buffer.from("# coding: klingon\na") },
  { name: "an encoding of bytes", bytes: Buffer.from("# coding: base64\na") },
  { name: "ASCII that is none", bytes: Buffer.from("# coding: ascii\n# \xe9", "latin1") },
  { name: "UTF-8 that is none behind its mark", bytes: Buffer.from("\xef\xbb\xbf# \xe9", "latin1") },
];

let answers: readonly PipAnswer[] = [];

before(async () => {
  await grammars();
  const items = [...generated, ...[...files, ...undecodable].map((file) => file.bytes)];
  if (folder !== undefined) answers = askPip(folder, items);
});

function compare(text: string, answer: PipAnswer | undefined): void {
  assert.ok(answer && !("error" in answer), JSON.stringify({ text, answer }));
  using file = readRequirements("requirements.txt", text);
  const { ours, pip } = comparison(file, answer);
  assert.deepEqual(ours, pip, JSON.stringify(text));
}

test("reads random lines as pip does", { skip }, () => {
  for (const [index, text] of generated.entries()) compare(text, answers[index]);
});

for (const [index, { name, bytes }] of files.entries()) {
  test(`reads ${name} as pip does`, { skip }, () => {
    const decoded = decodeRequirements(bytes);
    assert.ok(!("error" in decoded));
    compare(decoded.text, answers[generated.length + index]);
  });
}

for (const [index, { name, bytes }] of undecodable.entries()) {
  test(`refuses ${name} as pip does`, { skip }, () => {
    const answer = answers[generated.length + files.length + index];
    assert.ok(answer && "error" in answer);
    assert.ok("error" in decodeRequirements(bytes));
  });
}
