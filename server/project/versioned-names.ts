const versioned =
  /^(.*?[A-Za-z])(?:_?[vV]?[1-9]|_(?:new|old|copy|backup|bak|orig|original|fixed|final|improved|prev)\d?)$/;
/** `log2` is a name of mathematics, and no second `log`. */
const mathematical = /(?:log|exp|tan)\d$/;

/** The name that another is a version of: the one without the suffix, or the first version before it. */
export function baseOf(name: string, names: Iterable<string>): string | undefined {
  const stem = versioned.exec(name)?.[1];
  if (stem === undefined || mathematical.test(name)) return undefined;
  let first: string | undefined;
  let isPassed = false;
  for (const other of names) {
    if (other === stem) return stem;
    if (other === name) isPassed = true;
    if (!isPassed && first === undefined && versioned.exec(other)?.[1] === stem) first = other;
  }
  return first;
}

/** Is any of these names a version of another? */
export function hasVersions(names: ReadonlySet<string>): boolean {
  for (const name of names) if (baseOf(name, names) !== undefined) return true;
  return false;
}
