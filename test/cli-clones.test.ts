import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { duplicateBlock } from "../server/rules/production/duplicate-block.ts";
import { groundwork, inFolder } from "./command-line.ts";

const copied = duplicateBlock.example.bad;
const first = copied.slice(0, copied.indexOf("\n\ndef mean_sale"));
const second = copied.slice(copied.indexOf("def mean_sale"));

interface ClonesOutput {
  readonly classes: readonly {
    readonly kind: string;
    readonly tokens: number;
    readonly saves: number;
    readonly copies: readonly {
      readonly file: string;
      readonly startLine: number;
      readonly endLine: number;
      readonly new?: boolean;
    }[];
  }[];
  readonly files: number;
  readonly lines: number;
  readonly duplicatedLines: number;
  readonly percent: number;
  readonly base?: { readonly revision: string; readonly commit: string; readonly addedLines: number };
}

function clones(root: string, ...args: readonly string[]): ClonesOutput {
  const { stdout, stderr, status } = groundwork(root, "clones", ".", "--format", "json", ...args);
  assert.deepEqual([stderr, status], ["", 0]);
  return JSON.parse(stdout);
}

describe("clones", () => {
  test("classes with their copies, and how much of the code they are", () => {
    inFolder({ "a.py": copied }, (root) => {
      const { classes, files, lines, duplicatedLines, percent } = clones(root);
      assert.deepEqual([files, lines], [1, copied.split("\n").length - 1]);
      assert.equal(classes[0]?.kind, "exact");
      assert.deepEqual(
        classes[0].copies.map((copy) => copy.startLine),
        [5, 14],
      );
      assert.ok(classes[0].tokens > 40);
      assert.deepEqual([duplicatedLines, percent, classes[0].saves], [10, 52.63, 5]);
    });
  });

  test("a marker at one copy silences the pair", () => {
    const marked = copied.replace('sep=";")\n', 'sep=";")  # groundwork: ignore[duplicate-block]\n');
    inFolder({ "a.py": marked }, (root) => {
      assert.deepEqual(clones(root).classes, []);
      assert.doesNotMatch(groundwork(root, "check").stdout, /duplicate-block/);
    });
  });

  test("what `duplicates.exclude` names counts as a copy of nothing, and is looked at all the same", () => {
    const pyproject = '[tool.groundwork.duplicates]\nexclude = ["legacy", "old_*.py"]\n';
    const files = {
      "a.py": first,
      "b.py": second,
      "legacy/c.py": copied,
      "old_d.py": copied,
      "pyproject.toml": pyproject,
    };
    inFolder(files, (root) => {
      const found = clones(root).classes.map(({ copies }) => copies.map(({ file }) => file));
      assert.deepEqual(found, [["a.py", "b.py"]]);
      assert.match(groundwork(root, "check", "--format", "json").stdout, /"files":4,/);
    });
  });

  test("--fail-over is a limit in per cent: 1 above it, 0 at it, 2 for what is none", () => {
    inFolder({ "a.py": copied }, (root) => {
      const run = (limit: string) => groundwork(root, "clones", "--fail-over", limit);
      assert.deepEqual([run("52.6").status, run("52.7").status, run("100").status], [1, 0, 0]);
      assert.match(run("52.6").stderr, /52\.63 % of the lines are duplicated, more than the 52\.6 % allowed/);
      for (const wrong of ["-1", "101", "much", ""]) assert.equal(run(wrong).status, 2, wrong);
    });
  });
});

