/**
 * How many random inputs a test tries: `all` of them in `npm run test:thorough`, which is for the night; otherwise an
 * eighth. The seeds are fixed, so that a run never fails by chance.
 */
export function tries(all: number): number {
  return process.env.GROUNDWORK_THOROUGH === "1" ? all : Math.ceil(all / 8);
}
