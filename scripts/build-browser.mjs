// How a bundle is built that runs in a worker of a browser: server/browser/ stands in for what is only on a computer.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
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
  "../host/process.ts": standIn("process"),
  "./process.ts": standIn("process"),
  "../host/scan-threads.ts": standIn("scan-threads"),
  "../host/index-cache.ts": standIn("index-cache"),
  "../host/environment-watch.ts": standIn("environment-watch"),
  buffer: require.resolve("buffer/"),
  string_decoder: require.resolve("string_decoder/"),
};

/** @param {import("esbuild").BuildOptions} options @returns {import("esbuild").BuildOptions} */
export function inBrowser(options) {
  return {
    ...options,
    platform: "browser",
    format: "iife",
    target: "es2022",
    mainFields: ["browser", "module", "main"],
    define: { "import.meta.url": '"file:///server.js"' },
    banner: {},
    inject: [standIn("globals")],
    plugins: [{ name: "stand-ins", setup: replace }],
  };
}

/** @param {import("esbuild").PluginBuild} build */
function replace(build) {
  build.onResolve({ filter: /^(?:node:|\.\.?\/.*\.ts$|buffer$|string_decoder$)/ }, ({ path, importer }) => {
    if (importer.includes("/server/browser/") && path.startsWith(".")) return undefined;
    const found = standIns[path];
    return found === undefined ? undefined : { path: found };
  });
  // An atomic replacement is the client's to make.
  build.onResolve({ filter: /^write-file-atomic$/ }, () => ({ path: "write-file-atomic", namespace: "stand-in" }));
  build.onLoad({ filter: /.*/, namespace: "stand-in" }, () => ({
    contents: `export { writeFile as default } from ${JSON.stringify(standIn("node-fs-promises"))};`,
    resolveDir: fileURLToPath(new URL("..", import.meta.url)),
  }));
  // web-tree-sitter asks for these in Node only; papaparse and iconv-lite look whether there are any.
  build.onResolve({ filter: /^(?:fs\/promises|module|stream|fs)$/ }, ({ path }) => ({ path, namespace: "nothing" }));
  build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "module.exports = {};" }));
}
