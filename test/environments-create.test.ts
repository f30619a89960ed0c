import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, suite, test } from "node:test";
import { createEnvironment } from "../server/environments/create.ts";
import { readEnvironment } from "../server/environments/environment.ts";
import { removeEnvironment } from "../server/environments/half-made.ts";
import type { CreateRequest } from "../server/environments/request.ts";
import type { CreationProgress } from "../server/environments/session.ts";
import { installStandIn, machinePython, type StandIn, type StandInOptions } from "./stand-ins/install.ts";
import { writeWheels } from "./stand-ins/wheels.ts";

const scratch = mkdtempSync(join(tmpdir(), "environments "));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** A project folder and a conda of its own, both in paths with blanks. */
function prepare(options: Partial<StandInOptions> = {}): { conda: StandIn; folder: string } {
  const place = mkdtempSync(join(scratch, "case "));
  const folder = join(place, "my project");
  mkdirSync(folder);
  return { conda: installStandIn(place, { dialect: "26.7", ...options }), folder };
}

const env = { ...process.env, PYTHONNOUSERSITE: "1", PIP_NO_INDEX: "1", PIP_CONFIG_FILE: "/dev/null" };

function create(
  folder: string,
  request: Partial<CreateRequest> & Pick<CreateRequest, "executable">,
  signal?: AbortSignal,
) {
  const heard: CreationProgress[] = [];
  const full: CreateRequest = { tool: "conda", target: { name: "demo" }, requirements: [], folder, ...request };
  const host = { env, onProgress: (progress: CreationProgress) => heard.push(progress), ...(signal ? { signal } : {}) };
  return createEnvironment(full, host).then((outcome) => ({ outcome, heard }));
}

/** A folder of wheels with one tiny distribution, which `requirements.txt` asks for. */
function writeRequirements(folder: string, text = "tiny==1.0\n"): string {
  writeWheels(join(folder, "wheels"), { tiny: "1.0" });
  writeFileSync(join(folder, "requirements dev.txt"), `--no-index\n--find-links wheels\n${text}`);
  return "requirements dev.txt";
}

const here = process.platform === "win32" || !machinePython ? "needs a POSIX machine with Python and pip" : false;

