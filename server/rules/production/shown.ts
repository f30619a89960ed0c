const shown =
  /(?:^|\/)(?:docs?(?:_?src)?|documentation|examples?|tutorials?|samples?|demos?|recipes?|cookbooks?|gallery|benchmarks?|asv_bench)\/|^document\/|(?:^|\/)(?:[^/]+_benchmarks?|bench(?:marks?)?_[^/]+)\.py$/i;

/** Is a file (POSIX path) documentation, an example or a benchmark: run by hand, and read alone from its first line to its last? */
export function isShown(path: string): boolean {
  return shown.test(path);
}

const needs = ["requirements.txt", "pyproject.toml", "environment.yml"];

/** Are two files of one example that is a project of its own, and says in a file what it needs? */
export function areOfOneExample(one: string, other: string, isFile: (path: string) => boolean): boolean {
  let folder = one;
  do folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
  while (isShown(folder) && !needs.some((name) => isFile(`${folder}/${name}`)));
  return isShown(folder) && other.startsWith(`${folder}/`);
}
