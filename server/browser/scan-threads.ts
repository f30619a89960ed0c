import type { ScanAnswer } from "../host/scan-threads.ts";

/** In place of those of `host/scan-threads.ts`: there are none, so that the worker reads every file itself. */
export class ScanThreads implements Disposable {
  readonly hasRoom = false;
  readonly isReady = false;

  start(): void {}

  async read(): Promise<ScanAnswer> {
    return [];
  }

  [Symbol.dispose](): void {}
}
