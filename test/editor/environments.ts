// Environments for tests that need no pip: what an editor reads of one, as files; and a PATH that the test governs.
import { chmodSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machinePython } from "../stand-ins/install.ts";
import { workspaceWith } from "./workspace.ts";

/** Makes `.venv` in a workspace, in which these versions seem to be installed. Its Python does not run. */
export function installVenv(workspace: string, versions: Readonly<Record<string, string>>): void {
  const prefix = join(workspace, ".venv");
  const site = join(prefix, "lib/python3.11/site-packages");
  mkdirSync(site, { recursive: true });
  mkdirSync(join(prefix, "bin"));
  writeFileSync(join(prefix, "pyvenv.cfg"), "home = /usr/bin\nversion = 3.11.7\n");
  writeFileSync(join(prefix, "bin/python"), "#!/bin/sh\nexit 1\n");
  chmodSync(join(prefix, "bin/python"), 0o755);
  for (const [name, version] of Object.entries(versions)) {
    const folder = join(site, `${name.replaceAll("-", "_")}-${version}.dist-info`);
    mkdirSync(folder);
    writeFileSync(join(folder, "METADATA"), `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`);
    writeFileSync(join(folder, "INSTALLER"), "pip\n");
  }
}

/**
 * A home and a PATH of their own, with the machine's Python and the conda that is chosen at the time. The PATH is also
 * in the home's `.profile`, because the editor asks a login shell for it.
 */
export class Shell {
  readonly #bin: string;
  readonly variables: NodeJS.ProcessEnv;

  constructor() {
    const folder = homeWithPython();
    this.#bin = join(folder, "bin");
    this.variables = {
      HOME: folder,
      SHELL: "/bin/sh",
      PATH: pathWith(this.#bin),
      CONDA_EXE: undefined,
      CONDA_PREFIX: undefined,
      MAMBA_EXE: undefined,
      MAMBA_ROOT_PREFIX: undefined,
      VIRTUAL_ENV: undefined,
      PIP_NO_INDEX: "1",
    };
  }

  /** Makes `conda` mean this program from now on, or nothing. */
  useConda(executable: string | undefined): void {
    const link = join(this.#bin, "conda");
    try {
      unlinkSync(link);
    } catch {
      // There was none.
    }
    if (executable !== undefined) symlinkSync(executable, link);
  }
}

function homeWithPython(): string {
  const folder = workspaceWith({});
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(folder, ".profile"), `export PATH='${pathWith(bin)}'\n`);
  // Seeding pip takes seconds and is venv's own affair.
  const script = `#!/bin/sh\ncase "$*" in *"-m venv"*) set -- "$@" --without-pip;; esac\nexec "${machinePython?.python}" "$@"\n`;
  if (machinePython) writeFileSync(join(bin, "python3"), script, { mode: 0o755 });
  return folder;
}

function pathWith(bin: string): string {
  return `${bin}:/usr/bin:/bin`;
}
