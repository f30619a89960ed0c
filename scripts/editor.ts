// `npm run editor [-- FOLDER]`: VS Code with this extension, on a copy of the example project or on FOLDER.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findOnPath, repositoryRoot } from "./editor-host.ts";
import { startEditor } from "./editor-server.ts";

/** Without the chat beside it the window shows what this is about; whoever wants it switches it on. */
const firstSettings = { "chat.disableAIFeatures": true, "workbench.secondarySideBar.defaultVisibility": "hidden" };

const folder = folderToOpen(process.argv[2]);
run("scripts/build.mjs");
const code = process.env.VSCODE_PATH || findOnPath("code");
if (code === undefined) await showInBrowser();
else showInstalled(code);

/** The example is copied, because a person tries fixes on it and the repository should stay as it is. */
function folderToOpen(given: string | undefined): string {
  if (given === undefined) {
    const copy = join(mkdtempSync(join(tmpdir(), "groundwork-")), "churn");
    cpSync(join(repositoryRoot, "examples/churn"), copy, { recursive: true });
    return copy;
  }
  const named = resolve(process.env.INIT_CWD ?? ".", given);
  if (existsSync(named)) return named;
  console.error(`There is no folder ${named}.`);
  process.exit(2);
}

function showInstalled(program: string): void {
  console.log(`Opening ${folder} in a new window of ${program}. Close the window to stop.`);
  const { status, error } = spawnSync(
    program,
    [`--extensionDevelopmentPath=${repositoryRoot}`, "--new-window", folder],
    { stdio: "inherit", shell: process.platform === "win32" },
  );
  if (error !== undefined) console.error(error.message);
  process.exitCode = status ?? 2;
}

async function showInBrowser(): Promise<void> {
  console.log("No program `code` on the PATH: showing VS Code in the browser.");
  const dataFolder = join(repositoryRoot, ".cache/editor/data");
  const isFirstStart = !existsSync(dataFolder);
  const editor = await startEditor({
    dataFolder,
    extensionsFolder: join(repositoryRoot, ".cache/editor/extensions"),
    extensions: [repositoryRoot],
    audience: "person",
    ...(isFirstStart ? { settings: firstSettings } : {}),
  });
  console.log(`\nOpen this address in a browser; it shows ${folder}\n\n  ${editor.addressOf(folder)}\n`);
  console.log("The address holds a secret that lets its reader use this machine through the editor. Stop with Ctrl+C.");
}

function run(script: string): void {
  const { status } = spawnSync(process.execPath, [script], { cwd: repositoryRoot, stdio: "inherit" });
  if (status === 0) return;
  console.error("The extension does not build; the editor was not started.");
  process.exit(status ?? 2);
}
