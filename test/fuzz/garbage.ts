// What a client might write that nobody should: frames, messages and parameters of every wrong kind.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { commands } from "../../server/lsp/commands.ts";
import type { Chance } from "../refactorings/random-places.ts";
import type { Editor } from "../soak/editor.ts";
import { at, mutated, one } from "./mutate.ts";

/** Anything behind a frame that is none may be taken for its rest; a blank as long as this is all that is lost. */
const longest = 600;
const filling = `Content-Length: ${2 * longest}\r\n\r\n${" ".repeat(2 * longest - 2)}{}`;

const values: readonly unknown[] = [
  ...[null, undefined, true, "", "x", -1, 0, 1.5, 2 ** 31, 2 ** 53, 1e308, [], {}, [[]], [null], { line: 1 }],
  ...["__proto__", "constructor", "file:///", "\u0000", "😀", "x".repeat(5000), { __proto__: 1 }, [1, 2, 3]],
];

export interface Request {
  readonly method: string;
  readonly params: unknown;
}

/** Bytes that are no message, and after which the next message is one. */
export function brokenFrame(chance: Chance): Uint8Array {
  const body = one(
    ["{}", "", "{{{{", "null", '{"a":1}', "\u0000", mutated(['{"jsonrpc":"2.0","id":1}'], chance)],
    chance,
  );
  const length = one(
    ["", "abc", "-1", "-5", "0", "1", "Infinity", "1e3", "2.5", "0x10", "99999999999999999999", "+4", "4 4"].concat(
      String(at(longest, chance)),
    ),
    chance,
  );
  const header = one(
    [
      `Content-Length: ${length}\r\n\r\n`,
      `Content-Length: ${length}\n\n`,
      `content-length:${length}\r\nContent-Type: application/vscode-jsonrpc; charset=latin9000\r\n\r\n`,
      `Content-Length: ${length}\r\nContent-Length: 3\r\n\r\n`,
      `Content-Length ${length}\r\n\r\n`,
      "X-Nothing: 1\r\n\r\n",
      "\r\n\r\n",
      "",
      `${"y".repeat(at(longest, chance))}\r\n\r\n`,
    ],
    chance,
  );
  const bytes = Buffer.from(header + body + filling);
  const start = header.length;
  if (chance() < 0.3 && body.length > 0) bytes[start + at(body.length, chance)] = 128 + at(128, chance);
  return bytes;
}

/** JSON that is no message of JSON-RPC, or one that nobody waits for. */
export function brokenMessage(chance: Chance): string {
  const id = one<unknown>([10 ** 7, "one", null, 1.5, {}, [], true, -1], chance);
  return JSON.stringify(
    one<unknown>(
      [
        ...[null, 5, "x", [], {}, [[]], { jsonrpc: "2.0" }, { id }, { method: 5 }, { method: null, id }],
        ...[
          { jsonrpc: "2.0", id, result: 1 },
          { id, error: "x" },
          { id: 10 ** 6, result: null, error: { code: "x" } },
        ],
        ...[{ id: {}, method: "textDocument/hover" }, { id: null, method: "shutdown" }, { method: "$/cancelRequest" }],
        ...[
          { method: "$/cancelRequest", params: { id } },
          { method: "$/cancelRequest", params: { id: 10 ** 9 } },
        ],
        ...[
          { method: "$/progress", params: { token: id, value: 1 } },
          { method: "$/setTrace", params: id },
        ],
        ...[{ method: "window/workDoneProgress/cancel", params: { token: id } }, { method: "initialized" }],
        ...[{ method: one(["x", "", "__proto__", "constructor", "$/x"], chance), params: one(values, chance) }],
      ],
      chance,
    ),
  );
}

/** Requests whose parameters would be right, for every method that is answered. */
function requests(editor: Editor, uris: readonly string[], chance: Chance): Request {
  const uri = () => one(uris, chance);
  const position = () => ({ line: at(40, chance), character: at(40, chance) });
  const range = () => ({ start: position(), end: position() });
  const textDocument = { uri: uri() };
  const context = { diagnostics: [], only: one([undefined, [""], ["source"], ["refactor"], ["quickfix"]], chance) };
  const action = { params: { textDocument, range: range(), context }, version: 1 };
  const options = { tabSize: 4, insertSpaces: true };
  const command = one(Object.keys(commands), chance);
  const made: Readonly<Record<string, unknown>> = {
    initialize: { processId: null, rootUri: editor.uri(""), capabilities: {} },
    "textDocument/diagnostic": { textDocument },
    "workspace/diagnostic": { previousResultIds: [{ uri: uri(), value: "1" }] },
    "textDocument/codeAction": { textDocument, range: range(), context },
    "codeAction/resolve": { title: "x", data: action },
    "textDocument/hover": { textDocument, position: position() },
    "textDocument/completion": { textDocument, position: position() },
    "textDocument/definition": { textDocument, position: position() },
    "textDocument/prepareRename": { textDocument, position: position() },
    "textDocument/rename": { textDocument, position: position(), newName: "renamed" },
    "textDocument/documentLink": { textDocument },
    "textDocument/documentSymbol": { textDocument },
    "textDocument/foldingRange": { textDocument },
    "textDocument/formatting": { textDocument, options },
    "textDocument/rangeFormatting": { textDocument, range: range(), options },
    "workspace/executeCommand": { command, arguments: argumentsOf(command, uri(), chance) },
    "groundwork/copiesAt": { textDocument, position: position() },
    "groundwork/report": { uri: uri(), format: one(["panel", "html", "md", "json"], chance) },
    "groundwork/findingsIn": { uri: uri(), rule: "duplicate-block" },
    "groundwork/promotion": { uri: uri() },
    "groundwork/stages": { uris: [uri(), uri()] },
    "groundwork/newName": undefined,
    "groundwork/duplicates": undefined,
    "groundwork/readiness": undefined,
    "textDocument/references": { textDocument, position: position() },
  };
  const method = one(Object.keys(made), chance);
  return { method, params: made[method] };
}

