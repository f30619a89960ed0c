import { sha256 } from "@noble/hashes/sha2.js";

// What the host uses of Node besides files and paths; the build puts it in the place of each of those modules.

/** `node:buffer` */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** `node:timers/promises`: a turn of the worker's loop, in which messages are heard. */
export function setImmediate(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const heard = () => {
      port1.close();
      resolve();
    };
    Object.assign(port2, { onmessage: heard });
    port1.postMessage(null);
  });
}

/** `node:timers/promises` */
export function setTimeout<Value>(milliseconds: number, value?: Value): Promise<Value | undefined> {
  return new Promise((resolve) => globalThis.setTimeout(() => resolve(value), milliseconds));
}

/** `node:os`: of a machine about which a browser tells nothing. */
export const homedir = (): string => "/";
export const tmpdir = (): string => "/tmp";
export const machine = (): string => "wasm32";
export const release = (): string => "";
export const type = (): string => "Emscripten";
export const version = (): string => "";

/** `node:url` */
export function pathToFileURL(path: string): URL {
  return new URL(`file://${path}`);
}

/** `node:crypto`: a browser's own digest is awaited, and a page is written without waiting. */
export function createHash(_name: "sha256") {
  const hash = sha256.create();
  const made = {
    update(text: string) {
      hash.update(text);
      return made;
    },
    digest: (encoding: "base64"): string => Buffer.from(hash.digest()).toString(encoding),
  };
  return made;
}
