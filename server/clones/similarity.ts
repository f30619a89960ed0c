import { bytesOf } from "./text-bytes.ts";
import { packer } from "./unit-packer.ts";
import { Units, unitsIn } from "./units.ts";

/**
 * The share, from 0 to 1, of the weight of the larger of two texts that both have in the same order: statement by
 * statement, with names and literals aside, or as they are spelt. Takes time in proportion to the product of their statements.
 */
export function similarityOf(text: string, other: string, spelling: "normal" | "exact" = "normal"): number {
  const units = statementsOf(text, spelling);
  const others = statementsOf(other, spelling);
  let above = new Float64Array(others.length + 1);
  for (const { hash, weight } of units) {
    const row = new Float64Array(others.length + 1);
    for (const [at, unit] of others.entries()) {
      const both = unit.hash === hash ? (above[at] ?? 0) + weight : 0;
      row[at + 1] = Math.max(both, above[at + 1] ?? 0, row[at] ?? 0);
    }
    above = row;
  }
  const total = (statements: readonly Statement[]) => statements.reduce((sum, { weight }) => sum + weight, 0);
  return (above[others.length] ?? 0) / Math.max(1, total(units), total(others));
}

interface Statement {
  readonly hash: number;
  readonly weight: number;
}

function statementsOf(text: string, spelling: "normal" | "exact"): Statement[] {
  const { units } = packer.pack(bytesOf(text));
  const table = new Units(unitsIn(units));
  table.unpack(units, 0);
  const { [spelling]: hashes, weight, capacity } = table;
  return Array.from({ length: capacity }, (_, row) => ({ hash: hashes[row] ?? 0, weight: weight[row] ?? 0 }));
}
