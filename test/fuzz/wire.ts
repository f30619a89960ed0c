// The wire to a server: a well-behaved client speaks on it, and whoever wants can write between its messages, and
// answer in its place.
import type { Readable, Writable } from "node:stream";
import {
  createProtocolConnection,
  type Message,
  type MessageWriter,
  type ProtocolConnection,
  StreamMessageReader,
} from "vscode-languageserver-protocol/node";
import { isRecord } from "../../server/core/json.ts";
import { Frames } from "../../server/lsp/frames.ts";

export interface Answer {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export class Wire {
  readonly connection: ProtocolConnection;
  /** Made of the client's answer to a request of the server, with the request's method. */
  answering: (method: string, answer: Message) => unknown = (_, answer) => answer;
  /** Answers that belong to no request. */
  readonly unbidden: Answer[] = [];
  readonly #up: Writable;
  readonly #open = new Map<unknown, (answer: Answer) => void>();
  readonly #methods = new Map<unknown, string>();

  constructor(up: Writable, down: Readable) {
    this.#up = up;
    const frames = new Frames();
    down.on("data", (chunk: Uint8Array) => {
      for (const message of frames.push(chunk)) if (isRecord(message)) this.#heard(message);
    });
    this.connection = createProtocolConnection(new StreamMessageReader(down), this.#writer());
  }

  /** What still waits for an answer. */
  get open(): readonly unknown[] {
    return [...this.#open.keys()];
  }

  /** Writes bytes that need not be a message. */
  write(bytes: Uint8Array | string): void {
    this.#up.write(bytes);
  }

  /** Writes a request of any shape as it is; the answer is that to its `id`. */
  ask(request: { readonly id: string | number }, text = JSON.stringify(request)): Promise<Answer> {
    const answered = new Promise<Answer>((resolve) => this.#open.set(request.id, resolve));
    this.write(framed(text));
    return answered;
  }

  #heard(message: Readonly<Record<string, unknown>>): void {
    const { id, method } = message;
    if (typeof method === "string") {
      if (id !== undefined) this.#methods.set(id, method);
      return;
    }
    const resolve = this.#open.get(id);
    this.#open.delete(id);
    if (resolve) resolve(message as unknown as Answer);
    else if (id === null) this.unbidden.push(message as unknown as Answer);
  }

  /** One piece for each message, so that nothing comes between its header and its body. */
  #writer(): MessageWriter {
    const never = () => ({ dispose: () => undefined });
    return {
      onError: never,
      onClose: never,
      write: async (message) => {
        const { id, method } = message as { id?: unknown; method?: string };
        const asked = method === undefined ? this.#methods.get(id) : undefined;
        this.write(framed(JSON.stringify(asked === undefined ? message : this.answering(asked, message))));
      },
      end: () => undefined,
      dispose: () => undefined,
    };
  }
}

export function framed(text: string): string {
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
