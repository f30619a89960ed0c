// `npm test`: sets up, then every test: the core, the server, the command line, and those inside a real VS Code.
// `npm test -- FILE…` runs only those files.
import { spawn } from "node:child_process";
import { environment, root, run, setUp } from "./setup.mjs";

setUp();
const chosen = process.argv.slice(2);
if (chosen.length > 0) run("node", ["--test", ...chosen]);
else {
  // Both at once, on one build; what the editor says is shown when the rest is told.
  const editor = start("node", ["test/editor/main.ts"]);
  // One process for all of them: each of its own would load the same modules again, a third of the whole time.
  const core = start("node", ["--test", "--test-isolation=none", "test/*.test.ts"]);
  for (const { output, status } of [await core, await editor]) {
    process.stdout.write(output);
    if (status !== 0) process.exitCode = 1;
  }
}

function start(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment, GROUNDWORK_BUILT: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => resolve({ output: Buffer.concat(chunks), status }));
  });
}
