// The program of a thread that reads Python files for an index in another one (scan-threads.ts).
import { parentPort } from "node:worker_threads";
import { PlainReader } from "./plain-reader.ts";
import type { ScanOrder } from "./scan-threads.ts";

const reader = new PlainReader();
parentPort?.on("message", ({ root, needles, files }: ScanOrder) => {
  const answer = files.map((file) => reader.read(root, file, needles));
  // Handed over, not copied: what stayed here would wait for a collector that has little else to do.
  const handed = answer.flatMap((record) => (record ? [record.units.units.buffer, record.units.names.buffer] : []));
  parentPort?.postMessage(
    answer,
    handed.filter((buffer) => buffer instanceof ArrayBuffer),
  );
});
