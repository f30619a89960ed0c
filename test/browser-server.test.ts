// The language server of a browser's worker, in a realm that has neither Node nor a disk: it reaches only its client.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { Worker } from "node:worker_threads";

const dist = new URL("../dist/", import.meta.url);
const root = "vscode-vfs://github/owner/repo";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri: string; readonly uris: readonly string[]; readonly bytes: Uint8Array };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A client whose workspace is this table of texts by URI. */
class BrowserClient {
  readonly files: Map<string, string | Uint8Array>;
  readonly told: string[] = [];
  readonly asked: string[] = [];
  /** Resolves when the client may read; by default at once. */
  mayRead = Promise.resolve();
  /** Hears of progress that the server begins. */
  onProgress: (token: unknown) => void = () => undefined;
  readonly #worker: { onmessage?: (message: { data: unknown }) => void } = {};
  readonly #waiting = new Map<number, (message: Message) => void>();
  #last = 0;

  constructor(files: Readonly<Record<string, string>>, translations?: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files).map(([name, text]) => [`${root}/${name}`, text]));
    const self = Object.assign(this.#worker, {
      postMessage: (message: Message) => void queueMicrotask(() => this.#hear(structuredClone(message))),
      addEventListener() {},
    });
    const { atob, console, TextDecoder, TextEncoder, MessageChannel, URL, setTimeout, clearTimeout, performance } =
      globalThis;
    const here = {
      atob,
      crypto,
      console,
      TextDecoder,
      TextEncoder,
      MessageChannel,
      URL,
      setTimeout,
      clearTimeout,
      performance,
      self,
    };
    // Bytes that cross from one realm to the other are of the same class, as they are between a client and its worker.
    runInContext(
      readFileSync(new URL("browser/server.js", dist), "utf8"),
      createContext({ ...here, AbortController, Uint8Array, ArrayBuffer }),
    );
    this.#send({ grammars: grammars(), translations });
  }

  request<Result>(method: string, params: object): Promise<Result> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result as Result),
      );
      this.#send({ jsonrpc: "2.0", id, method, params });
    });
  }

  notify(method: string, params: object): void {
    this.#send({ jsonrpc: "2.0", method, params });
  }

  async start(): Promise<{ readonly executeCommandProvider: { readonly commands: readonly string[] } }> {
    const window = { workDoneProgress: true };
    const capabilities = { window, workspace: { workspaceFolders: true }, textDocument: { diagnostic: {} } };
    const workspaceFolders = [{ uri: root, name: "repo" }];
    const params = { processId: null, rootUri: null, capabilities, workspaceFolders };
    const answer = await this.request<{ capabilities: Awaited<ReturnType<BrowserClient["start"]>> }>(
      "initialize",
      params,
    );
    this.notify("initialized", {});
    return answer.capabilities;
  }

  /** Resolves when the server has fetched and read what there is. */
  async settled(): Promise<void> {
    const command = "groundwork.server.suggestStages";
    await this.request("workspace/executeCommand", { command, arguments: [root] });
  }

  open(name: string, languageId: string): string {
    const uri = `${root}/${name}`;
    const text = String(this.files.get(uri) ?? "");
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
    return uri;
  }

  async rulesIn(uri: string): Promise<readonly string[]> {
    const report = await this.request<{ items: readonly { code: string }[] }>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    return report.items.map(({ code }) => code);
  }

  #send(data: unknown): void {
    setImmediate(() => this.#worker.onmessage?.({ data }));
  }

  #hear(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) {
      this.#waiting.get(id ?? -1)?.(message);
      return;
    }
    if (method.startsWith("window/showMessage")) this.told.push((params as unknown as { message: string }).message);
    if (method === "$/progress") this.onProgress((params as unknown as { token: unknown }).token);
    if (id === undefined) return;
    const send = () => this.#send({ jsonrpc: "2.0", id, result: this.#answer(method, params) });
    if (method === "groundwork/files/read") void this.mayRead.then(send);
    else send();
  }

  #answer(method: string, params: Message["params"]): unknown {
    if (!params) return null;
    if (method === "groundwork/files/list") return this.#list(params.uri);
    if (method === "groundwork/files/write") {
      this.files.set(params.uri, new TextDecoder().decode(params.bytes));
      return null;
    }
    if (method !== "groundwork/files/read") return null;
    this.asked.push(...params.uris);
    return params.uris.map((uri) => {
      const text = this.files.get(uri);
      const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
      return bytes ? { size: bytes.length, modified: 1, bytes } : null;
    });
  }

  #list(uri: string): unknown {
    const below = [...this.files.keys()].filter((each) => each.startsWith(`${uri}/`));
    const parts = below.map((each) => each.slice(uri.length + 1).split("/"));
    const kinds = new Map(parts.map(([name = "", ...rest]) => [name, rest.length > 0 ? "folder" : "file"]));
    return [...kinds].map(([name, kind]) => ({ name, kind }));
  }
}

function grammars(): Readonly<Record<string, Uint8Array>> {
  const names = ["web-tree-sitter.wasm", "tree-sitter-python.wasm", "tree-sitter-requirements.wasm"];
  return Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(new URL(name, dist)))]));
}

const block = [..."abcdefghijkl"].map((name, index) => `    ${name} = frame["${name}"].fillna(${index}).astype(float)`);
const copies = (name: string) =>
  `import pandas as pd\n\n\ndef ${name}(frame):\n${block.join("\n")}\n    return a + b + c + d + e + f + g + h + i + j + k + l\n`;

