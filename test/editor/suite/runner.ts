// Runs tests inside the extension host, where `node --test` cannot: it starts processes, and "vscode" is only here.
import { appendFileSync } from "node:fs";

/** One test's result, as a line of JSON in the file that GROUNDWORK_TEST_RESULTS names. */
export interface TestResult {
  readonly name: string;
  /** The stack of what was thrown; absent when the test passed. */
  readonly error?: string;
  /** Milliseconds. */
  readonly duration: number;
}

interface TestCase {
  readonly name: string;
  readonly body: () => Promise<void> | void;
}

/** Milliseconds after which a test that has not ended counts as failed. */
const timeLimit = 120_000;

const cases: TestCase[] = [];

/** Registers a test; the tests run one after another in this order. */
export function test(name: string, body: () => Promise<void> | void): void {
  cases.push({ name, body });
}

/** What VS Code calls; it takes a rejection as failure. */
export async function run(): Promise<void> {
  if (cases.length === 0) throw new Error("no tests were registered");
  const results: TestResult[] = [];
  for (const each of cases) {
    const result = await resultOf(each);
    results.push(result);
    report(result);
  }
  const failed = results.filter((result) => result.error !== undefined);
  if (failed.length > 0) throw new Error(`${failed.length} of ${results.length} tests failed`);
}

async function resultOf({ name, body }: TestCase): Promise<TestResult> {
  const start = performance.now();
  const failure = await failureOf(body);
  const duration = Math.round(performance.now() - start);
  return failure === undefined ? { name, duration } : { name, duration, error: failure };
}

async function failureOf(body: TestCase["body"]): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${timeLimit / 1000} s`)), timeLimit);
  });
  try {
    await Promise.race([body(), tooLate]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

function report(result: TestResult): void {
  const file = process.env.GROUNDWORK_TEST_RESULTS;
  if (file === undefined) throw new Error("GROUNDWORK_TEST_RESULTS names no file for the results");
  appendFileSync(file, `${JSON.stringify(result)}\n`);
}
