/** Each of two words says the opposite of the other one. */
const opposites = [
  ..."add/remove add/sub add/delete append/pop push/pop insert/remove insert/delete create/delete set/unset get/set".split(
    " ",
  ),
  ..."encode/decode serialize/deserialize pack/unpack compress/decompress encrypt/decrypt dump/load dumps/loads".split(
    " ",
  ),
  ..."read/write load/save load/store send/receive send/recv put/get upload/download import/export to/from".split(" "),
  ..."open/close start/stop begin/end enter/exit start/end enable/disable show/hide lock/unlock acquire/release".split(
    " ",
  ),
  ..."attach/detach connect/disconnect register/unregister subscribe/unsubscribe mount/unmount bind/unbind".split(" "),
  ..."increase/decrease increment/decrement forward/backward next/previous next/prev up/down left/right".split(" "),
  ..."min/max first/last before/after lower/upper include/exclude expand/collapse zip/unzip parse/format".split(" "),
].map((pair) => pair.split("/"));

/** Are two functions one operation and its reverse: `encode_name` and `decode_name`, `__add__` and `__radd__`? */
export function areReverse(one: string, other: string): boolean {
  const [plain, otherPlain] = [one, other].map((name) => name.replace(/^__[ri](?=\w+__$)/, "__"));
  if (one !== other && plain === otherPlain) return true;
  const [words, otherWords] = [wordsOf(one), wordsOf(other)];
  if (words.length !== otherWords.length) return false;
  const changed = words.flatMap((word, index) => (word === otherWords[index] ? [] : [[word, otherWords[index] ?? ""]]));
  return (
    changed.length > 0 &&
    changed.every(([a, b]) => opposites.some(([x, y]) => (a === x && b === y) || (a === y && b === x)))
  );
}

/** Are two functions one algorithm with and without recursion: `walk` and `walk_recursive`, or `walk_iterative`? */
export function areLoopAndRecursion(one: string, other: string): boolean {
  const [words, otherWords] = [one, other].map((name) =>
    wordsOf(name)
      .filter((word) => !control.has(word))
      .join("_"),
  );
  return one !== other && words !== "" && words === otherWords;
}

const control = new Set(["iterative", "iteratively", "loop", "recursion", "recursive", "recursively"]);

/** The words of a name in `snake_case` or `camelCase`, in lower case. */
function wordsOf(name: string): string[] {
  return name.split(/_+|(?<=[a-z\d])(?=[A-Z])/).map((word) => word.toLowerCase());
}
