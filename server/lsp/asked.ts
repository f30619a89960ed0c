import type { Workspace } from "../host/workspace.ts";
import type { Project } from "../project/project.ts";

/**
 * What the rules asked about the rest of the project while one file was checked, with the answers: its findings hold as
 * long as the answers are the same. What is told at one file for all (`dependencies`, `learning`) and shared copies
 * are not among them: `Diagnostics.around` knows whom those concern.
 */
export class Asked {
  /** The project, which notes what it is asked. */
  readonly project: Project;
  /** Notes that the findings speak of places in another file. */
  readonly about: (path: string) => void;
  readonly #answers = new Map<string, { readonly ask: () => unknown; readonly answer: unknown }>();

  /** What is asked of the file at `own` about itself is no question: its findings are forgotten with it. */
  constructor(workspace: Workspace, own: string) {
    const { project } = workspace;
    const noting =
      <Answer>(name: string, answerOf: (path: string) => Answer, factOf: (path: string) => unknown = answerOf) =>
      (path: string): Answer => {
        if (path !== own) this.#note(`${name} ${path}`, () => factOf(path));
        return answerOf(path);
      };
    // To compare texts would be to read them.
    const versionOf = (path: string) => workspace.versionOf(path);
    this.about = noting("version", () => undefined, versionOf);
    this.project = {
      ...project,
      isFile: noting("isFile", project.isFile),
      hasVersions: noting("hasVersions", project.hasVersions),
      isExported: noting("isExported", project.isExported),
      isArticle: noting("isArticle", project.isArticle),
      learningIn: noting("version", project.learningIn, versionOf),
      sourceOf: noting("version", project.sourceOf, versionOf),
      textOf: noting("version", project.textOf, versionOf),
      requirementsAt: noting("version", project.requirementsAt, versionOf),
      mentions: (path, needle) => {
        if (path !== own) this.#note(`mentions ${needle} ${path}`, () => project.mentions(path, needle));
        return project.mentions(path, needle);
      },
      hasFallbackFor: (path, name) => {
        if (path !== own) this.#note(`hasFallbackFor ${name} ${path}`, () => project.hasFallbackFor(path, name));
        return project.hasFallbackFor(path, name);
      },
      // Others may hold the copies that a comment silences here.
      silencedCopiesIn: (path) => {
        this.#note(`silencedCopiesIn ${path}`, () => project.silencedCopiesIn(path).join());
        return project.silencedCopiesIn(path);
      },
      // Another file says, too, whether this one is a twin.
      isSynchronousTwin: (path) => {
        this.#note(`isSynchronousTwin ${path}`, () => project.isSynchronousTwin(path));
        return project.isSynchronousTwin(path);
      },
      isClaimed: (path, claim) => {
        this.#note(`isClaimed ${claim} ${path}`, () => project.isClaimed(path, claim));
        return project.isClaimed(path, claim);
      },
      tests: () => {
        this.#note("tests", project.tests);
        return project.tests();
      },
    };
  }

  #note(question: string, ask: () => unknown): void {
    if (!this.#answers.has(question)) this.#answers.set(question, { ask, answer: ask() });
  }

  get isAnsweredAlike(): boolean {
    for (const { ask, answer } of this.#answers.values()) if (ask() !== answer) return false;
    return true;
  }
}
