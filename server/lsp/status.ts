import type { Connection } from "vscode-languageserver";
import type { Workspace } from "../host/workspace.ts";
import type { PythonEnvironment } from "../project/project.ts";
import type { Places } from "./platform.ts";

/** What the editor shows in its status item; sent as the notification `groundwork/status`. */
export interface StatusParams {
  readonly busy: boolean;
  readonly folders: readonly {
    readonly uri: string;
    readonly files: number;
    readonly errors: number;
    /** The globs as they count now. */
    readonly stages: { readonly experimental: readonly string[]; readonly production: readonly string[] };
    readonly environment?: Pick<PythonEnvironment, "kind" | "name" | "prefix" | "version">;
  }[];
}

export class Status {
  readonly #connection: Connection;
  readonly #places: Places;
  #params: StatusParams = { busy: false, folders: [] };

  constructor(connection: Connection, places: Places) {
    this.#connection = connection;
    this.#places = places;
  }

  setBusy(busy: boolean): void {
    this.#send({ ...this.#params, busy });
  }

  show(workspaces: readonly Workspace[]): void {
    const folders = workspaces.map((workspace) => ({
      uri: this.#places.uriAt(workspace.root),
      files: workspace.paths.length,
      errors: workspace.errors.size,
      stages: {
        experimental: workspace.settings.stagesExperimental,
        production: workspace.settings.stagesProduction,
      },
      ...(workspace.environment && {
        environment: {
          name: workspace.environment.name,
          kind: workspace.environment.kind,
          prefix: workspace.environment.prefix,
          version: workspace.environment.version,
        },
      }),
    }));
    this.#send({ ...this.#params, folders });
  }

  #send(params: StatusParams): void {
    this.#params = params;
    void this.#connection.sendNotification("groundwork/status", params);
  }
}
