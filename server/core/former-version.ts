import { packagesAround } from "./packages.ts";

/** What is asked of a project: see `Project`. */
interface Files {
  isFile(path: string): boolean;
  sourceOf(path: string): string | undefined;
}

/** So many versions may have come and gone between two that are kept. */
const widestGap = 3;

/**
 * Is a Python file (POSIX path) a version that stays as it was for those who use it? What another one was in its first version, as
 * `shop/v1/prices.py` is beside `shop/prices.py`, where there is no `v2`, too: then both are interfaces of today. Or `walker_v4.py`
 * beside `walker_v5.py`, where an `__init__.py` above names both with their numbers, so that both are published.
 */
export function isFormerVersion(path: string, files: Files): boolean {
  return isFirstVersion(path, files) || isNumberedVersion(path, files);
}

function isFirstVersion(path: string, files: Files): boolean {
  // Asked of every copy: nearly no path has it.
  if (!path.includes("/v1/")) return false;
  const [, above, rest] = /^(.+\/)v1\/(.+)$/.exec(path) ?? [];
  if (above === undefined || rest === undefined || rest.endsWith("__init__.py")) return false;
  return files.isFile(above + rest) && !files.isFile(`${above}v2/${rest}`);
}

function isNumberedVersion(path: string, files: Files): boolean {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const [, name, number] = /^(\w+_v)(\d+)\.py$/.exec(path.slice(folder.length)) ?? [];
  if (folder === "" || name === undefined) return false;
  const own = Number(number);
  const later = Array.from({ length: widestGap }, (_, index) => own + index + 1).find((each) =>
    files.isFile(`${folder}${name}${each}.py`),
  );
  if (later === undefined) return false;
  const published = [own, later].map((each) => new RegExp(`\\b${name}${each}\\b`));
  return packagesAround(path).some((each) => {
    const text = files.sourceOf(each);
    return text !== undefined && published.every((named) => named.test(text));
  });
}
