// Spacing changes nothing for pip, whatever the file holds, and is done after once.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits } from "../server/core/edit.ts";
import { completingAt } from "../server/requirements/completion.ts";
import { foldsOf } from "../server/requirements/folding.ts";
import type { RequirementsFile } from "../server/requirements/model.ts";
import { normalMarker, normalSpecifier } from "../server/requirements/normal-form.ts";
import { outlineOf } from "../server/requirements/outline.ts";
import { readRequirements } from "../server/requirements/reader.ts";
import { referencesIn } from "../server/requirements/references.ts";
import { spacingEdits } from "../server/requirements/spacing.ts";
import { grammars } from "./grammars.ts";
import { tries } from "./tries.ts";

await grammars();

const blanks = fc.constantFrom("", " ", "  ", "\t");
const requirement = fc
  .tuple(
    fc.constantFrom("numpy", "Foo.Bar", "a[x, y]", "b @ https://e.org/b.zip", "-e .", "--pre", "./c", "-r r.txt", "="),
    blanks,
    fc.constantFrom("", "==1.0", ">= 1 , < 2", "== 1.*", "=== 1", "(>= 1)", "~=1.0,!= 1.5", "= 1"),
    blanks,
    fc.constantFrom("", "; python_version<'3'", ";sys_platform == 'a;b'", ";;", "; x"),
    blanks,
    fc.constantFrom("", "--hash=sha256:aa", "# note", "#note ; == 1", "\\"),
    blanks,
  )
  .map((parts) => parts.join(""));
const text = fc
  .array(fc.oneof(requirement, fc.constantFrom("", "# Title", "   # why")), { maxLength: 8 })
  .chain((lines) => fc.constantFrom("\n", "\r\n").map((lineEnd) => lines.join(lineEnd)));

/** What pip reads, and the comments. */
function meaningOf(file: RequirementsFile) {
  return file.entries.map((entry) => ({
    ...entry,
    specifier: normalSpecifier(entry.specifier),
    marker: entry.marker === undefined ? undefined : normalMarker(entry.marker),
    comment: entry.comment && file.text.slice(entry.comment.start, entry.comment.end),
    error: entry.error?.message,
    at: undefined,
    nameAt: undefined,
    specifierAt: undefined,
  }));
}

test("a spaced file is read as the same file, and has nothing more to space", () => {
  let changed = 0;
  fc.assert(
    fc.property(text, (before) => {
      using file = readRequirements("requirements.txt", before);
      const edits = spacingEdits(file);
      changed += edits.length;
      using spaced = readRequirements("requirements.txt", applyEdits(before, edits));
      assert.deepEqual(meaningOf(spaced), meaningOf(file));
      assert.deepEqual(spacingEdits(spaced), []);
    }),
    { seed: 11, numRuns: tries(1000) },
  );
  assert.ok(changed > tries(300), String(changed));
});

test("completion, links, outline and folds stay inside any text", () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "grapheme" })), fc.nat(), (content, place) => {
      using file = readRequirements("requirements.txt", content);
      const offset = place % (content.length + 1);
      const completing = completingAt(file, offset);
      if (completing) {
        const { start, end } = completing.at;
        assert.ok(start <= offset && offset <= end && end <= content.length);
        assert.doesNotMatch(content.slice(start, end), /[\r\n]/);
      }
      const outline = outlineOf(file);
      const spans = [...referencesIn(file), ...foldsOf(file), ...outline, ...outline.flatMap(({ items }) => items)];
      for (const { at } of spans) assert.ok(at.start < at.end && at.end <= content.length);
      for (const { at, nameAt, items } of outline) {
        for (const inner of [nameAt, ...items.map((item) => item.at)]) {
          assert.ok(at.start <= inner.start && inner.end <= at.end, "an editor refuses what lies outside");
        }
      }
    }),
    { seed: 12, numRuns: tries(1000) },
  );
});
