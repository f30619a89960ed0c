import assert from "node:assert/strict";
import { test } from "node:test";
import { masked, veiled, withoutCredentials } from "../server/core/credentials.ts";

const cases = [
  ["in https://ana:p@ss@h/x and http://token@h:8/y?a=b@c", "in https://****@h/x and http://****@h:8/y?a=b@c"],
  ["git+ssh://git@github.com/o/r and https://h/x@1.0", "git+ssh://****@github.com/o/r and https://h/x@1.0"],
  ["-i https://u:p@host/simple a@b", "-i https://****@host/simple a@b"],
  ["https://conda.anaconda.org/t/ab-12/main", "https://conda.anaconda.org/t/****/main"],
  ['{"url": "https://host", "mail": "a@b"}', '{"url": "https://host", "mail": "a@b"}'],
  ["open('/t/file/x')", "open('/t/file/x')"],
] as const;

for (const [text, shown] of cases) {
  test(`nothing secret is shown of ${text}`, () => {
    assert.equal(masked(text), shown);
    assert.equal(veiled(text).length, text.length);
    assert.equal(masked(veiled(text)), shown);
  });
}

test("a URL without credentials leads to the same place", () => {
  assert.equal(withoutCredentials("https://ana:p@ss@h/x@1.0"), "https://h/x@1.0");
  assert.equal(withoutCredentials("git+https://token@h/x.git"), "git+https://h/x.git");
  assert.equal(withoutCredentials("https://h/x@1.0"), "https://h/x@1.0");
});
