import { setImmediate as nextTurn } from "node:timers/promises";
import { languageNamed, languageOf } from "../languages.ts";
import type { FileRecord } from "./file-record.ts";
import { parsing } from "./grammars.ts";
import { PlainReader } from "./plain-reader.ts";
import type { ScanAnswer, ScanThreads } from "./scan-threads.ts";
import type { FoundFile, UnreadablePath } from "./walk.ts";
import type { Workspace } from "./workspace.ts";

export interface ThreadedScan {
  readonly threads: ScanThreads;
  /** See `Workspace.scan`. */
  readonly folder?: string;
  readonly records?: ReadonlyMap<string, FileRecord>;
  /** Whether this thread reads, too: all is done sooner, and nothing else has a turn for some milliseconds. */
  readonly isHelping: boolean;
}

/** Bytes of the files that are read at once: some milliseconds' work. */
const bytesInPart = 1 << 17;
/** Files that are found at once, however small. */
const filesInPart = 64;
/**
 * Bytes that this thread reads alone before it lets others help: until then a thread's own start, and the compiler's threads that
 * want its core, cost more than it saves.
 */
const bytesAlone = 1 << 23;

const python = languageNamed("python");

/** Some files in the order of the walk. */
interface Part {
  readonly found: readonly (FoundFile | UnreadablePath)[];
  /** Those that a thread can read. */
  readonly plain: readonly FoundFile[];
}

interface Order extends Part {
  readonly answer: Promise<ScanAnswer>;
  isAnswered: boolean;
}

/**
 * Does what `Workspace.scan` does, file by file in the same order, so that the index is the same; but threads read
 * ahead of it. Ends early when the workspace is reset.
 */
export async function* scanInThreads(workspace: Workspace, scan: ThreadedScan): AsyncGenerator<string> {
  const { threads, folder = "", records = new Map<string, FileRecord>(), isHelping } = scan;
  const { root, settings } = workspace;
  const parts = partsOf(workspace, folder, records);
  const own = new PlainReader();
  const orders: Order[] = [];
  let alone = 0;
  // The first part is read here: most folders have no other, and would only wait for a thread to start.
  for (let isFirst = true; ; isFirst = false) {
    if (isHelping && alone >= bytesAlone) threads.start();
    while (!isFirst && (isHelping ? threads.isReady : threads.hasRoom)) {
      const part = parts.next().value;
      if (!part) break;
      const { plain } = part;
      if (plain.length === 0) {
        // Nothing to wait for, so that it would not end before all is found.
        orders.push(answered(part, []));
        break;
      }
      orders.push(ordered(part, threads.read({ root, needles: python.needles, files: plain })));
    }
    const [first] = orders;
    const reads = first ? isHelping && !first.isAnswered : true;
    const part = reads ? parts.next().value : undefined;
    if (part) {
      const answer = part.plain.map((file) => own.read(root, file, python.needles));
      alone += part.plain.reduce((sum, { size }) => sum + size, 0);
      orders.push(answered(part, answer));
      await nextTurn();
      continue;
    }
    if (!first) break;
    orders.shift();
    const answer = await first.answer;
    if (workspace.settings !== settings) return;
    yield* taken(workspace, first, answer, records);
  }
  workspace.complete(folder);
}

function ordered(part: Part, answer: Promise<ScanAnswer>): Order {
  const order = { ...part, answer, isAnswered: false };
  void answer.then(() => {
    order.isAnswered = true;
  });
  return order;
}

function answered(part: Part, answer: ScanAnswer): Order {
  return { ...part, answer: Promise.resolve(answer), isAnswered: true };
}

/** Takes the files of a part in; what no thread could read is read now. */
async function* taken(
  workspace: Workspace,
  { found, plain }: Part,
  answer: ScanAnswer,
  records: ReadonlyMap<string, FileRecord>,
): AsyncGenerator<string> {
  let next = 0;
  for (const one of found) {
    const record = one === plain[next] ? answer[next++] : records.get(one.path);
    await parsing(() => workspace.take(one, record));
    yield one.path;
  }
}

function* partsOf(
  workspace: Workspace,
  folder: string,
  records: ReadonlyMap<string, FileRecord>,
): Generator<Part, undefined> {
  const most = workspace.settings.maxFileSize * 1024;
  let found: (FoundFile | UnreadablePath)[] = [];
  let plain: FoundFile[] = [];
  let bytes = 0;
  for (const one of workspace.find(folder)) {
    found.push(one);
    if (!("reason" in one) && languageOf(one.path) === python && one.size <= most && !isKnown(one, records)) {
      plain.push(one);
      bytes += one.size;
    }
    if (bytes < bytesInPart && found.length < filesInPart) continue;
    yield { found, plain };
    [found, plain, bytes] = [[], [], 0];
  }
  yield { found, plain };
  return undefined;
}

function isKnown({ path, size, modified }: FoundFile, records: ReadonlyMap<string, FileRecord>): boolean {
  const record = records.get(path);
  return record?.size === size && record.modified === modified;
}
