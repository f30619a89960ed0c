// A long life of the server: random operations, after which it must say what a server says that was just started.
import { isDeepStrictEqual } from "node:util";
import { grammars } from "../grammars.ts";
import { folderWith } from "../lsp-client.ts";
import { chanceOf } from "../refactorings/random-places.ts";
import type { Connect, Server } from "./connect.ts";
import { Editor, type Operation, type Said } from "./editor.ts";
import { firstFiles, firstFolders, randomOperation } from "./operations.ts";

export interface SoakOptions {
  readonly seed: number;
  readonly count: number;
  /** So many operations lie between two comparisons. */
  readonly every: number;
  /** The server that lives long, and the one that is started anew to compare with. */
  readonly connect: Connect;
  readonly fresh: Connect;
  /** Hears of each comparison that went well. */
  onCompared?(done: number, server: Server, editor: Editor): Promise<void>;
}

/** What went wrong, and what led there. */
export interface Failure {
  readonly operations: readonly Operation[];
  readonly reason: string;
}

export function soak(options: SoakOptions): Promise<Failure | undefined> {
  const chance = chanceOf(options.seed);
  const files = firstFiles(chance);
  return life(options, files, (editor, index) => (index < options.count ? randomOperation(editor, chance) : undefined));
}

/** Plays operations again, compared only at their end. */
export function replay(options: SoakOptions, operations: readonly Operation[]): Promise<Failure | undefined> {
  const files = firstFiles(chanceOf(options.seed));
  return life({ ...options, every: operations.length }, files, (_, index) => operations[index]);
}

/** Leaves out what is not needed for a failure, in ever smaller pieces, as long as `tries` lasts. */
export async function shortened(options: SoakOptions, failure: Failure, tries: number): Promise<Failure> {
  let best = failure;
  let left = tries;
  for (let size = Math.ceil(best.operations.length / 2); size >= 1 && left > 0; size = Math.floor(size / 2)) {
    for (let start = 0; start < best.operations.length && left > 0; left--) {
      const operations = best.operations.toSpliced(start, size);
      const still = operations.length > 0 ? await replay(options, operations) : undefined;
      if (still) best = still;
      else start += size;
    }
  }
  return best;
}

async function life(
  options: SoakOptions,
  files: Readonly<Record<string, string>>,
  next: (editor: Editor, index: number) => Operation | undefined,
): Promise<Failure | undefined> {
  const { root, dispose } = folderWith(files);
  const operations: Operation[] = [];
  const server = await options.connect();
  try {
    const editor = new Editor(root, firstFolders);
    await editor.connect(server.connection);
    for (;;) {
      const operation = next(editor, operations.length);
      if (operation) {
        operations.push(operation);
        await editor.apply(operation);
      }
      if (operation && operations.length % options.every !== 0) continue;
      const reason = await difference(editor, server, options.fresh);
      if (reason !== undefined) return { operations, reason };
      await options.onCompared?.(operations.length, server, editor);
      if (!operation) return undefined;
    }
  } finally {
    await server.stop();
    dispose();
  }
}

/** How the server differs from one that was just started; undefined when it does not. */
export async function difference(
  editor: Editor,
  server: Pick<Server, "connection">,
  connect: Connect,
): Promise<string | undefined> {
  await grammars();
  await editor.replaceBroken();
  const said = await editor.said(server.connection);
  if (editor.failures.length > 0) return editor.failures.splice(0).join("\n");
  const again = editor.again();
  const fresh = await connect();
  try {
    await again.connect(fresh.connection);
    const expected = await again.said(fresh.connection);
    return isDeepStrictEqual(said, expected) ? undefined : differences(said, expected).join("\n");
  } finally {
    await fresh.stop();
  }
}

function differences(said: Said, expected: Said): string[] {
  const uris = [...new Set([...Object.keys(said), ...Object.keys(expected)])].sort();
  return uris.flatMap((uri) => {
    const [one, other] = [said[uri] ?? [], expected[uri] ?? []];
    if (isDeepStrictEqual(one, other)) return [];
    const told = one.filter((item) => !other.some((each) => isDeepStrictEqual(each, item)));
    const missing = other.filter((item) => !one.some((each) => isDeepStrictEqual(each, item)));
    return [
      uri,
      ...told.map((item) => `  only the old server says ${JSON.stringify(item)}`),
      ...missing.map((item) => `  only a new server says ${JSON.stringify(item)}`),
      ...(told.length + missing.length === 0 ? ["  the order differs"] : []),
    ];
  });
}
