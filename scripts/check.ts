// `npm run check`: everything that needs no build that stays and no editor, in sequence; fails when one step fails.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));

interface Step {
  readonly title: string;
  /** Arguments of this very Node, relative to the project. */
  readonly command: readonly string[];
}

const colors = process.stdout.isTTY ? "--colors=force" : "--colors=off";
const linter = [toolOf("@biomejs/biome", "biome"), "ci", colors, "--diagnostic-level=warn", "--error-on-warnings"];
const steps: Step[] = [
  { title: "Types", command: [toolOf("typescript", "tsc"), "-p", "tsconfig.json"] },
  { title: "Types of the pure core", command: [toolOf("typescript", "tsc"), "-p", "tsconfig.core.json"] },
  { title: "Format and lint", command: [...linter, "."] },
  { title: "Who may import whom", command: ["--test", "--test-reporter=dot", "test/architecture.test.ts"] },
  { title: "Generated files", command: ["scripts/generate.ts", "--check"] },
  { title: "WebAssembly of the scanner", command: ["scripts/scanner.ts", "--check"] },
  { title: "What runs in a browser", command: ["scripts/check-browser.mjs"] },
  { title: "Translations", command: ["scripts/l10n.ts", "--check"] },
];
if (existsSync(join(root, "test/syntaxes"))) {
  const tester = toolOf("vscode-tmgrammar-test", "vscode-tmgrammar-test");
  steps.push({ title: "TextMate grammars", command: [tester, "--compact", "test/syntaxes/**/*"] });
}

const failed = steps.filter((step) => {
  console.log(`\n== ${step.title}`);
  return spawnSync(process.execPath, step.command, { cwd: root, stdio: "inherit" }).status !== 0;
});
console.log(failed.length === 0 ? "\nAll checks passed" : `\nFailed: ${failed.map((step) => step.title).join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** The script behind a package's command, so that no shell and no `.cmd` file is needed. */
function toolOf(name: string, command: string): string {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return join(dirname(manifest), typeof bin === "string" ? bin : bin[command]);
}
