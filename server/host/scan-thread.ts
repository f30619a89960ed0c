// The program of a thread that reads Python files for an index in another one (scan-threads.ts).
import { parentPort } from "node:worker_threads";
import { PlainReader } from "./plain-reader.ts";
import type { ScanOrder } from "./scan-threads.ts";

const reader = new PlainReader();
parentPort?.on("message", ({ root, needles, files }: ScanOrder) => {
  parentPort?.postMessage(files.map((file) => reader.read(root, file, needles)));
});
