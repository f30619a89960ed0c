// Starts the VS Code server on the loopback interface and tells the address at which a browser shows it.
import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { ensureEditorHost } from "./editor-host.ts";

export interface EditorOptions {
  /** Holds settings, state and logs. */
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  /** Written as the user settings before the start; without it the settings of the data folder stay. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly keybindings?: readonly { readonly key: string; readonly command: string }[];
  /** The display language, such as `pt-br`. */
  readonly locale?: string;
  /** The folders of extensions under development which are to count as installed. */
  readonly extensions?: readonly string[];
  /** The names of VS Code's own extensions which are to be there; all of them by default. */
  readonly builtIn?: readonly string[];
  /** A person keeps the connection token and workspace trust; a test has neither in its way. */
  readonly audience: "person" | "test" | "test inside the extension host";
  /** A test that wants workspace trust all the same. */
  readonly keepsTrust?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
}

export interface Editor extends AsyncDisposable {
  readonly port: number;
  /** The address which shows `folder`, and runs a suite in it when there is a payload. */
  addressOf(folder: string, payload?: EditorPayload): string;
  /** Ends the server and every process that it started. */
  close(): Promise<void>;
}

/** A suite to run inside the extension host, and the folder of the extension that it tests; absolute paths. */
export interface EditorPayload {
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
}

/** Starts a server on a free port and resolves when it listens; rejects with its output when it ends before. */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const entry = ensureEditorHost();
  mkdirSync(options.dataFolder, { recursive: true });
  mkdirSync(options.extensionsFolder, { recursive: true });
  for (const extension of options.extensions ?? []) linkExtension(extension, options.extensionsFolder);
  // Those of the scope "machine" are read in the second of these only.
  for (const scope of options.settings ? ["User", "Machine"] : [])
    writeJson(join(options.dataFolder, "data", scope, "settings.json"), options.settings);
  if (options.keybindings) writeJson(join(options.dataFolder, "data/User/keybindings.json"), options.keybindings);
  if (options.locale !== undefined) registerLocale(options.dataFolder, options.locale);
  const token = options.audience === "person" ? randomUUID() : undefined;
  const server = spawn(process.execPath, [entry, ...serverArguments(options, token)], {
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
    env: environmentOf(options),
  });
  const forget = endWithThisProcess(server);
  const close = async () => {
    await endGroup(server);
    forget();
  };
  const port = await listeningPort(server, join(options.dataFolder, "server-output.log"));
  const addressOf = (folder: string, payload?: EditorPayload) => editorAddress(port, folder, payload, token);
  return { port, addressOf, close, [Symbol.asyncDispose]: close };
}

/** Runs one command of the server's own command line, such as `--install-extension`; rejects with its output. */
export async function runEditorCommand(options: EditorOptions, command: readonly string[]): Promise<void> {
  mkdirSync(options.extensionsFolder, { recursive: true });
  const folders = ["--server-data-dir", options.dataFolder, "--extensions-dir", options.extensionsFolder];
  const all = [ensureEditorHost(), "--accept-server-license-terms", ...folders, ...command];
  await promisify(execFile)(process.execPath, all, { env: environmentOf(options) });
}

function serverArguments(options: EditorOptions, token: string | undefined): readonly string[] {
  const shared = ["--host", "127.0.0.1", "--port", "0", "--accept-server-license-terms", "--telemetry-level", "off"];
  const folders = ["--server-data-dir", options.dataFolder, "--extensions-dir", options.extensionsFolder];
  const access =
    token === undefined ? ["--without-connection-token"] : ["--connection-token-file", tokenFile(token, options)];
  const keepsTrust = options.keepsTrust ?? options.audience === "person";
  const trust = keepsTrust ? [] : ["--disable-workspace-trust"];
  // Only with this driver the payload may name a suite; but it hides notifications, which a person wants to see.
  const driver = options.audience === "test inside the extension host" ? ["--enable-smoke-test-driver"] : [];
  const locale = options.locale === undefined ? [] : ["--locale", options.locale];
  const builtIn = options.builtIn === undefined ? [] : ["--builtin-extensions-dir", onlyBuiltIn(options)];
  return [...shared, ...folders, ...access, ...trust, ...locale, ...driver, ...builtIn];
}

