// The files by which others run the check: GitHub's action, pre-commit's hook, the editor's problem matcher.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { groundwork, inFolder, program } from "./command-line.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json"));

describe("the composite action", () => {
  const action = parse(read("action.yml"));
  const { run } = action.runs.steps.find((step: { readonly id?: string }) => step.id === "check");

  /** Runs the step as GitHub does, with our build where npx would fetch the package. */
  function step(folder: string, inputs: Readonly<Record<string, string>>) {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const npx = `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${program}" "$@"\n`;
    writeFileSync(join(bin, "npx"), npx);
    chmodSync(join(bin, "npx"), 0o755);
    const given = { ...defaults, ...inputs };
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, LC_ALL: "C", ...named(given) };
    const script = join(folder, "step.sh");
    writeFileSync(script, run);
    return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { cwd: folder, env }).status;
  }

  const defaults: Record<string, string> = Object.fromEntries(
    Object.entries<{ readonly default: string }>(action.inputs).map(([name, input]) => [name, input.default]),
  );
  const named = (inputs: Readonly<Record<string, string>>) => ({
    GROUNDWORK_PATHS: inputs.paths,
    GROUNDWORK_VERSION: inputs.version,
    GROUNDWORK_BASELINE: inputs.baseline,
    GROUNDWORK_SARIF: inputs["sarif-file"],
    GROUNDWORK_FAIL: inputs["fail-on-findings"],
  });

  test("writes the findings and fails by them, or not, as asked", () => {
    const files = { "requirements.txt": "pandas\n", "a b/requirements.txt": "numpy\n", "--fix": "" };
    for (const [inputs, status] of [
      [{}, 1],
      [{ "fail-on-findings": "false" }, 0],
      [{ paths: "a b\nrequirements.txt\n" }, 1],
      [{ paths: "no such file", "fail-on-findings": "false" }, 2],
      [{ paths: "--fix", "fail-on-findings": "false" }, 0],
    ] as const) {
      inFolder(files, (folder) => {
        assert.equal(step(folder, inputs), status, JSON.stringify(inputs));
        const log = JSON.parse(readFileSync(join(folder, "groundwork.sarif"), "utf8"));
        assert.equal(log.version, "2.1.0");
        // No path is read as an option.
        assert.equal(readFileSync(join(folder, "requirements.txt"), "utf8"), "pandas\n");
      });
    }
  });

  test("asks for the version that it belongs to", () => {
    assert.equal(defaults.version, manifest.version);
  });
});

test("the hook of pre-commit looks at the files that the check reads", () => {
  const [hook] = parse(read(".pre-commit-hooks.yaml"));
  assert.equal(hook.entry, "groundwork check");
  const files = new RegExp(hook.files);
  for (const path of ["a.py", "x/b.ipynb", "requirements.txt", "requirements-dev.in", "environment.yml"])
    assert.match(path, files);
  for (const path of ["a.pyc", "notes.txt", "readme.md", "x.yml"]) assert.doesNotMatch(path, files);
});

test("the problem matcher reads what the check prints, but for cells, which are no lines of a file", () => {
  const [{ pattern }] = manifest.contributes.problemMatchers;
  const expression = new RegExp(pattern.regexp);
  inFolder({ "requirements.txt": "pandas\n" }, (folder) => {
    const line = groundwork(folder, "check", "requirements.txt").stdout.split("\n")[0] ?? "";
    const found = expression.exec(line);
    assert.deepEqual(
      [found?.[pattern.file], found?.[pattern.line], found?.[pattern.column], found?.[pattern.code]],
      ["requirements.txt", "1", "1", "unpinned-requirement"],
    );
  });
  assert.doesNotMatch("a.ipynb:cell 2:3:5: warning[duplicate-block] x", expression);
  assert.match("C:\\a b\\c.py:3:5: hint[duplicate-block] x", expression);
});