describe("clones --base", () => {
  const git = (root: string, ...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], { cwd: root, stdio: "pipe" });

  /** The files are committed, then `change` changes them. */
  function since(files: Readonly<Record<string, string>>, change: (root: string) => void, run: (root: string) => void) {
    inFolder(files, (root) => {
      git(root, "init", "--quiet");
      git(root, "add", "--all");
      git(root, "commit", "--quiet", "--message", "base");
      change(root);
      run(root);
    });
  }

  const marksIn = ({ classes }: ClonesOutput) =>
    classes.map(({ copies }) => copies.map((copy) => `${copy.file}:${copy.startLine}${copy.new ? " new" : ""}`));

  test("what was there before is not told, also where lines around it moved and its file has another name", () => {
    const move = (root: string) => {
      writeFileSync(join(root, "a.py"), `import sys\n\nprint(sys.argv)\n${copied}`);
      renameSync(join(root, "a.py"), join(root, 'b ç".py'));
      git(root, "add", "--all");
    };
    since({ "a.py": copied, "old.py": "x = 1\n" }, move, (root) => {
      const found = clones(root, "--base", "HEAD");
      assert.deepEqual([found.classes, found.duplicatedLines, found.base?.addedLines], [[], 0, 3]);
      assert.equal(found.base?.commit.length, 40);
    });
  });

  test("a copy in a file that git does not know is new, and the part of its lines that is duplicated counts", () => {
    since(
      { "a.py": first },
      (root) => writeFileSync(join(root, "b.py"), second),
      (root) => {
        const found = clones(root, "--base", "HEAD");
        assert.deepEqual(marksIn(found), [["a.py:5", "b.py:2 new"]]);
        assert.deepEqual([found.duplicatedLines, found.base?.addedLines, found.percent], [5, 7, 71.43]);
        assert.equal(groundwork(root, "clones", "--base", "HEAD", "--fail-over", "70").status, 1);
        assert.match(groundwork(root, "clones", "--base", "HEAD").stdout, /b\.py:2-6 \(new\)\n/);
      },
    );
  });

  test("a third copy makes an old class larger", () => {
    const third = `\n\n${second.replace("mean_sale", "least_sale").replace("mean()", "min()")}`;
    since(
      { "a.py": copied },
      (root) => appendFileSync(join(root, "a.py"), third),
      (root) => {
        assert.deepEqual(marksIn(clones(root, "--base", "HEAD")), [["a.py:5", "a.py:14", "a.py:23 new"]]);
      },
    );
  });

  test("copies that are changed alike are not new; a change that makes copies equal is", () => {
    const change = (root: string) => {
      writeFileSync(join(root, "a.py"), copied.replaceAll("> 0", "> 1"));
      writeFileSync(join(root, "b.py"), "y = 2\n");
    };
    since({ "a.py": copied, "b.py": "y = 1\n" }, change, (root) => {
      assert.deepEqual(clones(root, "--base", "HEAD").classes, []);
    });
    const apart = copied.replace("table = table.dropna", "table = table.fillna");
    since(
      { "a.py": apart },
      (root) => writeFileSync(join(root, "a.py"), copied),
      (root) => {
        assert.equal(clones(root, "--base", "HEAD").classes.length, 1);
      },
    );
  });

  test("a copy that is gone leaves nothing to tell", () => {
    since(
      { "a.py": first, "b.py": second },
      (root) => rmSync(join(root, "b.py")),
      (root) => {
        assert.deepEqual(clones(root, "--base", "HEAD").classes, []);
      },
    );
  });

  test("a revision that git does not know, a folder without git, and a machine without git are told apart", () => {
    inFolder({ "a.py": copied }, (root) => {
      const outside = groundwork(root, "clones", "--base", "main");
      assert.deepEqual([outside.status, outside.stdout], [2, ""]);
      assert.match(outside.stderr, /is in no git repository/);
      git(root, "init", "--quiet");
      assert.match(groundwork(root, "clones", "--base", "--help").stderr, /git knows no revision `--help`/);
      const path = process.env.PATH;
      process.env.PATH = root;
      const without = groundwork(root, "clones", "--base", "main");
      process.env.PATH = path;
      assert.match(without.stderr, /git could not be started/);
      assert.equal(without.status, 2);
    });
  });
});

describe("clones --format html", () => {
  test("a page that needs nothing from elsewhere and runs nothing, with its own style allowed by its hash", () => {
    const evil = copied.replaceAll("price", "<script>alert(1)</script>&'");
    inFolder({ "pkg/a.py": evil, "pkg/<b>.py": "x = 1\n" }, (root) => {
      const page = groundwork(root, "clones", "--format", "html").stdout;
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
      const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
      const hash = createHash("sha256").update(style).digest("base64");
      assert.equal(policy, `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
      assert.doesNotMatch(page, /<script|<b>|\sstyle=|\son\w+=|https?:|src=|url\(|@import/);
      assert.match(page, /prefers-color-scheme: dark/);
      assert.match(page, /<html lang="en">/);
    });
  });

  test("shows the map, the share of each file, and the copies side by side with what differs marked", () => {
    const renamed = second.replaceAll("table", "rows");
    inFolder({ "pkg/a.py": first, "pkg/b.py": renamed }, (root) => {
      const page = groundwork(root, "clones", "--format", "html").stdout;
      assert.match(page, /<title>pkg\/a\.py: 5 of 10 lines duplicated<\/title>/);
      assert.match(page, /<path class="l-f0 l-f1"/);
      assert.match(page, /<td><code><mark>table<\/mark> = pd\.read_csv\(path, sep=&#34;;&#34;\)<\/code><\/td>/);
      assert.match(page, /<td class="number">2<\/td><td><code><mark>rows<\/mark> = pd/);
      for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(page.includes(`id="${target}"`), target);
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length);
    });
  });

  test("nothing to show is a page, too", () => {
    inFolder({ "readme.txt": "" }, (root) => {
      const { stdout, status } = groundwork(root, "clones", "--format", "html");
      assert.equal(status, 0);
      assert.match(stdout, /Duplicated lines: 0 of 0 \(0 %\)/);
    });
  });
});
