// `npm run package:cli`: the command line and the language server as an npm package in dist/npm, ready for `npm publish`.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `groundwork` is the name of another package in npm's registry. */
const name = "groundwork-python";

const root = join(import.meta.dirname, "..");
const target = join(root, "dist/npm");
const { version, license, engines, bin, keywords } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const translations = "l10n/bundle.l10n.pt-br.json";
const programs = [
  "cli.cjs",
  "groundwork.cjs",
  "iconv-lite.cjs",
  "scan-thread.cjs",
  "server.cjs",
  "tree-sitter-python.wasm",
  "tree-sitter-requirements.wasm",
  "web-tree-sitter.wasm",
  "THIRD-PARTY-NOTICES.txt",
];

rmSync(target, { recursive: true, force: true });
for (const folder of ["dist", "l10n"]) mkdirSync(join(target, folder), { recursive: true });
for (const file of programs) copyFileSync(join(root, "dist", file), join(target, "dist", file));
for (const file of [translations, "LICENSE", "README.md", "CHANGELOG.md"])
  copyFileSync(join(root, file), join(target, file));
const manifest = {
  name,
  version,
  description: "Takes Python projects, mostly machine learning, from experimental code to production code",
  license,
  keywords: [...keywords, "linter", "language server"],
  engines: { node: engines.node },
  bin,
  files: ["dist", translations, "CHANGELOG.md"],
};
writeFileSync(join(target, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
console.log(target);
