// Waiting for a condition instead of for a time.

/** Milliseconds after which a condition counts as never coming; generous, because machines for tests are slow. */
export const patience = 60_000;

/** Asks `probe` again until it answers with something, and resolves with that; rejects naming `what` was awaited. */
export async function until<T>(what: string, probe: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${patience / 1000} s in vain for ${what}`);
}
