// What Node has everywhere; the build gives it to every module that asks for it.
import { setImmediate as nextTurn } from "./node-rest.ts";

export { Buffer } from "buffer";

export const process = { env: {}, platform: "linux", arch: "wasm32", version: "", pid: 0, argv: [] };

/** After a turn of the worker's loop. */
export function setImmediate(run: () => void): void {
  void nextTurn().then(run);
}
