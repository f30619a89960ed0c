// The short form of `npm run fuzz`: every reader, and the entry of the language server, with inputs that nobody wrote.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Frames } from "../server/lsp/frames.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import { storm } from "./fuzz/storm.ts";
import { targets } from "./fuzz/targets.ts";
import { framed } from "./fuzz/wire.ts";
import { grammars } from "./grammars.ts";
import { streamsOfServer } from "./lsp-client.ts";
import { inThisProcess } from "./soak/connect.ts";
import { tries } from "./tries.ts";

test("no reader throws, whatever it is given", async () => {
  await grammars();
  using readers = targets();
  for (const target of readers.all) {
    const count = tries(Math.max(24, 16 * Math.min(target.weight, 60)));
    assert.deepEqual(await fuzz(target, { seed: 1, count }), [], target.name);
  }
});

test("the server answers nonsense with an error that says why, and finds afterwards what a fresh one finds", async () => {
  const count = tries(800);
  assert.deepEqual(await storm({ seed: 1, count, every: count, streams: streamsOfServer, fresh: inThisProcess }), []);
});

test("what is no message costs nothing but itself", () => {
  const good = framed('{"id":1}');
  for (const bad of [
    "",
    "Content-Length: 2\r\n\r\n{{",
    "X: 1\r\n\r\n{}",
    "Content-Length: -1\r\n\r\n{}",
    "Content-Length: 99999999999999\r\n\r\n{}",
    "Content-Length: 2\n\n{}",
    "Content-Length: 1\r\n\r\n{}",
    "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "x".repeat(5000),
    // The beginning of the next one is its end.
    "Content-Length: 12\r\n\r\n{}",
    "Content-Length: 25\r\n\r\n{}",
    "Content-Length: 30\r\n\r\n{}",
  ]) {
    const frames = new Frames();
    const heard = [...frames.push(Buffer.from(bad)), ...frames.push(Buffer.from(good + good))];
    assert.equal(heard.filter((message) => message !== undefined).length, 2, bad);
  }
});
