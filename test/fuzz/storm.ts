// A server that is told nonsense among what a good editor tells it: it must answer each request, with a result or with
// an error that says why, leave alone what is none of its business, and find afterwards what a fresh server finds.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { FileChangeType, type FileEvent } from "vscode-languageserver-protocol/node";
import { wrongParams } from "../../server/lsp/shapes.ts";
import { folderWith } from "../lsp-client.ts";
import { type Chance, chanceOf } from "../refactorings/random-places.ts";
import type { Connect } from "../soak/connect.ts";
import { Editor } from "../soak/editor.ts";
import { firstFiles, firstFolders, randomOperation } from "../soak/operations.ts";
import { difference } from "../soak/soak.ts";
import { brokenFrame, brokenMessage, oddNotification, oddRequest } from "./garbage.ts";
import { at, one } from "./mutate.ts";
import { framed, Wire } from "./wire.ts";

export interface StormOptions {
  readonly seed: number;
  readonly count: number;
  /** So many inputs lie between two looks at what came of them. */
  readonly every: number;
  /** The server in the storm, and the one that it is compared with. */
  readonly streams: () => { readonly up: Writable; readonly down: Readable };
  readonly fresh: Connect;
  /** Told before each input. */
  onInput?(input: string): void;
}

/** So many milliseconds a server may be silent, on a busy machine. */
const longest = 20_000;

/** ParseError, InvalidRequest, MethodNotFound, InvalidParams, ServerNotInitialized, RequestCancelled, RequestFailed. */
const proper = [-32700, -32600, -32601, -32602, -32002, -32800, -32803];

/** What went wrong, in words; empty where nothing did. */
export async function storm(options: StormOptions): Promise<readonly string[]> {
  const chance = chanceOf(options.seed);
  const inside = folderWith(firstFiles(chance));
  const outside = folderWith(
    Object.fromEntries(Object.entries(firstFiles(chance)).map(([p, text]) => [base(p), text])),
  );
  const before = contentsOf(outside.root);
  const { up, down } = options.streams();
  const troubles: string[] = [];
  const weather = new Weather(
    new Wire(up, down),
    new Editor(inside.root, firstFolders),
    outside.root,
    chance,
    troubles,
  );
  weather.onInput = (input) => options.onInput?.(input);
  try {
    await weather.begin();
    for (let done = 0; done < options.count && troubles.length === 0; done += options.every) {
      for (let each = 0; each < options.every; each++) await weather.next();
      await weather.calm(options.fresh);
    }
    await weather.end();
    for (const [name, text] of contentsOf(outside.root)) {
      if (before.get(name) !== text) troubles.push(`${name} was written outside of the workspace`);
    }
    return troubles;
  } finally {
    up.end();
    inside.dispose();
    outside.dispose();
  }
}

class Weather {
  onInput: (input: string) => void = () => undefined;
  readonly #wire: Wire;
  readonly #editor: Editor;
  readonly #outside: string;
  readonly #chance: Chance;
  readonly #troubles: string[];
  #asked = 0;
  #waiting: Promise<void>[] = [];
  /** What lay in the folders when the server was told of it last. */
  #known = new Map<string, string>();

  constructor(wire: Wire, editor: Editor, outside: string, chance: Chance, troubles: string[]) {
    this.#wire = wire;
    this.#editor = editor;
    this.#outside = outside;
    this.#chance = chance;
    this.#troubles = troubles;
    wire.answering = (method, answer) =>
      method === "workspace/configuration" ? this.#safe(answer) : this.#odd(answer);
  }

  /** Too early for everything but `initialize`, even where that fails. */
  async begin(): Promise<void> {
    for (let each = 0; each < 5; each++) this.#garbage();
    const early = await this.#wire.ask({ id: "early", ...json({ method: "textDocument/hover", params: {} }) });
    if (early.error?.code !== -32002) this.#troubles.push(`before initialize: ${JSON.stringify(early)}`);
    const bad = await this.#wire.ask({ id: "bad", ...json({ method: "initialize", params: { capabilities: 1 } }) });
    if (bad.error?.code !== -32602) this.#troubles.push(`initialize with nonsense: ${JSON.stringify(bad)}`);
    await this.#editor.connect(this.#wire.connection);
    this.#known = contentsOf(this.#editor.root);
  }

