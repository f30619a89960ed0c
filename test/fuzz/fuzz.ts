// Tries readers with inputs that nobody wrote.
import { chanceOf } from "../refactorings/random-places.ts";
import { mutated, mutatedBytes } from "./mutate.ts";
import type { Target } from "./targets.ts";

export interface Trouble {
  readonly target: string;
  readonly seed: number;
  readonly input: string;
  readonly problem: string;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  /** Told before each input, for whoever watches that it comes to an end. */
  onInput?(target: string, input: string): void;
  /** Told behind each input, with the milliseconds that it took. */
  onDone?(target: string, input: string, milliseconds: number): void;
}

/** At most so many troubles of one reader are told. */
const enough = 5;

export async function fuzz(target: Target, options: FuzzOptions): Promise<Trouble[]> {
  const found: Trouble[] = [];
  for (let index = 0; index < options.count && found.length < enough; index++) {
    const seed = seedOf(options.seed, target.name, index);
    const chance = chanceOf(seed);
    const bytes = target.takes === "bytes" ? mutatedBytes(target.seeds, chance) : undefined;
    const input = bytes ? Buffer.from(bytes).toString("latin1") : mutated(target.seeds, chance);
    options.onInput?.(target.name, input);
    const started = performance.now();
    try {
      await target.run(input, bytes ?? Buffer.from(input));
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.stack}` : "";
      const problem = (error instanceof Error ? (error.stack ?? error.message) : String(error)) + cause;
      found.push({ target: target.name, seed, input, problem });
    }
    options.onDone?.(target.name, input, performance.now() - started);
  }
  return found;
}

/** Each input has a seed of its own, so that it can be made again alone. */
function seedOf(seed: number, name: string, index: number): number {
  let mixed = seed;
  for (const letter of name) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 16777619);
  return (mixed + Math.imul(index, 0x9e3779b9)) >>> 0;
}