suite("creating an environment", { skip: here }, () => {
  for (const dialect of ["23.5", "26.7"] as const) {
    test(`conda ${dialect}: a named environment with its requirements`, async () => {
      const { conda, folder } = prepare({ dialect });
      writeFileSync(join(folder, "pip.py"), "raise SystemExit('the project was imported')\n");
      const requirements = [writeRequirements(folder)];
      const pythonVersion = machinePython?.version ?? "";
      const { outcome, heard } = await create(folder, { executable: conda.executable, requirements, pythonVersion });
      assert.equal(outcome.outcome, "created", outcome.log);
      const prefix = join(conda.root, "envs", "demo");
      const environment = await readEnvironment(prefix, env);
      assert.equal(environment?.kind, "conda");
      assert.equal(environment?.name, "demo");
      assert.equal(environment?.version, pythonVersion);
      assert.deepEqual(environment?.distributions.get("tiny")?.installer, "pip");
      assert.equal(environment?.distributions.get("tiny")?.requested, true);
      assert.equal(environment?.distributions.get("pip")?.requested, true, "conda's history names pip");
      assert.deepEqual(conda.calls(), [
        ["info", "--json"],
        ["create", "--yes", "--json", "--name", "demo", `python=${pythonVersion}`, "pip"],
      ]);
      assert.equal(
        heard.some(({ percentage }) => percentage === 50),
        dialect === "23.5",
      );
      assert.ok(
        heard.some(({ message }) => message.includes("tiny")),
        "pip's steps are heard",
      );
    });

    test(`conda ${dialect}: without a version none is asked for`, async () => {
      const { conda, folder } = prepare({ dialect });
      const { outcome } = await create(folder, { executable: conda.executable, target: { prefix: ".conda" } });
      assert.equal(outcome.outcome, "created", outcome.log);
      assert.ok("prefix" in outcome && outcome.prefix === join(folder, ".conda"));
      assert.deepEqual(conda.calls(), [
        ["create", "--yes", "--json", "--prefix", join(folder, ".conda"), "python", "pip"],
      ]);
    });

    test(`conda ${dialect}: an existing environment is not touched`, async () => {
      const { conda, folder } = prepare({ dialect });
      const prefix = join(conda.root, "envs", "demo");
      mkdirSync(join(prefix, "conda-meta"), { recursive: true });
      writeFileSync(join(prefix, "precious"), "");
      const { outcome } = await create(folder, { executable: conda.executable });
      assert.equal(outcome.outcome, "exists");
      assert.ok("prefix" in outcome && outcome.prefix === prefix);
      assert.deepEqual(readdirSync(prefix), ["conda-meta", "precious"]);
      assert.deepEqual(conda.calls(), [["info", "--json"]]);
    });
  }

  test("replacing happens only on request, and the old environment goes when the new one stands", async () => {
    const { conda, folder } = prepare();
    const prefix = join(conda.root, "envs", "demo");
    mkdirSync(join(prefix, "conda-meta"), { recursive: true });
    writeFileSync(join(prefix, "old"), "");
    const { outcome } = await create(folder, { executable: conda.executable, replaceExisting: true });
    assert.equal(outcome.outcome, "created", outcome.log);
    assert.ok(!existsSync(join(prefix, "old")));
    assert.deepEqual(readdirSync(join(conda.root, "envs")), ["demo"]);
  });

  test("a folder that is no environment is never replaced", async () => {
    const { conda, folder } = prepare();
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "data", "precious"), "");
    const target = { prefix: "data" };
    const { outcome } = await create(folder, { executable: conda.executable, target, replaceExisting: true });
    assert.equal(outcome.outcome === "failed" && outcome.reason, "not-an-environment");
    assert.deepEqual(readdirSync(join(folder, "data")), ["precious"]);
    assert.deepEqual(conda.calls(), []);
  });

  const failures: readonly [string, string, RegExp, Partial<CreateRequest>?][] = [
    ["", "packages-not-found", /python=3\.99/, { pythonVersion: "3.99" }],
    ["unsatisfiable", "unsatisfiable", /demo-lib conflicts/],
    ["network", "network", /HTTP 000 CONNECTION FAILED/],
    [
      "terms",
      "terms-of-service",
      /conda tos accept --override-channels --channel \S+main --channel https:\/\/repo\.anaconda\.com\/pkgs\/r$/,
    ],
    ["read-only", "read-only", /Unable to create prefix/],
    ["nothing-made", "nothing-made", /no Python/],
    ["garbage", "unreadable", /Segmentation/],
    ["crash", "crashed", /broke down with an error of its own: .*IndexError/],
    ["silent", "other", /no reason was given/],
    ["solver-problems", "packages-not-found", /python 3\.99/],
    ["solver-problems-0", "packages-not-found", /python 3\.99/],
  ];
  for (const [mode, reason, words, request] of failures) {
    // What the other dialect answers is read in stand-in-conda.test.ts.
    test(`conda fails: ${reason} ${mode}`, async () => {
      const { conda, folder } = prepare({ mode });
      const { outcome } = await create(folder, { executable: conda.executable, ...request });
      assert.equal(outcome.outcome, "failed", outcome.log);
      assert.equal(outcome.outcome === "failed" && outcome.reason, reason);
      assert.match(outcome.message, words);
      assert.match(outcome.message, /No environment was created/);
      assert.doesNotMatch(outcome.message + outcome.log, /secret/);
      assert.ok(!existsSync(join(conda.root, "envs", "demo")));
      await assertKept(folder, { executable: conda.executable, ...request });
    });
  }

  /** What is replaced is there again when nothing came of it. */
  async function assertKept(folder: string, request: Partial<CreateRequest> & Pick<CreateRequest, "executable">) {
    mkdirSync(join(folder, ".conda", "conda-meta"), { recursive: true });
    writeFileSync(join(folder, ".conda", "precious"), "");
    const { outcome } = await create(folder, { ...request, target: { prefix: ".conda" }, replaceExisting: true });
    assert.equal(outcome.outcome, "failed", outcome.log);
    assert.match(outcome.message, /The previous environment .*\.conda is back as it was/);
    assert.deepEqual(readdirSync(join(folder, ".conda")), ["conda-meta", "precious"]);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes("replaced")),
      [],
    );
  }

  test("arguments that the tool does not know are told apart", async () => {
    const { folder } = prepare();
    const executable = join(folder, "conda");
    const answer = 'if [ "$1" = info ]; then echo \'{"envs_dirs": ["/nowhere"]}\'; exit 0; fi';
    const error = "echo 'usage: conda' >&2; echo 'conda: error: unrecognized arguments: --json' >&2; exit 2";
    writeFileSync(executable, `#!/bin/sh\n${answer}\n${error}\n`, { mode: 0o755 });
    const { outcome } = await create(folder, { executable });
    assert.equal(outcome.outcome === "failed" && outcome.reason, "arguments");
    assert.match(outcome.message, /unrecognized arguments: --json/);
  });

  for (const tool of ["mamba", "micromamba"] as const) {
    const yml = "dependencies:\n  - python=3.12\n  - demo-app\n";
    const made = (root: string) => readdirSync(join(root, "envs", "demo", "conda-meta")).join();

    test(`${tool}: from environment.yml, without a question`, async () => {
      const { conda, folder } = prepare({ tool });
      writeFileSync(join(folder, "environment.yml"), yml);
      const request = { executable: conda.executable, tool, environmentFile: "environment.yml" };
      const { outcome } = await create(folder, request);
      assert.equal(outcome.outcome, "created", outcome.log);
      assert.match(made(conda.root), /demo-app-2\.0.*python-3\.12/);
      const again = await create(folder, request);
      assert.equal(again.outcome.outcome, "exists");
    });

    test(`${tool}: a folder that is empty is used, and is there as before when nothing came of it`, async () => {
      const { conda, folder } = prepare({ tool });
      mkdirSync(join(folder, ".conda"));
      const request = { executable: conda.executable, tool, target: { prefix: ".conda" } };
      const failed = await create(folder, { ...request, pythonVersion: "3.99" });
      assert.ok(failed.outcome.outcome === "failed" && failed.outcome.reason === "packages-not-found");
      assert.match(failed.outcome.message, /python 3\.99.* No environment was created/);
      assert.deepEqual(readdirSync(join(folder, ".conda")), []);
      const { outcome } = await create(folder, request);
      assert.equal(outcome.outcome, "created", outcome.log);
    });

    // One program under two names fails in the same words.
    if (tool === "micromamba") continue;
    const failures: readonly [string, string, string, RegExp][] = [
      ["network", "", "network", /could not reach its channel: .*127\.0\.0\.1/],
      ["pip-failed", "  - pip:\n      - tiny==9.9\n", "pip-failed", /pip could not install/],
      ["", "  - demo-lib=1.0\n", "unsatisfiable", /none of the providers/],
      ["nothing-made", "", "nothing-made", /there is no Python/],
    ];
    for (const [mode, more, reason, words] of failures) {
      test(`${tool} fails: ${reason}`, async () => {
        const { conda, folder } = prepare({ tool, mode });
        writeFileSync(join(folder, "environment.yml"), yml + more);
        const { outcome } = await create(folder, {
          executable: conda.executable,
          tool,
          environmentFile: "environment.yml",
        });
        assert.equal(outcome.outcome === "failed" && outcome.reason, reason, outcome.log);
        assert.match(outcome.message, words);
        assert.doesNotMatch(outcome.message + outcome.log, /secret/);
      });
    }
  }

  test("micromamba without a channel gets conda-forge", async () => {
    const { conda, folder } = prepare({ tool: "micromamba" });
    const { outcome } = await create(folder, { executable: conda.executable, tool: "micromamba" });
    assert.equal(outcome.outcome, "created", outcome.log);
    assert.deepEqual(conda.calls()[1]?.slice(3), ["--name", "demo", "--channel", "conda-forge", "python", "pip"]);
  });

  test("when pip fails, the environment stays and the reason is said", async () => {
    const { conda, folder } = prepare();
    const requirements = [writeRequirements(folder, "tiny==9.9\n")];
    const { outcome } = await create(folder, { executable: conda.executable, requirements });
    assert.equal(outcome.outcome, "pip-failed", outcome.log);
    assert.match(outcome.message, /tiny==9\.9/);
    assert.ok("python" in outcome && existsSync(outcome.python));
    await assertKept(folder, { executable: conda.executable, requirements });
  });

  test("venv: made by the chosen Python, and an existing one is left alone", async () => {
    const { folder } = prepare();
    const executable = join(folder, "python3.x");
    // Seeding pip takes seconds and is venv's own affair.
    const real = machinePython?.python;
    const script = `#!/bin/sh\nprintf '%s\\n' "$@" >> "${folder}/arguments"\nexec "${real}" "$@" --without-pip\n`;
    writeFileSync(executable, script, { mode: 0o755 });
    const request = { tool: "venv", executable, target: { prefix: ".venv" } } as const;
    const { outcome } = await create(folder, request);
    assert.equal(outcome.outcome, "created", outcome.log);
    const environment = await readEnvironment(join(folder, ".venv"), env);
    assert.equal(environment?.kind, "venv");
    assert.equal(environment?.version, machinePython?.version);
    const again = await create(folder, request);
    assert.equal(again.outcome.outcome, "exists");
    assert.equal(readFileSync(join(folder, "arguments"), "utf8"), `-I\n-m\nvenv\n${join(folder, ".venv")}\n`);
  });

  test("venv: a Python without ensurepip is told apart", async () => {
    const { folder } = prepare();
    const executable = join(folder, "python3.x");
    const words = "The virtual environment was not created successfully because ensurepip is not available.";
    writeFileSync(executable, `#!/bin/sh\nmkdir -p "$4/bin"\ntouch "$4/pyvenv.cfg"\necho "${words}"\nexit 1\n`, {
      mode: 0o755,
    });
    const { outcome } = await create(folder, { tool: "venv", executable, target: { prefix: ".venv" } });
    assert.equal(outcome.outcome === "failed" && outcome.reason, "no-ensurepip");
    assert.ok(outcome.outcome === "failed" && outcome.halfMade?.prefix === join(folder, ".venv"));
    assert.match(outcome.message, /python3-venv/);
  });

  test("uv: seeded, with the version asked for", async () => {
    const { folder } = prepare();
    const executable = join(folder, "uv");
    const script = `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/arguments"\nmkdir -p "$5/bin"\ntouch "$5/bin/python" "$5/pyvenv.cfg"\n`;
    writeFileSync(executable, script, { mode: 0o755 });
    const request = { tool: "uv", executable, target: { prefix: ".venv" }, pythonVersion: "3.12" } as const;
    const { outcome } = await create(folder, request);
    assert.equal(outcome.outcome, "created", outcome.log);
    const prefix = join(folder, ".venv");
    assert.equal(readFileSync(join(folder, "arguments"), "utf8"), `venv\n--seed\n--python\n3.12\n${prefix}\n`);
  });
});

