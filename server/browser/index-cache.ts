import type { FileRecord } from "../host/file-record.ts";

// In place of `host/index-cache.ts`: a browser keeps nothing between two starts.

export function indexCacheOf(storage: string): string {
  return storage;
}

export async function readIndexCache(): Promise<ReadonlyMap<string, FileRecord>> {
  return new Map();
}

export async function writeIndexCache(): Promise<void> {}
