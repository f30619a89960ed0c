import { isTestPath } from "../../clones/test-path.ts";

/**
 * Words of one kind, of which a program supports several side by side: what it runs on, what it computes with and where it
 * keeps things. Each has its own file, which must be read alone.
 */
const kinds = [
  "win windows win32 nt posix unix linux darwin mac macos osx cocoa carbon xlib x11 wayland android ios bsd freebsd openbsd netbsd sunos solaris aix cygwin headless emscripten iphoneos iphonesimulator appletvos watchos",
  "arm64 aarch64 armv7l x86 amd64 i386 i686 ppc64le s390x riscv64",
  "torch pytorch pt tf tensorflow keras jax flax numpy np cupy mxnet paddle tinygrad mlx onnx pandas polars dask arrow pyarrow",
  "mysql mariadb postgres postgresql psycopg psycopg2 pgsql sqlite sqlite3 oracle mssql redis mongo mongodb memcached dynamodb elasticsearch",
  "asyncio trio curio twisted tornado gevent eventlet threading",
  "qt pyqt pyside gtk tk tkinter wx",
].map((words) => new Set(words.split(" ")));

/** The version of Python, or of what else is supported in several, that a folder is for. */
const version = /(^|\/)(?:py|python|cpython)?-?\d+(?:[._]\d+)+(?=\/)|(^|\/)(?:py|python|cpython)-?\d+(?=\/)/gi;
const fewestAlike = 3;

/**
 * Are two files the same for two platforms, libraries or versions, or in two projects that tests keep as examples? What
 * is exactly the same in both needs the library or platform for nothing, unless whole folders are side by side.
 */
export function areSideBySide(one: string, other: string, isExact: boolean): boolean {
  if (one.replace(version, "$1#") === other.replace(version, "$1#")) return true;
  if (isTestPath(one) && isTestPath(other) && one.replace(/\d+/g, "") === other.replace(/\d+/g, "")) return true;
  if (areFixtures(one, other)) return true;
  const [parts = [], otherParts = []] = [one, other].map((path) => path.replace(/\.pyi?$/, "").split("/"));
  const shared = parts.findIndex((part, index) => part !== otherParts[index]);
  return kinds.some((kind) => {
    const [own, theirs] = [parts, otherParts].map((each) =>
      wordOf(each.slice(Math.max(0, shared), isExact ? -1 : undefined), kind),
    );
    return own !== undefined && theirs !== undefined && own !== theirs;
  });
}

/** The last word of a kind in folders' names or the file's. */
function wordOf(parts: readonly string[], kind: ReadonlySet<string>): string | undefined {
  return parts.flatMap((part) => part.toLowerCase().split(/[_.-]/)).findLast((word) => kind.has(word));
}

/** Do two paths below a folder of tests end alike, where the projects begin that stand there as examples? */
function areFixtures(one: string, other: string): boolean {
  if (!/(?:^|\/)tests?\//i.test(one) || !/(?:^|\/)tests?\//i.test(other)) return false;
  const [own, theirs] = [one, other].map((path) => path.split("/").reverse());
  const alike = own?.findIndex((part, index) => part !== theirs?.[index]) ?? 0;
  return alike >= fewestAlike;
}

const fewestVersions = 3;

/** Are two files in packages `v1`, `v2`, `v3` and so on of one package? What was written in an old version is read with its code. */
export function areOfSeries(one: string, other: string, isFile: (path: string) => boolean): boolean {
  const [, around, own] = /^(.+\/)v(\d)\//.exec(one) ?? [];
  const [, otherAround, theirs] = /^(.+\/)v(\d)\//.exec(other) ?? [];
  if (around === undefined || around !== otherAround || own === theirs || !isFile(`${around}__init__.py`)) return false;
  const versions = [own, theirs, "1", "2", "3", "4"].filter((each) => isFile(`${around}v${each}/__init__.py`));
  return new Set(versions).size >= fewestVersions;
}