suite("cancelling", { skip: here }, () => {
  test("before anything runs", async () => {
    const { conda, folder } = prepare();
    const { outcome } = await create(folder, { executable: conda.executable }, AbortSignal.abort());
    assert.equal(outcome.outcome, "cancelled");
    assert.deepEqual(conda.calls(), []);
  });

  test("in the middle: its processes end, and the half-made prefix can be removed", { timeout: 30_000 }, async () => {
    const { conda, folder } = prepare({ dialect: "23.5", mode: "hang" });
    const abort = new AbortController();
    const request: CreateRequest = {
      tool: "conda",
      executable: conda.executable,
      target: { name: "demo" },
      requirements: [],
      folder,
    };
    const onProgress = ({ percentage }: CreationProgress) => percentage === 50 && abort.abort();
    const outcome = await createEnvironment(request, { env, signal: abort.signal, onProgress });
    assert.equal(outcome.outcome, "cancelled", outcome.log);
    const prefix = join(conda.root, "envs", "demo");
    assert.match(outcome.message, /An unfinished environment is left at/);
    const pid = Number(readFileSync(join(conda.root, "grandchild"), "utf8"));
    assert.ok(await ended(pid));
    assert.ok(outcome.outcome === "cancelled" && outcome.halfMade?.prefix === prefix);
    assert.deepEqual(await removeEnvironment(outcome.halfMade), { removed: true });
    assert.ok(!existsSync(prefix));
    assert.deepEqual(readdirSync(conda.root).includes("conda-meta"), true, "base is untouched");
  });

  function cancelledAtPip(request: CreateRequest) {
    const abort = new AbortController();
    const onProgress = ({ message }: CreationProgress) => message === "pip is choosing the versions" && abort.abort();
    return createEnvironment(request, { env, signal: abort.signal, onProgress });
  }

  test("while pip installs: the whole environment is what can be removed; a replaced one is back", async () => {
    const { conda, folder } = prepare();
    const executable = conda.executable;
    const requirements = [writeRequirements(folder)];
    const request: CreateRequest = { tool: "conda", executable, target: { name: "demo" }, requirements, folder };
    const outcome = await cancelledAtPip(request);
    assert.ok(outcome.outcome === "cancelled" && outcome.halfMade, outcome.log);
    assert.deepEqual(await removeEnvironment(outcome.halfMade), { removed: true });
    assert.deepEqual(readdirSync(join(conda.root, "envs")), []);
    const prefix = join(conda.root, "envs", "demo");
    mkdirSync(join(prefix, "conda-meta"), { recursive: true });
    const again = await cancelledAtPip({ ...request, replaceExisting: true });
    assert.equal(again.outcome, "cancelled", again.log);
    assert.match(again.message, /The previous environment .* is back as it was/);
    assert.deepEqual(readdirSync(prefix), ["conda-meta"]);
    assert.deepEqual(readdirSync(join(conda.root, "envs")), ["demo"]);
  });
});

