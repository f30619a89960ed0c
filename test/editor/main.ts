// Tests the extension in a real VS Code: the suite inside the extension host, then the window as a person sees it.
// `node test/editor/main.ts [NAME…]` runs everything, or only the window tests whose file name holds a NAME; with
// `--unless-passed`, nothing when everything has passed on exactly this code.
import { spawnSync } from "node:child_process";
import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "node:test";
import { ensureChromium, ensureEditorHost, installedBrowser, repositoryRoot } from "../../scripts/editor-host.ts";
import { runSuite } from "./extension-host.ts";
import { hashOfFiles, hashOfPrograms, passedBefore, remember } from "./passed.ts";
import { artifactsFolder } from "./window.ts";
import { copyOf } from "./workspace.ts";

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Milliseconds for all windows, on a machine that has other work. */
const timeLimit = 1_200_000;

const record = join(repositoryRoot, ".cache/editor-tests-passed.json");

const names = process.argv.slice(2).filter((argument) => argument !== "--unless-passed");
// As they are now: what changes while the tests run has not passed them.
const files = names.length === 0 ? hashOfFiles(repositoryRoot) : undefined;
if (process.argv.includes("--unless-passed")) endIfPassed();
rmSync(artifactsFolder, { recursive: true, force: true });
// One build serves all tests: another one would take the programs away under those that run beside.
if (!process.env.GROUNDWORK_BUILT) buildExtension();
process.env.GROUNDWORK_BUILT = "1";
// Beside each other, since an editor mostly waits.
const [inside, outside] = await Promise.all([
  names.length === 0 ? suiteTally() : { passed: 0, failed: 0 },
  windowTally(names),
]);
const failed = inside.failed + outside.failed;
console.log(`${inside.passed + outside.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
if (failed === 0 && files !== undefined) {
  const tests = inside.passed + outside.passed;
  remember(record, { files, programs: hashOfPrograms(ensureChromium()), tests, at: new Date().toISOString() });
}

function endIfPassed(): void {
  const browser = process.env.CHROMIUM_PATH ? ensureChromium() : installedBrowser();
  const passed = browser && passedBefore(record, files, hashOfPrograms(browser));
  if (!passed) return;
  console.log(
    `The ${passed.tests} tests in a real VS Code passed on exactly this code at ${passed.at} and are not run again; ` +
      "`npm test -- --all` runs them.",
  );
  process.exit();
}

function buildExtension(): void {
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: repositoryRoot, stdio: "inherit" });
  if (status !== 0) throw new Error("the extension does not build; no test was run");
}

/** A suite that does not come to its end counts as one failed test, so that the window tests still run. */
async function suiteTally(): Promise<Tally> {
  const start = performance.now();
  const results = await runSuite({ workspace: copyOf("examples/churn") }).catch((error: unknown) => [
    { name: "the extension host", duration: Math.round(performance.now() - start), error: stackOf(error) },
  ]);
  for (const result of results) show(result.name, result.duration, result.error);
  const wrong = results.filter((result) => result.error !== undefined).length;
  return { passed: results.length - wrong, failed: wrong };
}

/** In this process, which starts one browser for all of them; two files at a time, the windows of which wait in turn. */
async function windowTally(wanted: readonly string[]): Promise<Tally> {
  ensureEditorHost();
  ensureChromium();
  const files = globSync(join(import.meta.dirname, "ui/*.test.ts")).sort();
  const chosen = files.filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)));
  let passed = 0;
  let wrong = 0;
  for await (const event of run({ files: chosen, isolation: "none", concurrency: 2, timeout: timeLimit })) {
    if (event.type === "test:stdout" || event.type === "test:stderr") process.stdout.write(event.data.message);
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    const { name, details } = event.data;
    const error = event.type === "test:fail" ? event.data.details.error : undefined;
    if (details.type === "suite" && (error === undefined || isOfTests(error))) continue;
    show(name, Math.round(details.duration_ms), error && stackOf(error.cause ?? error));
    if (error === undefined) passed += 1;
    else wrong += 1;
  }
  return { passed, failed: wrong };
}

/** Whether a suite failed only because tests in it did. */
function isOfTests(error: Error): boolean {
  return "failureType" in error && error.failureType === "subtestsFailed";
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function show(name: string, duration: number, error: string | undefined): void {
  console.log(`${error === undefined ? "✔" : "✖"} ${name} (${duration} ms)`);
  if (error !== undefined) console.log(error.replaceAll(/^/gm, "    "));
}
