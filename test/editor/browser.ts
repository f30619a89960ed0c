// One Chromium for all windows of this process; each has a context of its own, which shares nothing with the others.
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureChromium } from "../../scripts/editor-host.ts";

/** As root Chromium has no sandbox; the rest keeps it from calling home. */
const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Pixels, every one of which has to be painted. */
const viewport = { width: 1440, height: 1000 };

let browser: Promise<Browser> | undefined;
let pages = 0;

/** Opens a page in a new context; the browser ends when the context of the last page is closed. */
export async function openPage(locale: string): Promise<Page> {
  pages += 1;
  browser ??= chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments });
  const running = browser;
  const context = await (await running).newContext({ viewport, locale });
  context.once("close", async () => {
    pages -= 1;
    if (pages > 0) return;
    browser = undefined;
    await (await running).close();
  });
  return context.newPage();
}