/** Waits until a process has ended; one that does not is killed, so that the failing test leaves nothing behind. */
async function ended(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 1000; waited++) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  process.kill(pid, "SIGKILL");
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

suite("removing what was begun", { skip: here }, () => {
  const begin = (name: string, inside: string) => {
    const prefix = join(mkdtempSync(join(scratch, "remove ")), name);
    mkdirSync(join(prefix, inside), { recursive: true });
    return prefix;
  };

  test("another folder at its place is not removed", async () => {
    const prefix = begin("demo", "conda-meta");
    const removal = await removeEnvironment({ prefix, identity: "1:2:3" });
    assert.equal(removal.removed, false);
    assert.ok(existsSync(join(prefix, "conda-meta")));
  });

  test("what holds no environment is not removed, nor what a link leads to", async () => {
    const { halfMadeAt } = await import("../server/environments/half-made.ts");
    const prefix = begin("demo", "data");
    const halfMade = await halfMadeAt(prefix);
    assert.ok(halfMade);
    assert.equal((await removeEnvironment(halfMade)).removed, false);
    assert.ok(existsSync(join(prefix, "data")));
    const link = `${prefix} link`;
    symlinkSync(begin("other", "conda-meta"), link);
    assert.equal(await halfMadeAt(link), undefined);
  });
});