/** A folder which leads to no more than the chosen ones of VS Code's own extensions. */
function onlyBuiltIn({ builtIn = [], dataFolder }: EditorOptions): string {
  const folder = join(dataFolder, "built-in");
  mkdirSync(folder);
  const all = join(dirname(ensureEditorHost()), "../extensions");
  for (const name of builtIn) symlinkSync(join(all, name), join(folder, name), "junction");
  return folder;
}

/** A file rather than an argument, because everybody on the machine may read the arguments of a process. */
function tokenFile(token: string, options: EditorOptions): string {
  const file = join(options.dataFolder, "connection-token");
  writeFileSync(file, token, { mode: 0o600 });
  return file;
}

/**
 * VS Code takes a display language only when a language pack is registered for it, and packs come from the Marketplace.
 * This registers an empty one: the editor itself stays English, extensions are told the language.
 */
function registerLocale(dataFolder: string, locale: string): void {
  const translations = join(dataFolder, "data", `${locale}.i18n.json`);
  const extensions = [{ extensionIdentifier: { id: `groundwork.${locale}` }, version: "1.0.0" }];
  const languagePack = { hash: locale, label: locale, extensions, translations: { vscode: translations } };
  writeJson(translations, { version: "1.0.0", contents: {} });
  writeJson(join(dataFolder, "data/languagepacks.json"), { [locale]: languagePack });
}

/**
 * Makes the folder of an extension look installed. The server lists what lies in its folder of extensions when the
 * list is missing, and it follows the link.
 */
function linkExtension(extension: string, extensionsFolder: string): void {
  const link = join(extensionsFolder, `under-development-${basename(extension)}`);
  rmSync(link, { force: true });
  rmSync(join(extensionsFolder, "extensions.json"), { force: true });
  symlinkSync(extension, link, "junction");
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Without the marks of an editor or test runner that may have started us: they would change how this one behaves. */
function environmentOf(options: EditorOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_TEST_CONTEXT|NODE_OPTIONS)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...options.environment };
}

/** Reads the port that the server chose from its output, which goes on to a log file. */
function listeningPort(server: ChildProcess, logFile: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      appendFileSync(logFile, chunk);
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`the VS Code server ended with code ${code}\n${output}`)));
  });
}

/** The address at which the server on a port of this machine shows a folder. */
function editorAddress(port: number, folder: string, payload?: EditorPayload, token?: string): string {
  const address = new URL(`http://127.0.0.1:${port}/`);
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path.replaceAll("\\", "/")}`;
  const pairs = Object.entries(payload ?? {}).map(([name, path]) => [name, remote(path)]);
  if (token !== undefined) address.searchParams.set("tkn", token);
  address.searchParams.set(folder.endsWith(".code-workspace") ? "workspace" : "folder", folder);
  address.searchParams.set("payload", JSON.stringify([...pairs, ["skipWelcome", "true"]]));
  return address.href;
}

/** Nothing may outlive us, also when Ctrl+C ends us: the server is not in the terminal's process group. */
function endWithThisProcess(server: ChildProcess): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const atExit = () => signalGroup(server, "SIGKILL");
  const atSignal = (signal: NodeJS.Signals) => {
    signalGroup(server, "SIGKILL");
    process.kill(process.pid, signal);
  };
  process.once("exit", atExit);
  for (const signal of signals) process.once(signal, atSignal);
  return () => {
    process.off("exit", atExit);
    for (const signal of signals) process.off(signal, atSignal);
  };
}

async function endGroup(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  signalGroup(server, "SIGTERM");
  const impatience = setTimeout(() => signalGroup(server, "SIGKILL"), 3000);
  await ended;
  clearTimeout(impatience);
  signalGroup(server, "SIGKILL");
}

/** The server leads a process group of its own, to which its extension hosts and their children belong. */
function signalGroup(server: ChildProcess, signal: NodeJS.Signals): void {
  if (server.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(server.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-server.pid, signal);
  } catch (error) {
    const isGone = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (!isGone) throw error;
  }
}
