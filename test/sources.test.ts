// What our own sources and everything that is built must not hold: code made of text, a shell, a second way to start programs.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function textsIn(folder: string, name: RegExp): ReadonlyMap<string, string> {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter((path) =>
    name.test(path),
  );
  return new Map(paths.map((path) => [`${folder}/${path}`, readFileSync(join(root, folder, path), "utf8")]));
}

function found(texts: ReadonlyMap<string, string>, pattern: RegExp): string[] {
  return [...texts].flatMap(([path, text]) => [...text.matchAll(pattern)].map((match) => `${path}: ${match[0]}`));
}

suite("code that is made of text", () => {
  const pattern =
    /(?<![\w.$])eval\(.{0,40}|\bnew Function\b.{0,40}|[=(,?:]\s*Function\s*[;,)].{0,40}|(?<![\w.$])Function\(.{0,40}|\bset(?:Timeout|Interval|Immediate)\(\s*["'`].{0,40}|\brequire\("(?:node:)?vm"\)/g;

  test("is nowhere in what is built, libraries included", () => {
    const built = textsIn("dist", /\.(?:cjs|js)$/);
    assert.ok(built.size >= 7, `${built.size} files`);
    // What starts the command line loads the program beside it with its compiled code (server/cli/start.ts).
    const start = /\bcli\.cjs: require\("node:vm"\)$/;
    assert.deepEqual(
      found(built, pattern).filter((each) => !start.test(each)),
      [],
    );
  });

  test("would be found", () => {
    const planted = [
      "x=eval(y)",
      "let z=new Function(a,b)",
      "const F = Function; new F()",
      'Function("return this")()',
    ];
    const more = ['setTimeout("x()", 1)', 'require("vm").runInThisContext(x)'];
    for (const text of [...planted, ...more]) assert.equal(found(new Map([["a", text]]), pattern).length, 1, text);
  });
});

suite("programs", () => {
  const sources = new Map([...textsIn("server", /\.ts$/), ...textsIn("client", /\.ts$/)]);
  const starts =
    /["'](?:node:)?child_process["']|["']execa["']|["']cross-spawn["']|\bnew vscode\.\w*Execution\b|\bcreateTerminal\b|\bsendText\b/g;

  test("are started at one place of the server; the client starts its own command line, and an empty terminal", () => {
    assert.deepEqual(found(sources, starts).sort(), [
      "client/commands/next-steps.ts: createTerminal",
      "client/commands/tasks.ts: new vscode.ProcessExecution",
      'server/host/process.ts: "execa"',
    ]);
  });

  test("are never started through a shell", () => {
    assert.deepEqual(found(sources, /\bshell\s*:\s*(?:true|process)|\bexecSync\b|ShellExecution/g), []);
  });

  test("are loaded by one file, which starts the command line", () => {
    assert.deepEqual(found(sources, /node:vm/g), ["server/cli/start.ts: node:vm"]);
  });
});

test("whoever installs what is published gets what was tested, and runs nothing by it", () => {
  const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8"),
  );
  const installed = Object.entries(packages).filter(([path, { link }]) => path !== "" && !link);
  assert.ok(installed.length > 100);
  const loose = installed.filter(([, { integrity, inBundle }]) => !inBundle && !/^sha512-/.test(integrity ?? ""));
  assert.deepEqual(
    loose.map(([path]) => path),
    [],
  );
  // What is bundled needs no script of a package's own; tree-sitter-python brings a grammar for Node that we do not use.
  const scripted = installed.filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev).map(([path]) => path);
  assert.deepEqual(scripted, ["node_modules/tree-sitter-python"]);
});

interface Locked {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}
