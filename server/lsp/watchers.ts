import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
} from "vscode-languageserver";
import type { Workspace } from "../host/workspace.ts";

const sources = ["**/*.{py,pyi}", "**/*{requirements,constraints}*.{txt,in}", "**/requirements/*.{txt,in}"];
const dependencies = [
  "**/*.{ipynb,pyx,yml,yaml,sh,bash,ps1,bat}",
  "**/{Pipfile,pixi.toml,setup.cfg,tox.ini,Procfile,Makefile,makefile,justfile,runtime.txt}",
  "**/{README,readme}{.md,.rst,.txt,}",
  "**/{.python-version,.tool-versions,*Dockerfile*,Containerfile,*.dockerfile}",
];
const configuration = ["**/{pyproject,groundwork}.toml", "**/.gitignore"];

/** What the server wants to hear of, where the client lets it ask. */
export class Watchers {
  readonly #connection: Connection;
  #canWatch = false;
  /** For the files of other names that requirements files include. */
  #included: { readonly patterns: string; readonly registration: Promise<Disposable> } | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async register({ workspace }: ClientCapabilities): Promise<void> {
    const { client } = this.#connection;
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      await client.register(DidChangeConfigurationNotification.type, { section: "groundwork" });
    }
    if (!workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    await this.#watch([...sources, ...dependencies, ...configuration]);
    this.#canWatch = true;
  }

  /** Watches what `-r` and `-c` name now. */
  follow(workspaces: readonly Workspace[]): void {
    if (!this.#canWatch) return;
    const globs = workspaces.flatMap((each) => each.includedPaths.map((path) => `**/${literal(path)}`));
    const patterns = [...new Set(globs)].sort();
    const key = patterns.join("\n");
    if (key === (this.#included?.patterns ?? "")) return;
    this.#included?.registration.then(
      (registration) => registration.dispose(),
      () => {},
    );
    this.#included = { patterns: key, registration: patterns.length === 0 ? nothing : this.#watch(patterns) };
  }

  #watch(patterns: readonly string[]): Promise<Disposable> {
    const watchers = patterns.map((globPattern) => ({ globPattern }));
    return this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}

const nothing: Promise<Disposable> = Promise.resolve({ dispose() {} });

/** Brackets and wildcards of a name stand for themselves. */
function literal(path: string): string {
  return path.replace(/[[\]{}*?]/g, "[$&]");
}
