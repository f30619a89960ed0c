import * as l10n from "@vscode/l10n";
import { URI } from "vscode-uri";
import * as z from "zod/mini";

/** What a value of the client must be like. */
export type Shape = z.ZodMiniType;

const count = z.number().check(z.refine((value) => Number.isInteger(value) && value >= 0));
const position = z.object({ line: count, character: count });
const range = z.object({ start: position, end: position });
/** With a scheme and no NUL: what is neither would be looked for on the disk. */
const uri = z.string().check(z.refine((value) => /^[A-Za-z][\w+.-]*:/.test(value) && isParsed(value)));
const document = z.object({ uri });
const inDocument = z.object({ textDocument: document });
const atPosition = z.object({ textDocument: document, position });
const whole = z.number().check(z.refine(Number.isInteger));
const versioned = z.object({ uri, version: whole });
const openedDocument = z.object({ uri, languageId: z.string(), version: whole, text: z.string() });
const changes = z.array(z.object({ range: z.optional(range), text: z.string() }));
const folder = z.object({ uri });
const maybe = (shape: Shape) => z.nullish(shape);
const token = z.union([z.string(), z.number()]);

const cell = z.object({
  kind: z.union([z.literal(1), z.literal(2)]),
  document: uri,
  executionSummary: maybe(z.object({ executionOrder: maybe(z.number()) })),
});
const cells = maybe(z.array(cell));
const structure = z.object({
  array: z.object({ start: count, deleteCount: count, cells }),
  didOpen: maybe(z.array(openedDocument)),
  didClose: maybe(z.array(document)),
});
const cellChanges = z.object({
  structure: maybe(structure),
  data: cells,
  textContent: maybe(z.array(z.object({ document: versioned, changes }))),
});
const codeActions = z.object({
  textDocument: document,
  range,
  context: z.object({ only: maybe(z.array(z.string())) }),
});

/** The shapes that arguments of commands have. */
export const argument = {
  uri,
  line: count,
  text: z.string(),
  position,
  maybe,
  oneOf: (...values: readonly string[]): Shape => z.enum(values),
  object: z.record(z.string(), z.unknown()),
  /** What an environment should be like. */
  environment: z.object({
    folder: uri,
    tool: maybe(z.enum(["conda", "mamba", "micromamba", "venv", "uv"])),
    executable: maybe(z.string()),
    name: maybe(z.string()),
    prefix: maybe(z.string()),
    python: maybe(z.string()),
    files: maybe(z.array(z.string())),
  }),
  either: (one: Shape, other: Shape): Shape => z.union([one, other]),
};

/** Of the capabilities those that decide something; the others are nothing to us. */
const able = maybe(z.record(z.string(), z.unknown()));
const capabilities = z.object({
  workspace: maybe(z.object({ workspaceEdit: maybe(z.object({ resourceOperations: maybe(z.array(z.string())) })) })),
  textDocument: maybe(
    z.object({
      codeAction: maybe(z.object({ resolveSupport: maybe(z.object({ properties: z.array(z.string()) })) })),
    }),
  ),
  window: able,
  general: able,
});

