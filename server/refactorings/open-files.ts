import type { Project } from "../project/project.ts";
import { PythonModule } from "../python/module.ts";

/** The modules of a project's files, each parsed once; the given one stays its owner's. */
export class OpenFiles implements Disposable {
  readonly #project: Project;
  readonly #given: PythonModule;
  readonly #opened = new Map<string, PythonModule>();

  constructor(given: PythonModule, project: Project) {
    this.#given = given;
    this.#project = project;
  }

  /** Undefined for what is no Python file of the project that can be read. */
  at(path: string): PythonModule | undefined {
    if (path === this.#given.path) return this.#given;
    const known = this.#opened.get(path);
    const text = path.endsWith(".py") ? this.#project.sourceOf(path) : undefined;
    if (known || text === undefined) return known;
    const module = new PythonModule(path, text);
    this.#opened.set(path, module);
    return module;
  }

  [Symbol.dispose](): void {
    for (const module of this.#opened.values()) module[Symbol.dispose]();
  }
}