describe("init", () => {
  test("adds a table whose stages are only suggested, a hook and a workflow; a second time it changes nothing", () => {
    const files = {
      "pyproject.toml": '# mine\n[project]\nname = "x"\n',
      "notebooks/a.ipynb": '{"cells": []}',
      ".pre-commit-config.yaml":
        "repos:\n  # ours\n  - repo: https://example.org/a\n    rev: v1\n    hooks: [{ id: b }]\n",
    };
    inFolder(files, (folder) => {
      assert.equal(groundwork(folder, "init", "--pre-commit", "--github").status, 0);
      const pyproject = readFileSync(join(folder, "pyproject.toml"), "utf8");
      assert.ok(pyproject.startsWith(`${files["pyproject.toml"]}\n[tool.groundwork.stages]\n`));
      assert.match(pyproject, /^# experimental = \["notebooks\/\*\*"\]$/m);
      const hooks = readFileSync(join(folder, ".pre-commit-config.yaml"), "utf8");
      assert.match(hooks, /# ours/);
      assert.equal(parse(hooks).repos[1].hooks[0].entry, "groundwork check");
      assert.equal(parse(readFileSync(join(folder, ".github/workflows/groundwork.yml"), "utf8")).name, "Groundwork");
      const { status, stderr } = groundwork(folder, "init", "--pre-commit", "--github");
      assert.equal(status, 0);
      assert.equal(stderr.match(/nothing to do/g)?.length, 3);
      assert.equal(readFileSync(join(folder, "pyproject.toml"), "utf8"), pyproject);
      assert.equal(groundwork(folder, "check").status === 2, false);
    });
  });

  test("what cannot be read is left as it was, with the reason", () => {
    inFolder({ "pyproject.toml": "[broken\n", ".pre-commit-config.yaml": "repos: {a: 1}\n" }, (folder) => {
      const { status, stderr } = groundwork(folder, "init", "--pre-commit");
      assert.equal(status, 1);
      assert.match(stderr, /pyproject\.toml/);
      assert.match(stderr, /repos/);
      assert.equal(readFileSync(join(folder, "pyproject.toml"), "utf8"), "[broken\n");
      assert.equal(readFileSync(join(folder, ".pre-commit-config.yaml"), "utf8"), "repos: {a: 1}\n");
      assert.equal(groundwork(folder, "init", "nowhere").status, 2);
    });
  });
});

describe("completion", () => {
  const complete = (script: string, ...words: readonly string[]) => {
    const given = words.map((word) => `'${word}'`).join(" ");
    const code = `${script}\nCOMP_WORDS=(groundwork ${given}); COMP_CWORD=${words.length}; _groundwork_completion; echo "\${COMPREPLY[@]}"`;
    return spawnSync("bash", ["-c", code], { encoding: "utf8" }).stdout.trim().split(" ");
  };

  test("bash offers commands, options, and the words that they take; else files", () => {
    const { stdout } = groundwork(root, "completion", "bash");
    assert.deepEqual(complete(stdout, "env", "cr"), ["create"]);
    assert.deepEqual(complete(stdout, "check", "--format", "s"), ["sarif"]);
    assert.deepEqual(complete(stdout, "check", "--rec"), ["--record-baseline"]);
    assert.deepEqual(complete(stdout, "explain", "dense"), ["dense-expression"]);
    assert.deepEqual(complete(stdout, "check", ""), [""]);
    assert.match(stdout, /^complete -o default /m);
  });

  test("fish gets each word with what it is for", () => {
    const { stdout } = groundwork(root, "completion", "fish");
    assert.match(stdout, /^complete -c groundwork -n 'not __fish_seen_subcommand_from [^']+' -a check -d '[^']+'$/m);
    assert.match(stdout, /-l format -x -a 'text json sarif junit'/);
  });
});

test("explain tells a rule, or the one that was meant", () => {
  const { stdout, status } = groundwork(root, "explain", "duplicate-block");
  assert.equal(status, 0);
  assert.match(stdout, /^duplicate-block: /);
  assert.ok(stdout.split("\n").every((line) => line.length <= 100 || line.startsWith("    ")));
  const wrong = groundwork(root, "explain", "duplicate-blok");
  assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
  assert.match(wrong.stderr, /`duplicate-block`/);
});

test("what a workflow calls is there: each script of npm, and the files that it runs", () => {
  const folder = ".github/workflows";
  const commands = readdirSync(join(root, folder)).flatMap((name) => {
    const jobs: readonly {
      readonly strategy?: { readonly matrix?: { readonly command?: readonly string[] } };
      readonly steps: readonly { readonly run?: string }[];
    }[] = Object.values(parse(read(`${folder}/${name}`)).jobs);
    return jobs.flatMap(({ strategy, steps }) => [
      ...(strategy?.matrix?.command ?? []).map((command) => `npm ${command}`),
      ...steps.flatMap(({ run }) => run ?? []),
    ]);
  });
  const called = commands.flatMap((command) => /^npm run ([\w:]+)$/.exec(command)?.[1] ?? []);
  assert.ok(called.length > 5);
  for (const script of called) assert.ok(script in manifest.scripts, script);
  const all = [...commands, ...Object.values<string>(manifest.scripts)].join("\n");
  for (const [path] of all.matchAll(/\b(?:scripts|bench)\/[\w/.-]+/g)) assert.ok(existsSync(join(root, path)), path);
  for (const [, path = ""] of all.matchAll(/(test\/[\w/]*)\*\.test\.ts/g)) {
    assert.ok(
      readdirSync(join(root, path)).some((name) => name.endsWith(".test.ts")),
      path,
    );
  }
});

test("what pre-commit installs of a clone holds all that the programs load", () => {
  const kept = read(".npmignore")
    .split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  const built = readdirSync(join(root, "dist"))
    .filter((name) => /\.(?:cjs|wasm)$/.test(name) && name !== "extension.cjs")
    .map((name) => `dist/${name}`);
  const left = [...built, "l10n/bundle.l10n.pt-br.json"].filter(
    (path) => !kept.some((glob) => matchesGlob(path, glob)),
  );
  assert.ok(built.length >= 8);
  assert.deepEqual(left, []);
});