/** What comes with each request and notification that we answer or hear. */
const params: Readonly<Record<string, Shape>> = {
  initialize: z.object({
    capabilities,
    processId: maybe(whole),
    rootUri: maybe(uri),
    locale: maybe(z.string()),
    workspaceFolders: maybe(z.array(folder)),
  }),
  "$/setTrace": z.object({ value: z.string() }),
  "$/progress": z.object({ token }),
  "$/cancelRequest": z.object({ id: token }),
  "window/workDoneProgress/cancel": z.object({ token }),
  "workspace/executeCommand": z.object({
    command: z.string(),
    arguments: maybe(z.array(z.unknown())),
    workDoneToken: z.optional(token),
  }),
  "workspace/didChangeWorkspaceFolders": z.object({
    event: z.object({ added: z.array(folder), removed: z.array(folder) }),
  }),
  "workspace/didChangeWatchedFiles": z.object({
    changes: z.array(z.object({ uri, type: z.union([z.literal(1), z.literal(2), z.literal(3)]) })),
  }),
  "workspace/diagnostic": z.object({ previousResultIds: z.array(z.object({ uri: z.string(), value: z.string() })) }),
  "textDocument/didOpen": z.object({ textDocument: openedDocument }),
  "textDocument/didChange": z.object({ textDocument: versioned, contentChanges: changes }),
  "textDocument/didClose": inDocument,
  "textDocument/diagnostic": z.object({ textDocument: document, previousResultId: maybe(z.string()) }),
  "textDocument/codeAction": codeActions,
  "codeAction/resolve": z.object({ title: z.string(), data: maybe(z.object({ params: codeActions })) }),
  "textDocument/hover": atPosition,
  "textDocument/completion": atPosition,
  "textDocument/definition": atPosition,
  "textDocument/prepareRename": atPosition,
  "textDocument/rename": z.object({ textDocument: document, position, newName: z.string() }),
  "textDocument/documentLink": inDocument,
  "textDocument/documentSymbol": inDocument,
  "textDocument/foldingRange": inDocument,
  "textDocument/formatting": inDocument,
  "textDocument/rangeFormatting": z.object({ textDocument: document, range }),
  "notebookDocument/didOpen": z.object({
    notebookDocument: z.object({ uri, notebookType: z.string(), version: whole, cells: z.array(cell) }),
    cellTextDocuments: z.array(openedDocument),
  }),
  "notebookDocument/didChange": z.object({
    notebookDocument: versioned,
    change: z.object({ cells: maybe(cellChanges) }),
  }),
  "notebookDocument/didSave": z.object({ notebookDocument: document }),
  "notebookDocument/didClose": z.object({ notebookDocument: document, cellTextDocuments: z.array(document) }),
  "groundwork/copiesAt": atPosition,
  "groundwork/report": z.object({ uri, format: z.enum(["panel", "html", "md", "json"]) }),
  "groundwork/findingsIn": z.object({ uri, rule: z.string() }),
  "groundwork/promotion": z.object({ uri }),
  "groundwork/stages": z.object({ uris: z.array(uri) }),
};

const any = z.unknown();

/** What the client answers when it is asked, and what counts as its answer where it gives none that can be used. */
const answers: Readonly<Record<string, { readonly shape: Shape; readonly otherwise: unknown }>> = {
  "workspace/applyEdit": { shape: z.object({ applied: z.boolean() }), otherwise: { applied: false } },
  "workspace/configuration": { shape: z.array(any), otherwise: [] },
  "workspace/diagnostic/refresh": { shape: any, otherwise: null },
  "window/showMessageRequest": { shape: maybe(z.object({ title: z.string() })), otherwise: null },
  "window/showDocument": { shape: z.object({ success: z.boolean() }), otherwise: { success: false } },
  "window/workDoneProgress/create": { shape: any, otherwise: null },
  "client/registerCapability": { shape: any, otherwise: null },
  "client/unregisterCapability": { shape: any, otherwise: null },
};

/** What is wrong with the parameters of a method, as the path to it; undefined where nothing is, or nobody hears them. */
export function wrongParams(method: string, value: unknown): string | undefined {
  const shape = Object.hasOwn(params, method) ? params[method] : undefined;
  const wrong = shape && pathIn(shape, value);
  return wrong && ["params", ...wrong].join(".");
}

/** What counts in place of an answer of the client that is an error or of no use; undefined where it is used as it is. */
export function insteadOf(
  method: string,
  answer: Readonly<Record<string, unknown>>,
): { readonly result: unknown } | undefined {
  const known = Object.hasOwn(answers, method) ? answers[method] : undefined;
  const isError = answer.error !== undefined && answer.error !== null;
  if (!known || (!isError && pathIn(known.shape, answer.result) === undefined)) return undefined;
  return { result: known.otherwise };
}

/** The same of what stands in a list, in its order; more may follow. */
export function wrongArguments(shapes: readonly Shape[], values: readonly unknown[]): string | undefined {
  for (const [index, shape] of shapes.entries()) {
    const wrong = pathIn(shape, values[index]);
    if (wrong !== undefined) return ["arguments", String(index), ...wrong].join(".");
  }
  return undefined;
}

/** Says that what was sent for a method or command is of no use, and where. */
export function wrongShape(method: string, at: string): string {
  return l10n.t("`{0}` was not heard: `{1}` is missing or not as it must be", method, at);
}

function pathIn(shape: Shape, value: unknown): readonly string[] | undefined {
  return z.safeParse(shape, value).error?.issues[0]?.path.map(String);
}

function isParsed(text: string): boolean {
  try {
    return !URI.parse(text, true).path.includes("\0");
  } catch {
    return false;
  }
}
