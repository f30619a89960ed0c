import assert from "node:assert/strict";
import { test } from "node:test";
import { OtherLinters, speaksToOtherLinters } from "../server/core/other-linters.ts";
import { Lines } from "../server/core/text.ts";

/** The lines (from 0) of a text at which one of these names is silenced. */
function silenced(text: string, ...names: string[]): number[] {
  const lines = new Lines(text);
  const heard = new OtherLinters(lines);
  return Array.from({ length: lines.count }, (_, line) => line).filter((line) =>
    heard.silence(names, { first: line, last: line }),
  );
}

test("flake8's and ruff's comments silence their line, or the file", () => {
  const text = "def f():  # noqa: PLR0912, PLR0915\n    pass\n\n\ndef g():  # NOQA:PLR0915 it is a table\n    pass\n";
  assert.deepEqual(silenced(text, "PLR0915"), [0, 4]);
  assert.deepEqual(silenced(text, "C901"), []);
  assert.deepEqual(silenced("x = 1  # noqa: PLR\ny = 1  # noqa: PLR09\n", "PLR0915"), [1], "a shorter code");
  assert.deepEqual(silenced("x = 1  # noqa\n", "PLR0915"), [], "no code answers nothing in particular");
  assert.deepEqual(silenced("# ruff: noqa: ERA001\n# x = 1\n", "ERA001"), [0, 1, 2]);
  assert.deepEqual(silenced("# flake8: noqa: E800, F401\nx = 1", "E800"), [0, 1]);
});

test("DeepSource's comments silence their line and the one below", () => {
  assert.deepEqual(silenced("# skipcq: PY-R1000\ndef f():\n    pass\n", "PY-R1000"), [0, 1]);
  assert.deepEqual(silenced("x = 1  # skipcq: PYL-W0201, PY-R1000\n", "PY-R1000"), [0, 1]);
  assert.deepEqual(silenced("# skipcq\nx = 1\n", "PY-R1000"), []);
});

test("pylint's comments silence their line, the next one, or the block that they stand in", () => {
  const text = `import os
class A:
    def f(self):  # pylint: disable=too-many-statements
        pass

    def g(
        self,
    ):
        """Text."""
        # pylint: disable=too-many-locals, too-many-statements
        x = 1

        return x

    def h(self):
        # pylint: disable-next=too-many-statements
        pass
`;
  assert.deepEqual(silenced(text, "too-many-statements"), [2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16]);
  assert.deepEqual(silenced("import os\n# pylint: disable=R0801\nx = 1\n", "duplicate-code", "R0801"), [1, 2, 3]);
});

test("a text that speaks to no other linter silences nothing", () => {
  assert.deepEqual(silenced("# noqa\n# pylint: enable=all\nx = 1\n", "all", "PLR0915"), []);
  assert.equal(speaksToOtherLinters("x = 1  # a comment\nnoqa = 2\n"), false);
  for (const comment of ["# noqa: E1", "#NOQA:E1", "# text # noqa: E1", "# pylint: disable=x"])
    assert.equal(speaksToOtherLinters(`x = 1  ${comment}\n`), true, comment);
});