  async next(): Promise<void> {
    const kind = this.#chance();
    if (kind < 0.2) return this.#garbage();
    if (kind < 0.55) return this.#request();
    if (kind < 0.8) return this.#notification();
    const operation = randomOperation(this.#editor, this.#chance);
    this.onInput(JSON.stringify(operation));
    await this.#editor.apply(operation);
    this.#known = contentsOf(this.#editor.root);
  }

  /** Everything is answered, what was written is told, and a fresh server says the same. */
  async calm(fresh: Connect): Promise<void> {
    await new Promise(setImmediate);
    for (const id of this.#wire.open) this.#tell({ method: "$/cancelRequest", params: { id } });
    const patience = new AbortController();
    const silence = setTimeout(longest, true, { signal: patience.signal }).catch(() => true);
    if (await Promise.race([Promise.all(this.#waiting).then(() => false), silence]))
      this.#troubles.push(`no answer to ${this.#wire.open.join(", ")}`);
    patience.abort();
    this.#waiting = [];
    this.#tell({ method: "workspace/didChangeWatchedFiles", params: { changes: this.#written() } });
    const reason = await difference(this.#editor, this.#wire, fresh);
    if (reason !== undefined) this.#troubles.push(reason);
  }

  /** Too late for everything. */
  async end(): Promise<void> {
    await this.#wire.ask({ id: "end", ...json({ method: "shutdown" }) });
    this.#garbage();
    const late = await this.#wire.ask({ id: "late", ...json({ method: "textDocument/hover", params: {} }) });
    if (late.error?.code !== -32600) this.#troubles.push(`after shutdown: ${JSON.stringify(late)}`);
  }

  #garbage(): void {
    const bytes = this.#chance() < 0.5 ? brokenFrame(this.#chance) : Buffer.from(framed(brokenMessage(this.#chance)));
    this.onInput(Buffer.from(bytes).toString("latin1").slice(0, 400));
    const cut = at(bytes.length, this.#chance);
    this.#wire.write(bytes.subarray(0, cut));
    this.#wire.write(bytes.subarray(cut));
  }

  #request(): void {
    const request = {
      jsonrpc: "2.0",
      id: `odd ${this.#asked++}`,
      ...oddRequest(this.#editor, this.#outside, this.#chance),
    };
    const isRunning = /environmentDefaults|createEnvironment/.test(JSON.stringify(request));
    if (isRunning && wrongParams(request.method, request.params) === undefined && this.#chance() < 0.9) return;
    // JSON has numbers that JavaScript reads as Infinity.
    const text = JSON.stringify(request);
    const sent = this.#chance() < 0.05 ? text.replace(/:\d+(?=[,}])/, ":1e999") : text;
    this.onInput(sent);
    const answered = this.#wire.ask(request, sent).then(({ error }) => {
      if (error && !(proper.includes(error.code) && error.message !== ""))
        this.#troubles.push(`${sent}\n  ${JSON.stringify(error)}`);
    });
    this.#waiting.push(answered);
    if (this.#chance() < 0.1) this.#tell({ method: "$/cancelRequest", params: { id: request.id } });
  }

  /** What would be right is left to the editor, which knows what it did. */
  #notification(): void {
    const notification = oddNotification(this.#editor, this.#outside, this.#chance);
    const isWrong = wrongParams(notification.method, JSON.parse(JSON.stringify(notification)).params) !== undefined;
    if (isWrong || notification.method === "workspace/didChangeWatchedFiles") this.#tell(notification);
    else if (notification.method === "textDocument/didChange") this.#tell(ofNoDocument(notification.params));
  }

  #tell(message: { readonly method: string; readonly params: unknown }): void {
    this.onInput(JSON.stringify(message));
    this.#wire.write(framed(JSON.stringify({ jsonrpc: "2.0", ...message })));
  }

  /** What commands wrote, as an editor notices it. */
  #written(): readonly FileEvent[] {
    const before = this.#known;
    this.#known = contentsOf(this.#editor.root);
    const gone = [...before.keys()].filter((path) => !this.#known.has(path));
    const here = [...this.#known].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    const type = (path: string): FileChangeType => (before.has(path) ? FileChangeType.Changed : FileChangeType.Created);
    return [
      ...gone.map((path): FileEvent => ({ uri: this.#editor.uri(path), type: FileChangeType.Deleted })),
      ...here.map((path) => ({ uri: this.#editor.uri(path), type: type(path) })),
    ];
  }

  /** Nobody trusts the folder: no program is started by nonsense. */
  #safe(answer: object): object {
    const { result } = answer as { result?: readonly object[] };
    return { ...answer, result: result?.map((each) => ({ ...each, isTrusted: false, network: "never" })) };
  }

  #odd(answer: object): unknown {
    if (this.#chance() < 0.5) return answer;
    const { id } = answer as { id: unknown };
    const result = one<unknown>([null, 5, {}, [], { applied: "x" }, { title: 5 }, { title: "x" }], this.#chance);
    const error = one<unknown>([5, null, {}, { code: -32601, message: "no" }, { code: "x" }], this.#chance);
    return this.#chance() < 0.5 ? { jsonrpc: "2.0", id, result } : { jsonrpc: "2.0", id, error };
  }
}

function json(message: object): object {
  return { jsonrpc: "2.0", ...message };
}

function ofNoDocument(params: unknown) {
  const { contentChanges } = params as { contentChanges: unknown };
  const textDocument = { uri: "file:///nowhere/nothing.py", version: 2 };
  return { method: "textDocument/didChange", params: { textDocument, contentChanges } };
}

function base(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function contentsOf(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "latin1")]));
}
