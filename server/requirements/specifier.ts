import { strip } from "./blanks.ts";
import { compareKeys, isPrerelease, keyOf, parseVersion, type Version, type VersionKey } from "./version.ts";
import { isSpecifier } from "./version-syntax.ts";

type Operator = "===" | "==" | "!=" | "~=" | "<=" | ">=" | "<" | ">";

/** One clause of a set of version specifiers: `>=1.2` or `==1.2.*`. */
export interface Specifier {
  readonly operator: Operator;
  /** As it is spelt, a trailing `.*` included. */
  readonly version: string;
}

/** Reads one clause, blanks around it allowed; undefined when it is none (PEP 440, "Version specifiers"). */
export function parseSpecifier(text: string): Specifier | undefined {
  const clause = strip(text);
  if (!isSpecifier(clause)) return undefined;
  const operator = operators.find((each) => clause.startsWith(each)) ?? "==";
  return { operator, version: strip(clause.slice(operator.length)) };
}

/** The clauses of `>=1.2,<2`; undefined when one is not valid. No clause allows every version. */
export function parseSpecifiers(text: string): readonly Specifier[] | undefined {
  const clauses: Specifier[] = [];
  for (const part of text.split(",")) {
    if (strip(part) === "") continue;
    const clause = parseSpecifier(part);
    if (!clause) return undefined;
    clauses.push(clause);
  }
  return clauses;
}

/** Longer operators first: each is looked for at the start. */
const operators: readonly Operator[] = ["===", "==", "!=", "~=", "<=", ">=", "<", ">"];

/**
 * Whether a version satisfies specifiers, as `packaging` 26 decides; pre-releases count in unless `prereleases` is
 * false. Specifiers that are not valid are satisfied by nothing.
 */
export function satisfies(version: string, specifiers: string, options: { prereleases?: boolean } = {}): boolean {
  const clauses = parseSpecifiers(specifiers);
  if (!clauses) return false;
  const parsed = parseVersion(version);
  if (options.prereleases === false && parsed && isPrerelease(parsed)) return false;
  return clauses.every((clause) => allows(clause, version, parsed));
}

/** Whether one clause allows a version, pre-releases counted in; `===` compares the text as it is spelt. */
export function allows(clause: Specifier, text: string, version = parseVersion(text)): boolean {
  if (clause.operator === "===") return text.toLowerCase() === clause.version.toLowerCase();
  if (!version) return false;
  const key = keyOf(version);
  return intervalsOf(clause).some(({ low, high }) => !isBelow(key, low) && (!high || isBelow(key, high)));
}

/** The one version that a set fixes: by a single `==` or `===` without `*`, whatever else it says. */
export function pinnedVersion(specifiers: string): string | undefined {
  const fixing = (parseSpecifiers(specifiers) ?? []).filter(
    ({ operator, version }) => operator === "===" || (operator === "==" && !version.endsWith(".*")),
  );
  return fixing.length === 1 ? fixing[0]?.version : undefined;
}

/** Whether no version at all satisfies the specifiers (`SpecifierSet.is_unsatisfiable` of `packaging` 26). */
export function isUnsatisfiable(specifiers: string): boolean {
  const clauses = parseSpecifiers(specifiers);
  if (!clauses) return true;
  const arbitrary = clauses.find((clause) => clause.operator === "===");
  if (arbitrary) return !satisfies(arbitrary.version, specifiers);
  let common: readonly Interval[] = [{ low: lowest, high: undefined }];
  for (const clause of clauses) common = intersection(common, intervalsOf(clause));
  return common.length === 0;
}

/** From `low` on and before `high`; without `high` there is no end. */
interface Interval {
  readonly low: VersionKey;
  readonly high: VersionKey | undefined;
}

const zero: Version = { epoch: 0n, release: [0n], pre: undefined, post: undefined, dev: 0n, local: undefined };
const lowest = keyOf(zero);

function isBelow(left: VersionKey, right: VersionKey): boolean {
  return compareKeys(left, right) < 0;
}

function intersection(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  return left.flatMap((one) =>
    right.flatMap((other) => {
      const low = isBelow(one.low, other.low) ? other.low : one.low;
      const high = one.high && (!other.high || isBelow(one.high, other.high)) ? one.high : other.high;
      return !high || isBelow(low, high) ? [{ low, high }] : [];
    }),
  );
}

/** The versions that a clause allows, as intervals that do not overlap. */
function intervalsOf({ operator, version: text }: Specifier): readonly Interval[] {
  const isPrefix = text.endsWith(".*");
  const version = parseVersion(isPrefix ? text.slice(0, -2) : text);
  if (!version) return [];
  switch (operator) {
    case "==":
      return [isPrefix ? prefixOf(version) : exactly(version)];
    case "!=":
      return outside(isPrefix ? prefixOf(version) : exactly(version));
    case "~=":
      return [{ low: keyOf(version), high: afterPrefix({ ...version, release: version.release.slice(0, -1) }) }];
    case ">=":
      return [{ low: keyOf(version), high: undefined }];
    case "<=":
      return [{ low: lowest, high: afterLocals(version) }];
    case ">":
      return [{ low: afterPosts(version), high: undefined }];
    case "<":
      return intersection(
        [{ low: lowest, high: undefined }],
        // `<1.0` leaves the pre-releases of 1.0 out unless it names one itself.
        [{ low: lowest, high: keyOf(isPrerelease(version) ? version : { ...version, dev: 0n }) }],
      );
    case "===":
      return [{ low: lowest, high: undefined }];
  }
}

function outside({ low, high }: Interval): Interval[] {
  const before = isBelow(lowest, low) ? [{ low: lowest, high: low }] : [];
  return high ? [...before, { low: high, high: undefined }] : before;
}

/** `==1.0` also allows `1.0+cpu`; `==1.0+cpu` only itself. */
function exactly(version: Version): Interval {
  const low = keyOf(version);
  // No label continues with an empty word, so nothing lies between a local version and this place.
  return { low, high: version.local ? { ...low, local: [...version.local, ""] } : afterLocals(version) };
}

function prefixOf(version: Version): Interval {
  return { low: keyOf(firstOf(version.epoch, version.release)), high: afterPrefix(version) };
}

/** The first version behind all that start with this release: for 1.2 it is `1.3.dev0`. */
function afterPrefix({ epoch, release }: Version): VersionKey {
  return keyOf(firstOf(epoch, [...release.slice(0, -1), (release.at(-1) ?? 0n) + 1n]));
}

function firstOf(epoch: bigint, release: readonly bigint[]): Version {
  return { ...zero, epoch, release };
}

/** The first version behind this one and its local variants. */
function afterLocals(version: Version): VersionKey {
  if (version.dev !== undefined) return keyOf({ ...version, dev: version.dev + 1n, local: undefined });
  return keyOf({ ...version, post: (version.post ?? -1n) + 1n, dev: 0n, local: undefined });
}

/** Where `>` starts: behind the post-releases too, unless it names a post-release or a development release. */
function afterPosts(version: Version): VersionKey {
  if (version.dev !== undefined || version.post !== undefined) return afterLocals(version);
  const { pre } = version;
  if (pre) return keyOf({ ...version, pre: [pre[0], pre[1] + 1n], dev: 0n });
  const key = keyOf(version);
  const [label = 3, number = 0, , dev = Number.POSITIVE_INFINITY] = key.suffix;
  return { ...key, suffix: [label, number, Number.POSITIVE_INFINITY, dev] };
}
