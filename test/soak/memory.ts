// What a server holds once its garbage is collected, asked over Node's inspector (`--inspect=127.0.0.1:0`).
import type { ChildProcess } from "node:child_process";

/** In bytes: objects, what they hold outside of the heap (WebAssembly too), and the whole process. */
export interface Memory {
  readonly heap: number;
  readonly outside: number;
  readonly rss: number;
}

const addresses = new WeakMap<ChildProcess, Promise<string>>();

export async function memoryOf(child: ChildProcess): Promise<Memory> {
  const socket = new WebSocket(await addressOf(child));
  await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
  try {
    await ask(socket, "HeapProfiler.collectGarbage", {});
    const expression = "JSON.stringify(process.memoryUsage())";
    const answer = await ask(socket, "Runtime.evaluate", { expression });
    const { heapUsed, external, rss } = JSON.parse(answer.result.result.value);
    return { heap: heapUsed, outside: external, rss };
  } finally {
    socket.close();
  }
}

/** The inspector tells it as the first line of stderr; the rest is read away. */
function addressOf(child: ChildProcess): Promise<string> {
  let address = addresses.get(child);
  if (!address) {
    address = new Promise((resolve) => {
      let text = "";
      child.stderr?.on("data", (chunk: Buffer) => {
        text = (text + chunk).slice(0, 10_000);
        const found = /ws:\S+/.exec(text)?.[0];
        if (found) resolve(found);
      });
    });
    addresses.set(child, address);
  }
  return address;
}

let last = 0;

function ask(socket: WebSocket, method: string, params: object): Promise<{ result: { result: { value: string } } }> {
  const id = ++last;
  return new Promise((resolve) => {
    socket.addEventListener("message", function heard({ data }) {
      const answer = JSON.parse(String(data));
      if (answer.id !== id) return;
      socket.removeEventListener("message", heard);
      resolve(answer);
    });
    socket.send(JSON.stringify({ id, method, params }));
  });
}
