import { bytesOf } from "./text-bytes.ts";
import { packer } from "./unit-packer.ts";
import { Units, unitsIn } from "./units.ts";

/**
 * The share, from 0 to 1, of the weight of the larger of two texts that both have in the same order: statement by
 * statement, names and literals aside. Takes time in proportion to the product of their statements.
 */
export function similarityOf(text: string, other: string): number {
  const units = statementsOf(text);
  const others = statementsOf(other);
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

function statementsOf(text: string): Statement[] {
  const { units } = packer.pack(bytesOf(text));
  const table = new Units(unitsIn(units));
  table.unpack(units, 0);
  const { normal, weight, capacity } = table;
  return Array.from({ length: capacity }, (_, row) => ({ hash: normal[row] ?? 0, weight: weight[row] ?? 0 }));
}
