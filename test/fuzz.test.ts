// The short form of `npm run fuzz`: every reader, and the entry of the language server, with inputs that nobody wrote.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzz } from "./fuzz/fuzz.ts";
import { targets } from "./fuzz/targets.ts";
import { grammars } from "./grammars.ts";
import { tries } from "./tries.ts";

test("no reader throws, whatever it is given", async () => {
  await grammars();
  using readers = targets();
  for (const target of readers.all) {
    const count = tries(Math.max(24, 16 * Math.min(target.weight, 60)));
    assert.deepEqual(await fuzz(target, { seed: 1, count }), [], target.name);
  }
});
