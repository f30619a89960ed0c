import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { keptOutput, run } from "../server/host/process.ts";

const node = process.execPath;
const folder = mkdtempSync(join(tmpdir(), "process test "));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a JavaScript program given as text. */
const runScript = (script: string, ...rest: [(readonly string[])?, Parameters<typeof run>[2]?]) =>
  run(node, ["-e", script, "--", ...(rest[0] ?? [])], rest[1] ?? {});

/** A parent with a child that both ignore the polite signal; writes the child's pid to a file and prints a line. */
const stubbornFamily = `
  const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.once("data", () => {
    require("node:fs").writeFileSync(process.argv[1], String(child.pid));
    console.log("ready");
  });
  if (process.argv[2] === "stubborn") process.on("SIGTERM", () => {});
`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A zombie has ended; only its parent has not asked yet.
  return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}

/** Waits until a process has ended; one that does not is killed, so that the failing test leaves nothing behind. */
async function ended(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 1000; waited++) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  process.kill(pid, "SIGKILL");
  return false;
}

test("the streams and the exit code are told apart", async () => {
  const result = await runScript("console.log('out'); console.error('err'); process.exitCode = 3");
  assert.deepEqual(result, { exitCode: 3, stdout: "out\n", stderr: "err\n" });
});

test("output is heard while it comes, and characters are never cut", async () => {
  const heard: string[] = [];
  const result = await runScript(
    "const b = Buffer.from('ação\\n'); process.stdout.write(b.subarray(0, 2)); setTimeout(() => process.stdout.write(b.subarray(2)), 50)",
    [],
    { onOutput: (chunk, stream) => heard.push(`${stream}:${chunk}`) },
  );
  assert.equal(result.stdout, "ação\n");
  assert.equal(heard.map((part) => part.slice("stdout:".length)).join(""), "ação\n");
});

test("no shell reads the arguments, whatever they hold", async () => {
  const nasty = [
    "$(touch pwned)",
    "; touch pwned",
    "a b",
    "`id`",
    '"',
    "'",
    "*",
    "%PATH%",
    "&& echo x",
    "",
    "\n",
    "--x",
  ];
  const result = await runScript("console.log(JSON.stringify(process.argv.slice(1)))", nasty, { cwd: folder });
  assert.deepEqual(JSON.parse(result.stdout), nasty);
});

test("stdin is closed", async () => {
  const script = "process.stdin.on('data', () => {}).on('end', () => console.log('end of input'))";
  const result = await runScript(script, [], { timeout: 10_000 });
  assert.equal(result.stdout, "end of input\n");
});

test("the environment is added to, and a variable can be taken away", async () => {
  process.env.GROUNDWORK_TEST_INHERITED = "inherited";
  const result = await runScript(
    "console.log([process.env.GROUNDWORK_TEST_ADDED, process.env.GROUNDWORK_TEST_INHERITED, !!process.env.PATH])",
    [],
    { env: { GROUNDWORK_TEST_ADDED: "added", GROUNDWORK_TEST_INHERITED: undefined } },
  );
  delete process.env.GROUNDWORK_TEST_INHERITED;
  assert.equal(result.stdout, "[ 'added', undefined, true ]\n");
});

test("a program that does not exist is an answer, not an exception", async () => {
  const result = await run(join(folder, "no such program"), []);
  assert.equal(result.failure, "not-found");
  assert.equal(result.exitCode, undefined);
  assert.match(result.stderr, /ENOENT/);
});

test("a file that is no program, a folder that is missing and a NUL are answers too", async () => {
  writeFileSync(join(folder, "data.txt"), "no program");
  assert.equal((await run(join(folder, "data.txt"), [])).failure, "not-found");
  assert.equal((await run(node, ["--version"], { cwd: join(folder, "missing") })).failure, "not-found");
  assert.equal((await run(node, ["a\0b"])).failure, "not-found");
});

test("only the last output is kept, and the program is not stopped for it", async () => {
  const script = `
    const line = "x".repeat(1023) + "\\n";
    let left = ${keptOutput / 1024 + 100};
    const write = () => { while (left-- > 0) if (!process.stdout.write(line)) return process.stdout.once("drain", write); console.log("the end"); };
    write();`;
  const result = await runScript(script);
  assert.equal(result.exitCode, 0);
  assert.equal(result.stdout.length, keptOutput);
  assert.ok(result.stdout.endsWith("the end\n"));
});

test("a signal that ended the program leaves no exit code and is no failure of ours", async () => {
  const result = await runScript("process.kill(process.pid, 'SIGKILL')");
  assert.deepEqual(result, { exitCode: undefined, stdout: "", stderr: "" });
});

test("after its time a program is stopped", { timeout: 20_000 }, async () => {
  const result = await runScript("setInterval(() => {}, 1000)", [], { timeout: 100 });
  assert.equal(result.failure, "timeout");
  assert.equal(result.exitCode, undefined);
});

test("what is cancelled before it starts never starts", async () => {
  const file = join(folder, "never");
  const result = await run(node, ["-e", `fs.writeFileSync(${JSON.stringify(file)}, "")`], {
    signal: AbortSignal.abort(),
  });
  assert.equal(result.failure, "cancelled");
  assert.throws(() => readFileSync(file), /ENOENT/);
});

for (const manner of ["polite", "stubborn"]) {
  test(`a cancellation ends grandchildren too (${manner} parent)`, { timeout: 20_000 }, async () => {
    const file = join(folder, manner);
    const abort = new AbortController();
    const result = await runScript(stubbornFamily, [file, manner], {
      signal: abort.signal,
      onOutput: () => abort.abort(),
    });
    assert.equal(result.failure, "cancelled");
    assert.equal(result.exitCode, undefined);
    assert.ok(await ended(Number(readFileSync(file, "utf8"))));
  });
}

test("a bare name is looked for on PATH, and never in the working folder or below it", async () => {
  const project = mkdtempSync(join(folder, "project "));
  const bin = mkdtempSync(join(folder, "bin "));
  writeFileSync(join(project, "planted"), "#!/bin/sh\necho from the project\n", { mode: 0o755 });
  for (const PATH of ["", ".", "./", ":", bin]) {
    const { failure, stdout } = await run("planted", [], { cwd: project, env: { PATH } });
    assert.deepEqual([failure, stdout], ["not-found", ""], PATH);
  }
  assert.equal((await run("./planted", [], { cwd: project, env: { PATH: bin } })).failure, "not-found");
  writeFileSync(join(bin, "planted"), "#!/bin/sh\necho from PATH\n", { mode: 0o755 });
  const { stdout } = await run("planted", [], { cwd: project, env: { PATH: `.:${bin}` } });
  assert.equal(stdout, "from PATH\n");
});
