// Bundles the extension, the language server and the command line into dist/, with the grammars beside them. Runs on the
// machine's own Node (20 or newer), as it must where npm prepares a clone for somebody else.
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { inBrowser, inWorker } from "./build-browser.mjs";
import { notices } from "./notices.mjs";
import { withoutEval } from "./without-eval.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
rmSync(`${root}dist`, { recursive: true, force: true });
mkdirSync(`${root}dist`);

const bundleUrl = 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;';

/** @type {import("esbuild").BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  mainFields: ["module", "main"],
  // web-tree-sitter asks where it lies; in a CommonJS bundle that has to be said.
  define: { "import.meta.url": "bundleUrl" },
  banner: { js: bundleUrl },
};

/**
 * One namespace of what every rule imports: a CommonJS package would get a copy of it in each of 200 modules. That for browsers
 * does the same, as texts are handed to it, and loads nothing of Node.
 */
const localisation = {
  name: "localisation",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@vscode\/l10n$/ }, () => ({ path: "l10n", namespace: "localisation" }));
    onLoad({ filter: /.*/, namespace: "localisation" }, () => ({
      contents: `import * as l10n from ${JSON.stringify(require.resolve("@vscode/l10n/dist/browser.js"))};\nexport const { t, config } = l10n;`,
      resolveDir: root,
    }));
  },
};

/** What is large, seldom needed and the same for all programs lies beside them once, and is loaded when it is needed. */
const apart = {
  "iconv-lite": "./iconv-lite.cjs",
  "../../l10n/bundle.l10n.pt-br.json": "../l10n/bundle.l10n.pt-br.json",
  // Of Commander alone, which starts programs where they are commands of its own; none of ours is.
  "node:child_process": "node:child_process",
};

/** @type {import("esbuild").BuildOptions} */
const program = {
  ...shared,
  plugins: [localisation, withoutEval, { name: "apart", setup: loadLater }],
  // web-tree-sitter imports modules of Node, for which Node would start its loader of ECMAScript modules.
  supported: { "dynamic-import": false },
};

const bundles = await Promise.all([
  build({ ...shared, entryPoints: ["client/extension.ts"], outfile: "dist/extension.cjs", external: ["vscode"] }),
  build({ ...program, entryPoints: ["server/lsp/main.ts"], outfile: "dist/server.cjs", banner: executable() }),
  build({ ...program, entryPoints: ["server/host/scan-thread.ts"], outfile: "dist/scan-thread.cjs" }),
  build({ ...program, entryPoints: ["server/cli/program.ts"], outfile: "dist/groundwork.cjs" }),
  build({ ...shared, entryPoints: ["iconv-lite"], outfile: "dist/iconv-lite.cjs", banner: {} }),
  build(inWorker({ ...shared, entryPoints: ["server/browser/main.ts"], outfile: "dist/browser/server.js" })),
  build(inBrowser({ ...shared, entryPoints: ["client/browser.ts"], outfile: "dist/browser/extension.cjs" })),
]);

for (const wasm of [
  require.resolve("web-tree-sitter/web-tree-sitter.wasm"),
  require.resolve("tree-sitter-python/tree-sitter-python.wasm"),
  `${root}server/requirements/grammar/tree-sitter-requirements.wasm`,
]) {
  copyFileSync(wasm, `${root}dist/${basename(wasm)}`);
}

for (const name of ["server", "scan-thread", "groundwork"]) escapeAll(`${root}dist/${name}.cjs`);
await build({
  ...shared,
  entryPoints: ["server/cli/start.ts"],
  outfile: "dist/cli.cjs",
  define: { programDigest: JSON.stringify(digestOf(`${root}dist/groundwork.cjs`)) },
  banner: { js: "#!/usr/bin/env node" },
});
chmodSync(`${root}dist/cli.cjs`, 0o755);

const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
writeFileSync(
  `${root}dist/THIRD-PARTY-NOTICES.txt`,
  notices(root, [...inputs, "node_modules/tree-sitter-python/x", "node_modules/assemblyscript/x"]),
);

/**
 * Leaves ASCII only: esbuild does so but in regular expressions, and one other character makes V8 hold every one in two bytes.
 *
 * @param {string} file
 */
function escapeAll(file) {
  const text = readFileSync(file, "utf8");
  const escaped = text.replace(/[\x80-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  writeFileSync(file, escaped);
}

/** @param {string} file */
function digestOf(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
}

function executable() {
  return { js: `#!/usr/bin/env node\n${bundleUrl}` };
}

/** @param {import("esbuild").PluginBuild} build */
function loadLater(build) {
  build.onResolve({ filter: /^iconv-lite$|\/bundle\.l10n\.pt-br\.json$/ }, ({ path }) =>
    apart[path] === undefined ? undefined : { path, namespace: "apart" },
  );
  build.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
    importer.includes("/commander/") ? { path, namespace: "apart" } : undefined,
  );
  build.onResolve({ filter: /.*/, namespace: "apart" }, ({ path }) => ({ path, external: true }));
  build.onLoad({ filter: /.*/, namespace: "apart" }, ({ path }) => ({
    contents: `let loaded;
      const load = () => (loaded ??= require(${JSON.stringify(apart[path])}));
      module.exports = new Proxy({}, { get: (_, name) => load()[name] });`,
  }));
}
