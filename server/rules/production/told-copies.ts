import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import { largestCopies, type PlacedCopy } from "../../clones/largest-copies.ts";
import { isFormerVersion } from "../../core/former-version.ts";
import type { Project } from "../../project/project.ts";
import { isRetired } from "./retired.ts";

/**
 * The copies in a module of which rules may tell, in its order: what is written twice for `async` is told on one side, and
 * what lies in retired code, or in code that was taken over, on no side.
 */
export function toldCopiesIn(path: string, project: Project): PlacedCopy[] {
  return largestCopies(
    path,
    project.clonesOf(path).flatMap((found) => toldOf(found, project)),
  );
}

/** The class without its copies in synchronous twins, former versions, and code that is retired or was taken over: each once, so that it can be told from another one. */
const told = new WeakMap<CloneClass, CloneClass>();

function toldOf(found: CloneClass, project: Project): CloneClass[] {
  const isKept = ({ path }: Copy) =>
    isRetired(path, project) ||
    project.isClaimed(path, "taken over") ||
    project.isSynchronousTwin(path) ||
    isFormerVersion(path, project);
  const copies = found.copies.filter((copy) => !isKept(copy));
  if (copies.length === found.copies.length) return [found];
  if (copies.length < 2) return [];
  const known = told.get(found);
  if (known?.copies.length === copies.length) return [known];
  const without = { ...found, copies };
  told.set(found, without);
  return [without];
}