test("findings, hovers, fixes and stages of files that only the client reaches", async () => {
  const client = new BrowserClient({
    "pyproject.toml": '[tool.groundwork.stages]\nproduction = ["src/**"]\n',
    ".gitignore": "/secret/\n",
    "src/one.py": copies("one"),
    "src/two.py": copies("two"),
    "secret/three.py": copies("three"),
    "node_modules/four.py": copies("four"),
    "data/rows.csv": "a,b\n1,2\n",
    "requirements.txt": "zlib-ng==1.0\npandas\n",
  });
  const { executeCommandProvider } = await client.start();
  const uri = client.open("src/one.py", "python");
  await client.settled();
  assert.ok((await client.rulesIn(uri)).includes("duplicate-function"));
  assert.deepEqual(
    client.asked.filter((each) => /secret|node_modules|csv/.test(each)),
    [],
  );

  const hover = await client.request<{ contents: unknown }>("textDocument/hover", {
    textDocument: { uri },
    position: { line: 4, character: 6 },
  });
  assert.match(JSON.stringify(hover), /A whole function exists at several places/);

  const requirements = client.open("requirements.txt", "pip-requirements");
  assert.ok((await client.rulesIn(requirements)).includes("unpinned-requirement"));
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } };
  const actions = await client.request<readonly { title: string; command?: { command: string }; edit?: object }[]>(
    "textDocument/codeAction",
    { textDocument: { uri: requirements }, range, context: { diagnostics: [] } },
  );
  assert.ok(actions.some(({ edit }) => JSON.stringify(edit ?? {}).includes(requirements)));
  const commands = executeCommandProvider.commands;
  assert.deepEqual(
    actions.flatMap(({ command }) => command?.command ?? []).filter((each) => !commands.includes(each)),
    [],
  );
  assert.deepEqual(await client.request("groundwork/stages", { uris: [uri, requirements] }), [
    "production",
    "undecided",
  ]);
});

test("a command that needs a program says why it does nothing", async () => {
  const client = new BrowserClient({ "requirements.txt": "pandas\n" });
  await client.start();
  const command = "groundwork.server.installRequirements";
  assert.equal(
    await client.request("workspace/executeCommand", { command, arguments: [`${root}/requirements.txt`] }),
    null,
  );
  assert.match(client.told.join(), /No program can be run here/);
});

test("a file that changed is fetched again, and what the server writes is written by the client", async () => {
  const client = new BrowserClient({ "src/one.py": copies("one") });
  await client.start();
  const uri = client.open("src/one.py", "python");
  await client.settled();
  assert.ok(!(await client.rulesIn(uri)).includes("duplicate-function"));
  client.files.set(`${root}/src/two.py`, copies("two"));
  client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: `${root}/src/two.py`, type: 1 }] });
  await client.settled();
  assert.ok((await client.rulesIn(uri)).includes("duplicate-function"));
  await client.request("workspace/executeCommand", { command: "groundwork.server.recordFindings", arguments: [root] });
  assert.match(String(client.files.get(`${root}/groundwork-baseline.json`)), /duplicate-function/);
});

test("a long look at the files can be cancelled", async () => {
  const client = new BrowserClient({ "src/one.py": copies("one"), "src/deep/two.py": copies("two") });
  client.mayRead = new Promise((resolve) => {
    client.onProgress = (token) => {
      client.notify("window/workDoneProgress/cancel", { token });
      resolve();
    };
  });
  await client.start();
  await client.settled();
  assert.deepEqual(client.asked, [`${root}/src/one.py`]);
});

test("the report can be had as a page that needs nothing, and as the panel", async () => {
  const client = new BrowserClient({ "src/one.py": copies("one"), "src/two.py": copies("two") });
  await client.start();
  const page = await client.request<string>("groundwork/report", { uri: root, format: "html" });
  const [, style = ""] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  assert.ok(page.includes(`sha256-${createHash("sha256").update(style).digest("base64")}`));
  const panel = await client.request<string>("groundwork/report", { uri: root, format: "panel" });
  assert.match(panel, /command:groundwork\.showFinding/);
});

test("a file in another encoding is read with the browser's own tables", async () => {
  const client = new BrowserClient({ "src/one.py": copies("one") });
  const comment = Buffer.from("# -*- coding: shift_jis -*-\n# \x93\xfa\x96\x7b\n", "latin1");
  client.files.set(`${root}/src/two.py`, Buffer.concat([comment, Buffer.from(copies("two"))]));
  await client.start();
  const uri = client.open("src/one.py", "python");
  await client.settled();
  assert.ok((await client.rulesIn(uri)).includes("duplicate-function"));
});

test("a thread of Node serves a workspace that is on no disk, too", async () => {
  const thread = new Worker(new URL("browser/server.js", dist));
  const answered = once(thread, "message");
  thread.postMessage({ grammars: grammars() });
  const params = { processId: null, rootUri: null, capabilities: {}, workspaceFolders: [{ uri: root, name: "repo" }] };
  thread.postMessage({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  const [{ result }] = await answered;
  assert.equal(result.serverInfo.name, "Groundwork");
  await thread.terminate();
});

test("the client's texts are those that the server speaks", async () => {
  const translations = {
    "No undecided folder suggests a stage.": "x",
    "A whole function exists at several places": "Igual",
  };
  const client = new BrowserClient({ "src/one.py": copies("one"), "src/two.py": copies("two") }, translations);
  await client.start();
  const uri = client.open("src/one.py", "python");
  await client.settled();
  const hover = await client.request<{ contents: unknown }>("textDocument/hover", {
    textDocument: { uri },
    position: { line: 4, character: 6 },
  });
  assert.match(JSON.stringify(hover), /Igual/);
});
