import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { squarified } from "../server/report/treemap.ts";

const box = { x: 10, y: 20, width: 600, height: 400 };

test("the example of the paper: seven weights in six by four", () => {
  const areas = squarified([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
  assert.deepEqual(areas[0], { x: 0, y: 0, width: 3, height: 2 });
  assert.deepEqual(areas[1], { x: 0, y: 2, width: 3, height: 2 });
});

test("areas are as large as their weights, inside the box and beside each other", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 40 }), (weights) => {
      const parts = squarified(weights, box);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      assert.equal(parts.length, weights.length);
      parts.forEach((part, index) => {
        const wanted = total === 0 ? 0 : ((weights[index] ?? 0) / total) * box.width * box.height;
        assert.ok(Math.abs(part.width * part.height - wanted) < 0.01);
        assert.ok(part.x > box.x - 0.01 && part.x + part.width < box.x + box.width + 0.01);
        assert.ok(part.y > box.y - 0.01 && part.y + part.height < box.y + box.height + 0.01);
        for (const other of parts.slice(0, index)) {
          const across = Math.min(part.x + part.width, other.x + other.width) - Math.max(part.x, other.x);
          const down = Math.min(part.y + part.height, other.y + other.height) - Math.max(part.y, other.y);
          assert.ok(across < 0.01 || down < 0.01);
        }
      });
    }),
    { seed: 4, numRuns: 200 },
  );
});