suite("requests that reach no program", { skip: here }, () => {
  const names = [
    "--clone",
    "-n",
    "",
    ".",
    "..",
    "../x",
    "a/b",
    "a\\b",
    "a b",
    "a:b",
    "a#b",
    "base",
    "x\n",
    "$(id)",
    "a;b",
    "a&b",
    "%A%",
    "a\0b",
    "x".repeat(101),
  ];
  for (const name of names) {
    test(`name ${JSON.stringify(name.slice(0, 20))}`, async () => {
      const { conda, folder } = prepare();
      const { outcome } = await create(folder, { executable: conda.executable, target: { name } });
      assert.equal(outcome.outcome === "failed" && outcome.reason, "refused");
      assert.deepEqual(conda.calls(), []);
    });
  }

  for (const prefix of [".", "..", "../outside", "/", "a/../../outside", "x\n", "x\0"]) {
    test(`prefix ${JSON.stringify(prefix)}`, async () => {
      const { conda, folder } = prepare();
      const { outcome } = await create(folder, { executable: conda.executable, target: { prefix } });
      assert.equal(outcome.outcome === "failed" && outcome.reason, "refused");
      assert.deepEqual(conda.calls(), []);
    });
  }

  test("a prefix behind a link that leaves the folder", async () => {
    const { conda, folder } = prepare();
    symlinkSync(mkdtempSync(join(scratch, "outside ")), join(folder, "link"));
    const { outcome } = await create(folder, { executable: conda.executable, target: { prefix: "link/.venv" } });
    assert.equal(outcome.outcome === "failed" && outcome.reason, "refused");
  });

  const wrong: readonly [string, Partial<CreateRequest>][] = [
    ["a version that is an option", { pythonVersion: "--no-deps" }],
    ["a version that is a spec", { pythonVersion: "3.11 evil" }],
    ["a program that is found by the folder it is called in", { executable: "conda" }],
    ["a program that does not exist", { executable: "/no/such/conda" }],
    ["a requirements file that does not exist", { requirements: ["--index-url=http://x"] }],
    ["a name for a venv", { tool: "venv" }],
    ["a folder that does not exist", { folder: "/no/such/folder" }],
  ];
  for (const [title, request] of wrong) {
    test(title, async () => {
      const { conda, folder } = prepare();
      const { outcome } = await create(folder, { executable: conda.executable, ...request });
      assert.equal(outcome.outcome === "failed" && outcome.reason, "refused");
      assert.match(outcome.message, /\. Nothing was created\. /);
      assert.deepEqual(conda.calls(), []);
    });
  }

  test("metacharacters in paths stay text, for the tool and for pip", async () => {
    const { conda, folder: above } = prepare();
    const folder = join(above, "a $(touch pwned) & 'b' \"c\" `id`; é");
    mkdirSync(folder);
    const requirements = [writeRequirements(folder)];
    const target = { prefix: ".conda" };
    const { outcome } = await create(folder, { executable: conda.executable, target, requirements });
    assert.equal(outcome.outcome, "created", outcome.log);
    assert.deepEqual(conda.calls()[0]?.[4], join(folder, ".conda"));
    assert.ok((await readEnvironment(join(folder, ".conda"), env))?.distributions.has("tiny"));
    assert.ok(!readdirSync(folder).includes("pwned"));
    assert.equal(basename(conda.executable), "conda");
  });
});
