// What conda 23.5 and conda 26.7 were recorded to answer (stand-ins/recorded.json, shortened): the stand-in answers so,
// case by case and in the order of the recording, and each failure is told with words of its own.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { condaAnswer } from "../server/environments/conda-answer.ts";
import { failureMessage } from "../server/environments/messages.ts";
import { type Setup, type Spoken, speak } from "./stand-ins/conda.ts";
import { machinePython } from "./stand-ins/install.ts";

/** One recorded call; ROOT is conda's installation, WS the folder of the project. */
interface Recorded {
  readonly id: string;
  readonly conda: "23.5" | "26.7";
  readonly arguments: readonly string[];
  readonly exitCode: number;
  readonly exception?: string;
  /** The first line of the exception's message. */
  readonly message?: string;
  readonly packages?: readonly string[];
  /** Of the JSON object, where it is no exception. */
  readonly keys?: readonly string[];
  readonly linked?: readonly string[];
  readonly prefix?: string;
  /** Whether NUL-separated records came before. */
  readonly progress?: boolean;
  /** The first word of stderr. */
  readonly stderr?: string;
  /** A telling line of a text. */
  readonly says?: string;
  /** Of failures: the output, shortened. */
  readonly answer?: Spoken;
  /** `false` for what the stand-in is never asked. */
  readonly isSpoken?: boolean;
}

const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(new URL("./stand-ins/recorded.json", import.meta.url), "utf8"),
);
const scratch = mkdtempSync(join(tmpdir(), "stand-in "));
after(() => rmSync(scratch, { recursive: true, force: true }));

