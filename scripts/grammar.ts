// Generates the parser of requirements files and builds it to WebAssembly: `node scripts/grammar.ts [OUT.wasm]`.
// Needs tree-sitter (0.27), clang, wasm-ld and wasi-libc on the machine; users and CI do not, the result is committed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const grammarFolder = fileURLToPath(new URL("../server/requirements/grammar/", import.meta.url));
export const grammarWasm = join(grammarFolder, "tree-sitter-requirements.wasm");

const compile =
  "--target=wasm32-unknown-emscripten -isystem /usr/include/wasm32-wasi -D__wasi__ -Oz -fPIC -fvisibility=hidden -nostdlib";
const link = "-shared --experimental-pic --no-entry --export=tree_sitter_requirements --allow-undefined --strip-all";

/** Runs `tree-sitter generate`: grammar.js to `output`, src/ as a rule. Throws when the tool fails. */
export function generateParser(output = "src"): void {
  execFileSync("tree-sitter", ["generate", "--output", output], { cwd: grammarFolder, stdio: "inherit" });
}

/** Compiles src/ to a WebAssembly file. Throws when a tool is missing or fails. */
export function buildGrammar(output: string): void {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-grammar-"));
  try {
    const objects = ["parser", "scanner"].map((name) => {
      const object = join(folder, `${name}.o`);
      const source = join("src", `${name}.c`);
      execFileSync("clang", [...compile.split(" "), "-I", "src", "-c", source, "-o", object], { cwd: grammarFolder });
      return object;
    });
    execFileSync("wasm-ld", [...link.split(" "), ...objects, "-o", output]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The tools with the versions that made what is committed; others make other bytes of the same meaning. */
export const tools = {
  "tree-sitter": "tree-sitter 0.27.1",
  clang: "clang version 14.0.6",
  "wasm-ld": "LLD 14.0.6",
} as const;

/** The first of these tools that is not on this machine; with `exact`, also when it is of another version. */
export function missingTool(names: readonly (keyof typeof tools)[], exact = false): string | undefined {
  return names.map((name) => (hasTool(name, exact) ? undefined : exact ? tools[name] : name)).find((name) => name);
}

function hasTool(name: keyof typeof tools, exact: boolean): boolean {
  try {
    const version = execFileSync(name, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return !exact || version.includes(tools[name]);
  } catch {
    return false;
  }
}

if (import.meta.main) {
  const missing = missingTool(["tree-sitter", "clang", "wasm-ld"]);
  if (missing) {
    console.error(`${missing} is not on this machine; the parser was left as it is`);
    process.exit(1);
  }
  generateParser();
  buildGrammar(process.argv[2] ?? grammarWasm);
}