function argumentsOf(command: string, uri: string, chance: Chance): readonly unknown[] {
  const line = at(30, chance);
  if (command.endsWith("modelTool")) return [one(["list_findings", "explain_rule", "x"], chance), { uri, rule: "x" }];
  if (command.endsWith("createEnvironment")) return [{ folder: uri }];
  if (command.endsWith("addRequirement")) return [uri, one(["numpy", "../x", "a b"], chance)];
  if (command.endsWith("markStage")) return [uri, "production"];
  if (command.endsWith("fixObstacle")) return [uri, "duplicate-block", { line, character: 0 }];
  if (command.endsWith("ignoreFinding")) return [uri, line, null, "duplicate-block"];
  if (command.endsWith("ignoreEnvironment")) return [uri, one(["/.venv/", "/../x/", "x"], chance)];
  if (command.endsWith("scaffold"))
    return [uri, "service", "a,b", one(["service", "../out", "/tmp/out", null], chance)];
  return [uri, line, null];
}

/** A request, whose parameters are more or less wrong. */
export function oddRequest(editor: Editor, outside: string, chance: Chance): Request {
  const { method, params } = requests(editor, urisFor(editor, outside, chance), chance);
  return { method: chance() < 0.03 ? `${method}x` : method, params: spoilt(params, chance) };
}

/** Notifications of what is open, and of the folders, with parameters that are more or less wrong. */
export function oddNotification(editor: Editor, outside: string, chance: Chance): Request {
  const uri = one(urisFor(editor, outside, chance), chance);
  const textDocument = { uri, languageId: "python", version: at(9, chance) - 4, text: "import x\n" };
  const start = { line: 0, character: 0 };
  const notebookDocument = { uri, notebookType: "jupyter-notebook", version: 1, cells: [{ kind: 2, document: uri }] };
  const structure = { array: { start: 0, deleteCount: 1, cells: [] }, didOpen: [textDocument], didClose: [{ uri }] };
  const made: Readonly<Record<string, unknown>> = {
    "textDocument/didOpen": { textDocument },
    "textDocument/didChange": { textDocument, contentChanges: [{ range: { start, end: start }, text: "y" }] },
    "textDocument/didClose": { textDocument },
    "notebookDocument/didOpen": { notebookDocument, cellTextDocuments: [textDocument] },
    "notebookDocument/didChange": { notebookDocument, change: { cells: { structure, textContent: [] } } },
    "notebookDocument/didSave": { notebookDocument },
    "notebookDocument/didClose": { notebookDocument, cellTextDocuments: [{ uri }] },
    "workspace/didChangeWatchedFiles": { changes: [{ uri, type: 2 }] },
    "workspace/didChangeWorkspaceFolders": { event: { added: [{ uri, name: "x" }], removed: [{ uri, name: "y" }] } },
    "workspace/didChangeConfiguration": { settings: null },
  };
  const method = one(Object.keys(made), chance);
  return { method, params: spoilt(made[method], chance) };
}

function urisFor(editor: Editor, outside: string, chance: Chance): readonly string[] {
  const open = [...editor.documents.keys()].map((path) => editor.uri(path));
  const outer = ["requirements.txt", "train.py", "first.ipynb", ""].map(
    (name) => `${pathToFileURL(join(outside, name))}`,
  );
  const odd = ["", "x", "file:", "file:///", "file:////x", "file://host/x.py", "untitled:Untitled-1", "http://x/a.py"];
  const odder = [
    "file:///%00.py",
    "file:///%E0%A4%A",
    "1:x",
    `${editor.uri("a")}/../../x.py`,
    "vscode-notebook-cell:/x#1",
  ];
  const some = editor.files().map((path) => editor.uri(path));
  return chance() < 0.6 ? [...open, ...some, editor.uri("a")] : [...outer, ...odd, ...odder];
}

/** None to three places of a value are others. */
function spoilt(value: unknown, chance: Chance): unknown {
  let result = value;
  for (let left = at(4, chance); left > 0; left--) result = spoiltOnce(result, chance);
  return result;
}

function spoiltOnce(value: unknown, chance: Chance): unknown {
  if (typeof value !== "object" || value === null || chance() < 0.15) return one(values, chance);
  if (Array.isArray(value)) {
    const index = at(value.length + 1, chance);
    return value.toSpliced(index, chance() < 0.3 ? 0 : 1, spoiltOnce(value[index], chance));
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return one(values, chance);
  const key = one(keys, chance);
  return { ...value, [key]: spoiltOnce(Reflect.get(value, key), chance) };
}
