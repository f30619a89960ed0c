// Some libraries make code of text where they may. None of ours needs it, so it is taken out of what is built: what is not
// there cannot be reached. (`test/sources.test.ts` looks for what is left.)
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const refusal = '(() => { throw new Error("code is not made of text here"); })';

/** By the end of a file's path: what stands there, how often, and what takes its place. */
const replaced = [
  // Emscripten, for JavaScript within a WebAssembly file; grammars hold none.
  { file: /web-tree-sitter[\\/]web-tree-sitter\.js$/, from: "eval(func)", times: 2, to: `${refusal}()` },
  // zod asks whether it may, and goes without where it may not.
  {
    file: /zod[\\/]v4[\\/]core[\\/](?:util|doc|compile)\.js$/,
    from: "const F = Function;",
    times: 1,
    to: `const F = ${refusal};`,
  },
];

/** The protocol's library for language models checks its input by Ajv, which compiles; it brings another one that does not. */
const shims = `
  export { CfWorkerJsonSchemaValidator as DefaultJsonSchemaValidator } from ${JSON.stringify(require.resolve("@modelcontextprotocol/server/validators/cf-worker").replace(/\.cjs$/, ".mjs"))};
  export { default as process } from "node:process";
`;

export const withoutEval = {
  name: "without-eval",
  /** @param {import("esbuild").PluginBuild} build */
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, ({ path }) => ({ path, namespace: "shims" }));
    onLoad({ filter: /.*/, namespace: "shims" }, () => ({ contents: shims, resolveDir: process.cwd() }));
    for (const { file, from, times, to } of replaced) {
      onLoad({ filter: file }, ({ path }) => {
        const parts = readFileSync(path, "utf8").split(from);
        if (parts.length !== times + 1)
          throw new Error(`${path} holds \`${from}\` ${parts.length - 1} times, not ${times}`);
        return { contents: parts.join(to), loader: "js" };
      });
    }
  },
};
