import * as l10n from "@vscode/l10n";
import {
  ErrorCodes,
  type Message,
  type MessageReader,
  MessageType,
  type MessageWriter,
  type RequestMessage,
  type ResponseMessage,
} from "vscode-languageserver";
import { isRecord } from "../core/json.ts";
import { insteadOf, wrongParams, wrongShape } from "./shapes.ts";

export interface Channel {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

type Id = string | number;

/**
 * The only place where messages of the client are judged: what goes on to the handlers is of the right shape and comes
 * at its time. A request that is not is answered with an error that says why, anything else is told to the client's log.
 */
export function guarded({ reader, writer }: Channel): Channel & { readonly isShutDown: boolean } {
  const guard = new Guard(writer);
  return {
    get isShutDown() {
      return guard.isShutDown;
    },
    reader: {
      onError: reader.onError,
      onClose: reader.onClose,
      onPartialMessage: reader.onPartialMessage,
      listen: (callback) =>
        reader.listen((message) => {
          const good = guard.heard(message);
          try {
            if (good) callback(good);
          } catch (error) {
            // The library does so where a request is cancelled twice.
            guard.log(String(error));
          }
        }),
      dispose: () => reader.dispose(),
    },
    writer: {
      onError: writer.onError,
      onClose: writer.onClose,
      write(message) {
        guard.said(message);
        return writer.write(message);
      },
      end: () => writer.end(),
      dispose: () => writer.dispose(),
    },
  };
}

class Guard {
  readonly #writer: MessageWriter;
  #phase: "new" | "starting" | "running" | "shut down" = "new";
  #isGreeted = false;
  /** Requests of the client that have no answer yet. */
  readonly #open = new Set<string>();
  /** Our own, with their methods. */
  readonly #asked = new Map<unknown, string>();

  constructor(writer: MessageWriter) {
    this.#writer = writer;
  }

  get isShutDown(): boolean {
    return this.#phase === "shut down";
  }

  /** What the handlers are to hear in place of a message; undefined for nothing. */
  heard(message: unknown): Message | undefined {
    if (!isRecord(message)) {
      const isJson = message !== undefined;
      this.#refuse(null, isJson ? ErrorCodes.InvalidRequest : ErrorCodes.ParseError, notAMessage());
      return undefined;
    }
    const { method, id } = message;
    if (method === undefined && ("result" in message || "error" in message)) return this.#answer(message);
    if (typeof method !== "string" || !(id === undefined || isId(id))) {
      this.#refuse(isId(id) ? id : null, ErrorCodes.InvalidRequest, notAMessage());
      return undefined;
    }
    const given = message as unknown as RequestMessage;
    return id === undefined ? this.#notification(given) : this.#request(given, id);
  }

  /** Notes what the handlers say. */
  said(message: Message): void {
    const { id, method, error } = message as Partial<RequestMessage & ResponseMessage>;
    if (method !== undefined) {
      if (id !== undefined) this.#asked.set(id, method);
      return;
    }
    this.#open.delete(String(id));
    if (this.#phase === "starting" && this.#open.size === 0) this.#phase = error ? "new" : "running";
  }

  #request(message: RequestMessage, id: Id): Message | undefined {
    const refuse = (code: number, reason: string) => {
      this.#refuse(id, code, reason);
      return undefined;
    };
    const { method } = message;
    const isFirst = method === "initialize";
    if (this.#open.has(String(id))) return refuse(ErrorCodes.InvalidRequest, l10n.t("request `{0}` is still open", id));
    if (this.isShutDown) return refuse(ErrorCodes.InvalidRequest, l10n.t("the server was shut down"));
    if (!isFirst && this.#phase !== "running")
      return refuse(ErrorCodes.ServerNotInitialized, l10n.t("the server is not initialized yet"));
    if (isFirst && this.#phase !== "new")
      return refuse(ErrorCodes.InvalidRequest, l10n.t("the server is initialized already"));
    const wrong = wrongParams(method, message.params);
    if (wrong !== undefined) return refuse(ErrorCodes.InvalidParams, wrongShape(method, wrong));
    if (isFirst) this.#phase = "starting";
    if (method === "shutdown") this.#phase = "shut down";
    this.#open.add(String(id));
    return message;
  }

  #notification(message: Pick<RequestMessage, "method" | "params" | "jsonrpc">): Message | undefined {
    const { method, params } = message;
    if (method === "exit") return message;
    if (this.#phase !== "running") return undefined;
    // Once, or the folders of the beginning would come back.
    if (method === "initialized" && this.#isGreeted) return undefined;
    if (method === "initialized") this.#isGreeted = true;
    const wrong = wrongParams(method, params);
    if (wrong === undefined) return message;
    // What nobody needs to hear is nothing to complain of.
    if (!method.startsWith("$/")) this.log(wrongShape(method, wrong));
    return undefined;
  }

  /** Whoever waits for an answer goes on, whatever the client says. */
  #answer(message: Readonly<Record<string, unknown>>): Message | undefined {
    const { id } = message;
    const method = this.#asked.get(id);
    if (method === undefined) return undefined;
    this.#asked.delete(id);
    const instead = insteadOf(method, message);
    if (instead) this.log(l10n.t("The client does not answer `{0}`: {1}", method, JSON.stringify(message)));
    return { jsonrpc: "2.0", id, ...(instead ?? answered(message)) } as ResponseMessage;
  }

  #refuse(id: Id | null, code: number, message: string): void {
    this.#write({ jsonrpc: "2.0", id, error: { code, message } } as ResponseMessage);
  }

  log(message: string): void {
    const params = { type: MessageType.Warning, message };
    this.#write({ jsonrpc: "2.0", method: "window/logMessage", params } as Message);
  }

  /** Where it cannot be written, the connection hears of it by itself. */
  #write(message: Message): void {
    this.#writer.write(message).catch(() => undefined);
  }
}

function isId(id: unknown): id is Id {
  return typeof id === "string" || Number.isInteger(id);
}

/** The library waits for ever where an answer has neither an error nor a result that it can read. */
function answered({ error, result }: Readonly<Record<string, unknown>>): Pick<ResponseMessage, "error" | "result"> {
  if (error === undefined || error === null) return { result: (result ?? null) as NonNullable<unknown> | null };
  const { code, message } = isRecord(error) ? error : {};
  return {
    error: { code: Number.isInteger(code) ? Number(code) : ErrorCodes.InternalError, message: String(message) },
  };
}

function notAMessage(): string {
  return l10n.t("this is no message of JSON-RPC");
}
