// Compiles server/clones/assembly/ to WebAssembly and keeps it in server/clones/scanner-program.ts. `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const written = "server/clones/scanner-program.ts";

/** The text of the module that holds the program. Throws what the compiler says when it refuses the sources. */
async function compiled(): Promise<string> {
  let binary = new Uint8Array();
  const options = ["--optimizeLevel", "3", "--runtime", "stub", "--use", "abort="];
  const { error, stderr } = await asc.main(
    ["server/clones/assembly/program.ts", "--baseDir", root, "--outFile", "program.wasm", ...options],
    {
      writeFile: (_name, contents) => {
        if (typeof contents !== "string") binary = Uint8Array.from(contents);
      },
    },
  );
  if (error) throw new Error(stderr.toString(), { cause: error });
  const text = Buffer.from(binary).toString("base64");
  return `// Written by \`node scripts/scanner.ts\`, of assembly/: WebAssembly in Base64.\nexport const program =\n  "${text}";\n`;
}

const text = await compiled();
const isCurrent = readFileSync(`${root}${written}`, "utf8") === text;
if (process.argv[2] === "--check") {
  if (!isCurrent) console.error(`${written} is not up to date; run \`node scripts/scanner.ts\``);
  process.exitCode = isCurrent ? 0 : 1;
} else if (!isCurrent) writeFileSync(`${root}${written}`, text);