for (const dialect of ["23.5", "26.7"] as const) {
  suite(`the stand-in speaks as conda ${dialect}`, { skip: process.platform === "win32" }, () => {
    const root = join(scratch, dialect, "root");
    const folder = join(scratch, dialect, "ws");
    for (const each of [join(root, "conda-meta"), folder]) mkdirSync(each, { recursive: true });
    const files = {
      "environment.yml": "name: fromyml\ndependencies:\n  - python=3.12\n  - demo-app\n",
      "e2.yml": "name: e2\ndependencies:\n  - python\n  - pip:\n      - tiny==9.9\n",
      "e3.yml": "name: e3\ndependencies:\n  - nosuchpkg\n",
      "e4.yml": "dependencies:\n  - python\n",
      "requirements.txt": "demo-app\n",
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const shortened = (text: string) => text.replaceAll(root, "ROOT").replaceAll(folder, "WS");
    for (const each of recorded.filter((one) => one.conda === dialect && one.isSpoken !== false)) {
      test(each.id, () => {
        const modes: Readonly<Record<string, string>> = {
          "49-create-readonly": "read-only",
          "50-env-create-pip-fail": "pip-failed",
          "54-channel-down": "network",
        };
        const setup: Setup = {
          root,
          dialect,
          tool: "conda",
          mode: modes[each.id] ?? "",
          python: machinePython?.python ?? "",
          pythonVersion: "",
          library: machinePython?.library ?? "",
          pip: "",
        };
        const args = each.arguments.map((word) => word.replace("ROOT", root).replace("WS", folder));
        const spoken = speak(args, setup);
        assert.deepEqual(factsOf(spoken, each, shortened), expected(each));
        if (each.prefix && each.linked && !args.includes("--dry-run")) isReal(each, root, folder);
      });
    }
  });
}

function expected({ exitCode, exception, message, packages, keys, linked, prefix, progress, stderr, says }: Recorded) {
  return { exitCode, exception, message, packages, keys, linked, prefix, progress, stderr, says };
}

function factsOf(spoken: Spoken, each: Recorded, shortened: (text: string) => string): ReturnType<typeof expected> {
  const last = spoken.stdout.split("\0").at(-1) ?? "";
  const value = jsonOf(last) ?? jsonOf(spoken.stderr);
  const facts = { ...expected({ ...each, keys: undefined } as never), exitCode: spoken.exitCode };
  if (!value) return { ...facts, keys: undefined, says: sayingOf(spoken, each, shortened) };
  if (value.exception_name) {
    const message = shortened(String(value.message))
      .split("\n")[0]
      ?.replace("/ws/ro", "WS/ro")
      .replace("u:secret@", "");
    return { ...facts, exception: String(value.exception_name), message, packages: value.packages as string[] };
  }
  const keys = Object.keys(value).sort();
  return {
    ...facts,
    keys: each.keys?.every((key) => keys.includes(key)) && !("actions" in value) ? each.keys : keys,
    ...("prefix" in value && { prefix: shortened(String(value.prefix)) }),
    ...(value.actions !== undefined && { linked: linkedIn(value.actions) }),
    ...(each.progress !== undefined && { progress: spoken.stdout.includes("\0") }),
    ...(each.stderr !== undefined && { stderr: spoken.stderr.split(/[ :]/)[0] }),
  };
}

function sayingOf({ stdout, stderr }: Spoken, { says = "" }: Recorded, shortened: (text: string) => string): string {
  const lines = shortened(`${stdout}\n${stderr}`).split("\n");
  return lines.find((line) => line !== "" && says.startsWith(line)) === undefined ? lines.join("\n") : says;
}

function linkedIn(actions: unknown): readonly string[] {
  const { LINK = [] } = actions as { LINK?: { name: string; version: string }[] };
  return LINK.map(({ name, version }) => `${name}-${version}`).sort();
}

function jsonOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What conda said it linked has a record in conda-meta, and nothing else has. */
function isReal({ prefix = "", linked = [] }: Recorded, root: string, folder: string): void {
  const place = prefix.replace("ROOT", root).replace("WS", folder);
  const records = readdirSync(join(place, "conda-meta")).filter((name) => name.endsWith(".json"));
  assert.deepEqual(records.map((name) => name.replace(/-[^-]+\.json$/, "")).sort(), linked);
  if (machinePython && linked.length > 0) assert.ok(existsSync(join(place, "bin", "python")));
}

suite("each recorded failure", () => {
  /** By the number that begins the recording's name; the exit code alone would call the first one a success. */
  const reasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "23.5": {
      "09": "question",
      "10": "packages-not-found",
      "11": "packages-not-found",
      "12": "packages-not-found",
      "13": "unsatisfiable",
      "14": "bad-spec",
      "15": "bad-name",
      "17": "bad-name",
      "22": "not-an-environment",
      "26": "exists",
      "40": "arguments",
    },
    "26.7": {
      "11": "packages-not-found",
      "12": "packages-not-found",
      "13": "unsatisfiable",
      "14": "crashed",
      "15": "bad-name",
      "17": "bad-name",
      "22": "not-an-environment",
      "42": "not-an-environment",
      "44": "arguments",
      "47": "frozen",
      "48": "arguments",
      "49": "read-only",
      "50": "pip-failed",
      "51": "packages-not-found",
      "52": "bad-file",
      "53": "bad-file",
      "54": "network",
      "55": "packages-not-found",
    },
  };
  const failures = recorded.filter(({ answer }) => answer !== undefined);

  for (const { id, conda, exitCode, answer } of failures) {
    test(`conda ${conda}: ${id}`, () => {
      assert.ok(answer);
      const read = condaAnswer({ exitCode, stdout: answer.stdout, stderr: answer.stderr });
      assert.equal(read.ok ? "ok" : read.reason, reasons[conda]?.[id.slice(0, 2)]);
      assert.ok(!read.ok && read.detail !== "", "the person is told why");
    });
  }

  test("has a message of its own, with what was left and what to do", () => {
    const messages = new Map<string, string>();
    for (const { exitCode, answer } of failures) {
      const read = answer && condaAnswer({ exitCode, stdout: answer.stdout, stderr: answer.stderr });
      if (!read || read.ok) continue;
      messages.set(read.reason, failureMessage("conda", { ...read, detail: "" }, { left: "nothing" }));
    }
    assert.equal(new Set(messages.values()).size, messages.size);
    assert.ok(!messages.has("other"), "none is told with the general message");
    for (const message of messages.values()) {
      assert.match(message, /^conda .*\. No environment was created\. .+\.$/);
    }
  });
});

suite("what mamba says", () => {
  const answers: readonly [string, Partial<Spoken>, string, RegExp][] = [
    [
      "in its JSON, since 2.8, as texts",
      { stdout: '{"log_records": ["info", "Non-conda folder exists at prefix - aborting."], "success": false}' },
      "other",
      /^Non-conda folder exists/,
    ],
    [
      "in its JSON, as records",
      { stdout: '{"log_records": [{"level": "critical", "text": "Could not resolve host: conda.anaconda.org"}]}' },
      "network",
      /^Could not resolve host/,
    ],
    ["on stderr", { stderr: "critical libmamba pip failed to install packages\n" }, "pip-failed", /pip failed/],
    [
      "of an argument that it does not know",
      {
        stderr: "The following argument was not expected: --x\nRun with --help for more information.\n",
        exitCode: 109,
      },
      "arguments",
      /not expected: --x$/,
    ],
  ];
  for (const [where, spoken, reason, words] of answers) {
    test(where, () => {
      const read = condaAnswer({ stdout: "", stderr: "", exitCode: 1, ...spoken });
      assert.equal(read.ok ? "ok" : read.reason, reason);
      assert.match(read.ok ? "" : read.detail, words);
    });
  }
});
