// Globs come from the project, which may be anybody's: what they mean, and that nobody waits for one.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { isTooWild, matchesGlob } from "../server/core/globs.ts";
import { Workspace } from "../server/host/workspace.ts";
import { readConfiguration } from "../server/project/configuration.ts";
import { folderWith } from "./lsp-client.ts";

const usual: readonly (readonly [glob: string, matches: readonly string[], others: readonly string[]])[] = [
  ["notebooks/**", ["notebooks/a.ipynb", "notebooks/a/b.py"], ["src/notebooks/a.py", "notebooks.py"]],
  ["legacy", ["legacy", "legacy/a.py", "legacy/.a/b.py"], ["src/legacy/a.py"]],
  ["./legacy/", ["legacy/a.py"], ["legacy2/a.py"]],
  ["**/test_*.py", ["test_a.py", "a/b/test_c.py"], ["a/tests.py"]],
  ["src/**/tests/**/*_test.py", ["src/tests/a_test.py", "src/a/tests/b/c_test.py"], ["src/a_test.py"]],
  ["*.{py,pyi}", ["a.py", "a.pyi"], ["a/b.py", "a.pyx"]],
  ["[!a]*.py", ["b.py"], ["a.py"]],
  ["[a-c]?.py", ["ab.py"], ["db.py", "a.py"]],
  ["notes (old)/**", ["notes (old)/a.py"], ["notes old/a.py", "notes /a.py"]],
  ["c++", ["c++/a.py"], ["cc/a.py", "c/a.py"]],
  ["a\\[1\\] \\(copy\\)/**", ["a[1] (copy)/x.py"], ["a1 (copy)/x.py"]],
  ["a|b", ["a|b/c.py"], ["a", "b"]],
  ["", [], ["a.py", ""]],
];

/** Each of them, or a few of a kind more, would keep a matcher busy for longer than anybody lives. */
const wild = [
  "*a*a*a*a*a*a*a*a*a*a*b",
  "**/a/**/a/**/a/**/a/**/a/b",
  "{*a,*b}{*a,*b}{*a,*b}{*a,*b}c",
  "{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}b",
  "{a/*a*,a*/*a*}*b",
  `{${"a,".repeat(1000)}a}b`,
];
/** Regular expressions or groups for others; words for us. */
const words = [
  "+(*a*|*a*a*)b",
  "(a+)+b",
  "(a|aa)+b",
  "@(a|aa)*(a|aa)b",

  "[a]+[a]+[a]+[a]+b",
  "*(*(*(a)))b",
];
const paths = ["a".repeat(255), `${"a/".repeat(1000)}a`, `${"a".repeat(200)}!`, `${"aa/".repeat(500)}!`];

suite("globs", () => {
  test("mean what people write", () => {
    for (const [glob, matching, others] of usual) {
      assert.ok(!isTooWild(glob), glob);
      for (const path of matching) assert.ok(matchesGlob(glob, path), `${glob} ${path}`);
      for (const path of others) assert.ok(!matchesGlob(glob, path), `${glob} ${path}`);
    }
  });

  test("are answered at once, whoever wrote them", { timeout: 30_000 }, () => {
    for (const glob of wild) assert.ok(isTooWild(glob), glob);
    for (const glob of [...wild, ...words]) for (const path of paths) assert.ok(!matchesGlob(glob, path), glob);
    for (const path of paths)
      for (const glob of ["*a*a*b", "**/a/**/a/**/b", "{a,aa}{a,aa}*b"]) matchesGlob(glob, path);
  });

  test("that are too wild are told, and the setting is as if it were not there", () => {
    const text = `[tool.groundwork]\nexclude = ["a/**", "${wild[0]}"]\n[tool.groundwork.per-file-ignores]\n"${wild[1]}" = ["*"]\n`;
    const { problems, settings } = readConfiguration({ name: "pyproject.toml", text }, {});
    assert.deepEqual(settings.exclude, []);
    assert.deepEqual(settings.perFileIgnores, {});
    assert.deepEqual(problems, [
      `\`exclude\`: the glob \`${wild[0]}\` has too many wildcards, at most three in a name; the default is used`,
      `\`per-file-ignores\`: the glob \`${wild[1]}\` has too many wildcards, at most three in a name; the default is used`,
    ]);
  });

  test("of .gitignore that are too wild ignore nothing, and the others do", { timeout: 30_000 }, () => {
    const name = `${"a".repeat(200)}.py`;
    const folder = folderWith({ ".gitignore": `# *****\n${wild[0]}\nleft*.py\n`, [name]: "", "left_out.py": "" });
    using _ = { [Symbol.dispose]: folder.dispose };
    const workspace = new Workspace(folder.root, readConfiguration(undefined, {}).settings);
    for (const _ of workspace.scan());
    assert.deepEqual(workspace.paths, [name]);
  });
});
