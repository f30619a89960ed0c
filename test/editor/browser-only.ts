// VS Code in a browser with nothing behind it but a web server for files that never change, as vscode.dev is.
import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { ensureEditorHost, repositoryRoot } from "../../scripts/editor-host.ts";
import { type EditorWindow, openAt, quietSettings } from "./window.ts";

const editor = join(ensureEditorHost(), "../..");
const workbench = "out/vs/code/browser/workbench/workbench";

/** What the server has under each first part of a path. */
const places: Readonly<Record<string, string>> = {
  editor,
  groundwork: repositoryRoot,
  memory: join(import.meta.dirname, "stand-ins/memory-files"),
};

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".cjs": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Opens a window whose workspace holds these files, by their paths, in memory. */
export async function openBrowserWindow(
  files: Readonly<Record<string, string>>,
  locale?: string,
): Promise<EditorWindow> {
  const entries = Object.entries(files).map(([path, text]) => [`/workspace/${path}`, text]);
  const server = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://127.0.0.1");
    if (pathname === "/") send(response, ".html", pageOf(portOf(server), locale));
    else if (pathname === "/memory/files.json") send(response, ".json", JSON.stringify(Object.fromEntries(entries)));
    else sendFile(response, decodeURIComponent(pathname));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  const folder = mkdtempSync(join(tmpdir(), "groundwork-window-"));
  const addressOf = () => `http://127.0.0.1:${portOf(server)}/`;
  const options = { workspace: "/workspace", ...(locale === undefined ? {} : { locale }) };
  return openAt(folder, options, { addressOf, close });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** The page that VS Code's own server would send, but for a remote. */
function pageOf(port: number, locale = "en"): string {
  const extension = (path: string) => ({ scheme: "http", authority: `127.0.0.1:${port}`, path });
  const configuration = {
    folderUri: { scheme: "memory", path: "/workspace" },
    additionalBuiltinExtensions: [extension("/groundwork"), extension("/memory")],
    configurationDefaults: quietSettings,
    webviewEndpoint: `http://127.0.0.1:${port}/editor/out/vs/workbench/contrib/webview/browser/pre/`,
    productConfiguration: { enableTelemetry: false },
    userDataPath: "/user",
    isEnabledFileDownloads: false,
    isEnabledFileUploads: false,
    isEnabledCoderGettingStarted: false,
  };
  const values: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(configuration).replaceAll('"', "&quot;"),
    WORKBENCH_WEB_BASE_URL: "/editor",
    WORKBENCH_NLS_URL: "/editor/out/nls.messages.js",
    WORKBENCH_NLS_FALLBACK_URL: "/editor/out/nls.messages.js",
  };
  const page = readFileSync(join(editor, `${workbench}.html`), "utf8");
  const language = `<script>globalThis._VSCODE_NLS_LANGUAGE = "${locale}";</script>`;
  return page.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? "").replace("<body", `${language}<body`);
}

function sendFile(response: ServerResponse, pathname: string): void {
  const [, place = "", ...below] = pathname.split("/");
  const folder = places[place];
  const file = folder !== undefined && !below.includes("..") ? join(folder, ...below) : undefined;
  if (file === undefined || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  const isWorkbench = pathname === `/editor/${workbench}.js`;
  send(response, extname(file), isWorkbench ? withoutRemote(readFileSync(file, "utf8")) : readFileSync(file));
}

function send(response: ServerResponse, extension: string, body: string | Buffer): void {
  response.writeHead(200, { "content-type": types[extension] ?? "application/octet-stream" }).end(body);
}

/** The build that we have takes a remote for granted, and keeps the settings there. */
function withoutRemote(script: string): string {
  const rest = script
    .replace(",remoteAuthority:location.host}", "}")
    .replace(/(this\.userDataPath\)\.with\(\{scheme:\w+)\.vscodeRemote\}/, "$1.vscodeUserData}");
  if (
    script.length - rest.length !==
    ",remoteAuthority:location.host".length - "vscodeUserData".length + "vscodeRemote".length
  )
    throw new Error("this build of VS Code cannot be shown without a remote: look at what it takes for granted");
  return rest;
}
