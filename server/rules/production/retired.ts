import type { Project } from "../../project/project.ts";

/** What each such path holds, asked first, since it is asked of every copy. */
const word = /legacy|deprecated|archive|attic|obsolete|old\//i;
const retired = /(?:^|\/)(?:_*legacy\w*(?=[/.])|\w*deprecated\w*(?=[/.])|_*(?:archived?|attic|obsolete|old)(?=\/))/i;

/** Is a file (POSIX path) named as code that waits to be deleted, or is kept to be looked up? */
export function isNamedRetired(path: string): boolean {
  return word.test(path) && retired.test(path);
}

/** The same where the module or its package says so, too. Nobody should rework it. */
export function isRetired(path: string, project: Pick<Project, "isClaimed">): boolean {
  return isNamedRetired(path) || project.isClaimed(path, "deprecated");
}
