import * as l10n from "@vscode/l10n";
import { run } from "./process.ts";

/** What differs between a folder as it stands on the disk and a revision of its repository. */
export interface Changes {
  /** The commit that the revision names. */
  readonly commit: string;
  /** The files that differ and that git knows, below the folder. */
  readonly files: readonly ChangedFile[];
  /** POSIX paths, relative to the folder, of all files that the revision holds. */
  readonly before: ReadonlySet<string>;
}

/** One file that differs; POSIX paths relative to the folder. A renamed file has two. */
export interface ChangedFile {
  /** Undefined when the file is gone. */
  readonly path: string | undefined;
  /** Its path in the revision; undefined when it was not there. */
  readonly before: string | undefined;
  /** In the order of the lines. */
  readonly hunks: readonly Hunk[];
}

/** Lines that replace others; lines count from 0. Where none are removed or added, they would stand before `start`. */
export interface Hunk {
  readonly start: number;
  readonly added: number;
  readonly startBefore: number;
  readonly removed: readonly string[];
}

/** The Python files of a folder that differ from a revision, or one sentence that says why git cannot tell. */
export async function changesSince(folder: string, revision: string): Promise<Changes | { readonly error: string }> {
  const inside = await git(folder, "rev-parse", "--is-inside-work-tree");
  if (inside.failure) return { error: l10n.t("git could not be started: {0}", inside.stderr.trim()) };
  if (inside.stdout.trim() !== "true") return { error: l10n.t("{0} is in no git repository", folder) };
  const named = await git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  const commit = named.stdout.trim();
  if (named.exitCode !== 0 || commit === "") return { error: l10n.t("git knows no revision `{0}`", revision) };
  const tree = await git(folder, "ls-tree", "-r", "-z", "--name-only", commit);
  const diff = await git(folder, "diff", ...diffOptions, commit, "--", "*.py", "*.pyi");
  const failed = [tree, diff].find((each) => each.exitCode !== 0);
  if (failed) return { error: l10n.t("git could not compare with `{0}`: {1}", revision, failed.stderr.trim()) };
  return { commit, files: changedFiles(diff.stdout), before: new Set(tree.stdout.split("\0").filter(Boolean)) };
}

/** The revision's text of a file, made of its present text (undefined when it is gone). */
export function textBefore({ hunks }: ChangedFile, text: string | undefined): string {
  const lines = text?.split("\n") ?? [];
  const before: string[] = [];
  let next = 0;
  for (const { start, added, removed } of hunks) {
    before.push(...lines.slice(next, start), ...removed);
    next = start + added;
  }
  return [...before, ...lines.slice(next)].join("\n");
}

/** Names in NUL-terminated form first, then the patches in the same order; nothing that the folder's own tools say. */
const diffOptions = [
  "--raw",
  "-z",
  "-p",
  "--unified=0",
  "--find-renames",
  "--relative",
  "--diff-filter=ADMR",
  "--text",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
];

async function git(folder: string, ...args: readonly string[]) {
  const chunks: string[] = [];
  const options = {
    cwd: folder,
    env: { LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" },
    onOutput: (chunk: string, stream: string) => {
      if (stream === "stdout") chunks.push(chunk);
    },
  };
  // A monitor is a program that the repository names itself.
  const result = await run("git", ["-c", "core.fsmonitor=false", ...args], options);
  return { ...result, stdout: chunks.join("") };
}

/** The files of `git diff --raw -z -p`. */
export function changedFiles(output: string): ChangedFile[] {
  const end = output.indexOf("\0\0");
  const fields = output.slice(0, end < 0 ? undefined : end).split("\0");
  const patches =
    end < 0
      ? []
      : output
          .slice(end + 2)
          .split(/^diff --git .*\n/m)
          .slice(1);
  const files: ChangedFile[] = [];
  for (let at = 0; (fields[at] ?? "").startsWith(":"); ) {
    const status = fields[at]?.split(" ").at(-1)?.[0];
    const before = status === "A" ? undefined : fields[at + 1];
    const path = status === "D" ? undefined : status === "R" ? fields[at + 2] : fields[at + 1];
    at += status === "R" ? 3 : 2;
    files.push({ path, before, hunks: hunksOf(patches[files.length] ?? "") });
  }
  return files;
}

function hunksOf(patch: string): Hunk[] {
  const [, ...pieces] = patch.split(/^@@ (?=-\d)/m);
  return pieces.map((piece) => {
    const [, from = "", removed = "1", to = "", added = "1"] =
      /^-(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))?/.exec(piece) ?? [];
    const lines = piece.split("\n").filter((line) => line.startsWith("-"));
    return {
      start: Number(to) - (added === "0" ? 0 : 1),
      added: Number(added),
      startBefore: Number(from) - (removed === "0" ? 0 : 1),
      // The head of the piece begins with a minus sign, too.
      removed: lines.slice(1).map((line) => line.slice(1)),
    };
  });
}
