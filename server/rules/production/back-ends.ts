import { isTestPath } from "../../clones/test-path.ts";
import type { Dependencies } from "../../project/dependencies.ts";

/**
 * Are two files of tests in neighbouring folders that are each named after a declared library which its tests import? Each is run
 * where its library is installed, and does without what the other one needs.
 */
export function areOfTwoBackEnds(one: string, other: string, dependencies: Dependencies | undefined): boolean {
  if (!dependencies || !isTestPath(one) || !isTestPath(other)) return false;
  const [own, theirs] = [one, other].map((path) => path.split("/").slice(0, -1));
  const at = own?.findIndex((folder, index) => folder !== theirs?.[index]) ?? -1;
  return at > 0 && [own, theirs].every((folders) => isOfLibrary(folders?.slice(0, at + 1) ?? [], dependencies));
}

/** Is a folder named after a declared library, and do its files import that? */
function isOfLibrary(folders: readonly string[], dependencies: Dependencies): boolean {
  const [name = "", folder] = [folders.at(-1), `${folders.join("/")}/`];
  if (!dependencies.isDeclared(name)) return false;
  return dependencies.importing.some(
    ({ path, imports }) => path.startsWith(folder) && imports.some(({ module }) => module === name),
  );
}
