import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DependencyIndex } from "../project/dependency-index.ts";
import type { TestSources } from "./test-index.ts";
import type { Workspace } from "./workspace.ts";

/** Where the facts about the tests of a workspace come from, as it stands whenever they are asked for. */
export function testSourcesOf(workspace: Workspace, dependencies: DependencyIndex): TestSources {
  const { root } = workspace;
  return {
    get settings() {
      return workspace.settings;
    },
    get paths() {
      return workspace.paths.filter((path) => path.endsWith(".py"));
    },
    get compiledImports() {
      const compiled = dependencies.paths.filter((path) => path.endsWith(".pyx"));
      return compiled.flatMap((path) => (dependencies.get(path)?.code?.imports ?? []).map(({ name }) => name));
    },
    textOf: (path) => workspace.textOf(path),
    diskTextOf: (path) => orElse(() => readFileSync(join(root, path), "utf8"), undefined),
    namesIn: (folder) => orElse(() => readdirSync(join(root, folder)), []),
    isThere: (path) => existsSync(join(root, path)),
    isAsked: () => true,
  };
}

/** What cannot be read says nothing. */
function orElse<Value, Other>(read: () => Value, other: Other): Value | Other {
  try {
    return read();
  } catch {
    return other;
  }
}
