// How a bundle is built that runs in a worker of a browser: server/browser/ stands in for what is only on a computer.
import { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutEval } from "./without-eval.mjs";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
const standIn = (name) => fileURLToPath(new URL(`../server/browser/${name}.ts`, import.meta.url));

/** Modules of Node, of packages and of server/host, each with what stands in for it. */
const standIns = {
  "node:fs": standIn("node-fs"),
  "node:fs/promises": standIn("node-fs-promises"),
  "node:path": require.resolve("path-browserify"),
  ...Object.fromEntries(
    ["node:buffer", "node:crypto", "node:timers/promises", "node:os", "node:url"].map((name) => [
      name,
      standIn("node-rest"),
    ]),
  ),
  "../host/replace.ts": standIn("replace"),
  "./replace.ts": standIn("replace"),
  "../host/process.ts": standIn("process"),
  "./process.ts": standIn("process"),
  "../host/language.ts": standIn("language"),
  "../host/scan-threads.ts": standIn("scan-threads"),
  "../host/index-cache.ts": standIn("index-cache"),
  "../host/environment-watch.ts": standIn("environment-watch"),
  buffer: require.resolve("buffer/"),
  string_decoder: require.resolve("string_decoder/"),
};

/** Tables of iconv-lite that the browser has itself: what stands in for each, with `tableOf` of encoding-table.ts. */
const tables = {
  shiftjis: 'tableOf("shift_jis")',
  eucjp: '[...tableOf("euc-jp"), ...tableOf("euc-jp", 0x8f)]',
  cp936: 'tableOf("gbk")',
  cp949: 'tableOf("euc-kr")',
  cp950: 'tableOf("big5")',
  "gbk-added": "[]",
  "big5-added": "[]",
};

/** @param {import("esbuild").BuildOptions} options @returns {import("esbuild").BuildOptions} */
export function inBrowser(options) {
  return {
    ...options,
    platform: "browser",
    // VS Code asks for what the module exports, and gives it no other module than its own.
    external: ["vscode"],
    target: "es2022",
    mainFields: ["browser", "module", "main"],
    banner: {},
  };
}

/** @param {import("esbuild").BuildOptions} options @returns {import("esbuild").BuildOptions} */
export function inWorker(options) {
  return {
    ...inBrowser(options),
    format: "iife",
    define: { "import.meta.url": '"file:///server.js"' },
    inject: [standIn("globals")],
    plugins: [withoutEval, { name: "stand-ins", setup: replace }],
  };
}

/** @param {import("esbuild").PluginBuild} build */
function replace(build) {
  build.onLoad({ filter: /iconv-lite\/encodings\/tables\/[\w-]+\.json$/ }, ({ path }) => {
    const table = tables[basename(path, ".json")];
    if (table === undefined) return undefined;
    const source = JSON.stringify(standIn("encoding-table"));
    return { contents: `const { tableOf } = require(${source}); module.exports = ${table};`, resolveDir: root };
  });
  build.onResolve({ filter: /^(?:node:|\.\.?\/.*\.ts$|buffer$|string_decoder$)/ }, ({ path, importer }) => {
    if (importer.includes("/server/browser/") && path.startsWith(".")) return undefined;
    const found = standIns[path];
    return found === undefined ? undefined : { path: found };
  });
  // web-tree-sitter asks for these in Node only; papaparse and iconv-lite look whether there are any.
  build.onResolve({ filter: /^(?:fs\/promises|module|stream|fs)$/ }, ({ path }) => ({ path, namespace: "nothing" }));
  build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "module.exports = {};" }));
}
