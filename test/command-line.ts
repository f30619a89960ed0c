// The built command line, run in a folder of its own.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { folderWith } from "./lsp-client.ts";

export const program = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));

export function groundwork(root: string, ...args: readonly string[]) {
  const env = { ...process.env, LC_ALL: "C", VIRTUAL_ENV: "", CONDA_PREFIX: "", NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

export function inFolder(files: Readonly<Record<string, string | Uint8Array>>, run: (root: string) => void): void {
  const folder = folderWith(files);
  try {
    run(folder.root);
  } finally {
    folder.dispose();
  }
}
