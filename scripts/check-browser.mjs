// Bundles what runs in a browser, and throws it away: an import that no browser has is an error.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { inBrowser, inWorker } from "./build-browser.mjs";

const shared = {
  absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
  bundle: true,
  format: "cjs",
  logLevel: "error",
  write: false,
};
await Promise.all([
  build(inWorker({ ...shared, entryPoints: ["server/browser/main.ts"] })),
  build(inBrowser({ ...shared, entryPoints: ["client/browser.ts"] })),
]).catch(() => {
  process.exitCode = 1;
});
