// The tests of one window. Opening one costs more than most tests, so that several parts follow each other in it.
import { after, afterEach, before, describe } from "node:test";
import type { EditorWindow } from "./window.ts";

/** Registers tests; the window is there once the first of them runs. */
type Part = (opened: () => EditorWindow) => void;

/** Each part begins where the one before it left the window; hooks that a part registers count for that part alone. */
export function windowTests(
  name: string,
  open: () => Promise<EditorWindow>,
  parts: Readonly<Record<string, Part>>,
): void {
  describe(name, { concurrency: 1 }, () => {
    let window: EditorWindow | undefined;
    const opened = () => {
      if (window === undefined) throw new Error("the window did not open");
      return window;
    };
    before(async () => {
      window = await open();
    });
    afterEach((context) => window?.keepEvidence(context));
    after(() => window?.close());
    for (const [title, part] of Object.entries(parts)) describe(title, () => part(opened));
  });
}
