// `npm test`: sets up, then every test: the core, the server, the command line, and those inside a real VS Code.
// `npm test -- FILE…` runs only those files. The tests in VS Code are not run again on code that has passed them, unless
// `npm test -- --all` says so.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { environment, root, run, setUp } from "./setup.mjs";

setUp();
const chosen = process.argv.slice(2);
const isAll = chosen.join() === "--all";
if (chosen.length > 0 && !isAll) run("node", ["--test", ...chosen]);
else {
  const faster = hastened();
  // Both at once, on one build; what the editor says is shown when the rest is told.
  const editor = start("node", ["test/editor/main.ts", ...(isAll ? [] : ["--unless-passed"])], faster);
  // Two processes for all of them: each of its own would load the same modules again, a third of the whole time.
  const core = halves("test").map((files) => start("node", ["--test", "--test-isolation=none", ...files], faster));
  for (const each of [...core, editor]) {
    const { output, status } = await each;
    process.stdout.write(output);
    if (status !== 0) process.exitCode = 1;
  }
}

/** The test files of a folder in two lists that take about as long: large files take longer. */
function halves(folder) {
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith(".test.ts"));
  const paths = files.map((name) => join(folder, name));
  const bySize = paths.sort((a, b) => sizeOf(b) - sizeOf(a));
  return [0, 1].map((half) => bySize.filter((_, index) => index % 2 === half));
}

function sizeOf(path) {
  return statSync(join(root, path)).size;
}

/** What tests start hundreds of times begins sooner: Node keeps what it compiled, and no shim stands before Python. */
function hastened() {
  const script = "import os, sys; print(os.path.dirname(sys.executable))";
  const { status, stdout } = spawnSync("python3", ["-I", "-c", script], { encoding: "utf8" });
  const [ours, ...others] = environment.PATH.split(delimiter);
  const python = status === 0 ? [stdout.trim()] : [];
  return { NODE_COMPILE_CACHE: join(root, ".cache/compiled"), PATH: [ours, ...python, ...others].join(delimiter) };
}

function start(command, args, faster) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment, ...faster, GROUNDWORK_BUILT: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => resolve({ output: Buffer.concat(chunks), status }));
  });
}
