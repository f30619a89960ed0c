// Runs test/editor/suite inside the extension host of a real VS Code, by the way that this machine offers.
import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests, TestRunFailedError } from "@vscode/test-electron";
import { build } from "esbuild";
import { ensureChromium, ensureEditorHost, repositoryRoot } from "../../scripts/editor-host.ts";
import type { TestResult } from "./suite/runner.ts";
import { artifactsFolder, openWindow } from "./window.ts";

export interface SuiteOptions {
  /** The folder that the editor shows; the tests may write in it. */
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder of the extension under development; this repository by default. */
  readonly extension?: string;
  /** The folder with the tests; test/editor/suite by default. */
  readonly suite?: string;
}

/** Milliseconds that the whole suite may take. */
const timeLimit = 600_000;

/**
 * Runs every `*.test.ts` of the suite and resolves with the results. Rejects when the suite could not be run to its
 * end: what did not run counts as failed, never as passed.
 */
export async function runSuite(options: SuiteOptions): Promise<readonly TestResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-suite-"));
  const resultsFile = join(folder, "results.jsonl");
  const extensionTestsPath = await bundleOf(options.suite ?? join(repositoryRoot, "test/editor/suite"));
  const launch: Launch = {
    ...options,
    extension: options.extension ?? repositoryRoot,
    extensionTestsPath,
    folder,
    environment: { GROUNDWORK_TEST_RESULTS: resultsFile },
  };
  const code = await runAnywhere(launch);
  const results = existsSync(resultsFile) ? readFileSync(resultsFile, "utf8").trim().split("\n").map(toResult) : [];
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const hasFailure = results.some((result) => result.error !== undefined);
  if (results.length === 0 || (code !== 0) !== hasFailure) {
    throw new Error(
      `the extension host ended with code ${code} after ${results.length} tests; its logs are in ${artifactsFolder}`,
    );
  }
  return results;
}

interface Launch extends SuiteOptions {
  readonly extension: string;
  readonly extensionTestsPath: string;
  /** For what the run leaves behind. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** One CommonJS file, because the extension host gives "vscode" only to `require`. */
async function bundleOf(suite: string): Promise<string> {
  const bundle = join(repositoryRoot, ".cache/editor-suite.cjs");
  const tests = globSync("*.test.ts", { cwd: suite }).sort();
  const imports = tests.map((test) => `import ${JSON.stringify(`./${test}`)};`);
  const runner = JSON.stringify(join(import.meta.dirname, "suite/runner.ts"));
  await build({
    stdin: { contents: `${imports.join("\n")}\nexport { run } from ${runner};`, resolveDir: suite, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    external: ["vscode"],
    outfile: bundle,
  });
  return bundle;
}

/**
 * An installed VS Code that was named, or one to download when that was asked for; otherwise the server of npm, and
 * only where that cannot be had a download again. Rejects with what to install when nothing serves.
 */
async function runAnywhere(launch: Launch): Promise<number> {
  if (process.env.VSCODE_PATH || process.env.VSCODE_TEST_DOWNLOAD === "1") return runInElectron(launch);
  try {
    ensureEditorHost();
    ensureChromium();
  } catch (error) {
    console.log(`${messageOf(error)}\nTrying to download VS Code instead …`);
    return runInElectron(launch).catch((cause: unknown) => {
      throw new Error(`${messageOf(error)}\n${advice}\n${messageOf(cause)}`, { cause });
    });
  }
  return runInServer(launch);
}

const advice = "Or name an installed VS Code with the environment variable VSCODE_PATH: downloading one failed, too.";

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Nobody looks at this window: what it only paints, or asks for to paint it, takes a tenth of the machine's work. */
const bareSettings = {
  "breadcrumbs.enabled": false,
  "editor.bracketPairColorization.enabled": false,
  "editor.codeLens": false,
  "editor.colorDecorators": false,
  "editor.folding": false,
  "editor.inlayHints.enabled": "off",
  "editor.lightbulb.enabled": "off",
  "editor.links": false,
  "editor.occurrencesHighlight": "off",
  "editor.semanticHighlighting.enabled": false,
  "editor.stickyScroll.enabled": false,
  "problems.decorations.enabled": false,
  "window.commandCenter": false,
  "workbench.activityBar.location": "hidden",
  "workbench.editor.editorActionsLocation": "hidden",
  "workbench.editor.showTabs": "none",
  "workbench.layoutControl.enabled": false,
};

async function runInServer(launch: Launch): Promise<number> {
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve, reject) => {
    end = resolve;
    setTimeout(() => reject(new Error(`the suite is not done after ${timeLimit / 1000} s`)), timeLimit).unref();
  });
  await using window = await openWindow({
    ...launch,
    settings: { ...bareSettings, ...launch.settings },
    prepare: async (page) => {
      await page.exposeFunction("codeAutomationLog", (type: string, args: readonly unknown[]) => log(type, args));
      await page.exposeFunction("codeAutomationExit", (code: number) => end(code));
    },
  });
  try {
    const code = await ended;
    if (code !== 0) await window.keepEvidence({ name: "extension host" });
    return code;
  } catch (error) {
    await window.keepEvidence({ name: "extension host" });
    throw error;
  }
}

/** The editor's own chatter is in the same stream, so that it goes to artifacts/console.log instead of the terminal. */
function log(type: string, args: readonly unknown[]): void {
  mkdirSync(artifactsFolder, { recursive: true });
  appendFileSync(join(artifactsFolder, "console.log"), `${type} ${args.map(String).join(" ")}\n`);
}

async function runInElectron(launch: Launch): Promise<number> {
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Error("VS Code needs a display; without one, start the tests as: xvfb-run -a node test/editor/main.ts");
  }
  const userFolder = join(launch.folder, "data/User");
  mkdirSync(userFolder, { recursive: true });
  writeFileSync(join(userFolder, "settings.json"), JSON.stringify(launch.settings ?? {}));
  const folders = [`--user-data-dir=${join(launch.folder, "data")}`, `--extensions-dir=${join(launch.folder, "ext")}`];
  const named = process.env.VSCODE_PATH;
  try {
    return await runTests({
      ...(named ? { vscodeExecutablePath: named } : { cachePath: join(repositoryRoot, ".cache/vscode-test") }),
      extensionDevelopmentPath: launch.extension,
      extensionTestsPath: launch.extensionTestsPath,
      extensionTestsEnv: launch.environment,
      launchArgs: [launch.workspace, ...folders],
    });
  } catch (error) {
    if (error instanceof TestRunFailedError && error.code !== undefined) return error.code;
    throw error;
  }
}

function toResult(line: string): TestResult {
  return JSON.parse(line);
}
