import { strip } from "./blanks.ts";

/**
 * A version (PEP 440), its numbers as big integers because date-like ones outgrow a double. Absent parts are
 * undefined; trailing zeros of the release stay as they were spelt.
 */
export interface Version {
  readonly epoch: bigint;
  readonly release: readonly bigint[];
  readonly pre: readonly [label: "a" | "b" | "rc", number: bigint] | undefined;
  readonly post: bigint | undefined;
  readonly dev: bigint | undefined;
  readonly local: readonly (bigint | string)[] | undefined;
}

const pattern = new RegExp(
  [
    "^v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)",
    "(?:[-_.]?(?<label>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pre>[0-9]+)?)?",
    "(?:-(?<post1>[0-9]+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<post2>[0-9]+)?)?",
    "(?:[-_.]?(?<dev>dev)[-_.]?(?<dev1>[0-9]+)?)?",
    "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$",
  ].join(""),
  "i",
);

/** Reads a version, blanks around it allowed; undefined when it is none (PEP 440, appendix B). */
export function parseVersion(text: string): Version | undefined {
  const found = pattern.exec(strip(text))?.groups;
  if (!found) return undefined;
  const { epoch, release = "", label, pre, post, post1, post2, dev, dev1, local } = found;
  return {
    epoch: BigInt(epoch ?? 0),
    release: release.split(".").map(BigInt),
    pre: label === undefined ? undefined : [normalizedLabel(label), BigInt(pre ?? 0)],
    post: post1 === undefined && post === undefined ? undefined : BigInt(post1 ?? post2 ?? 0),
    dev: dev === undefined ? undefined : BigInt(dev1 ?? 0),
    local: local?.split(/[-_.]/).map((part) => (/^[0-9]+$/.test(part) ? BigInt(part) : part.toLowerCase())),
  };
}

function normalizedLabel(label: string): "a" | "b" | "rc" {
  const first = label[0]?.toLowerCase();
  return first === "a" || first === "b" ? first : "rc";
}

/** The normal form (PEP 440, "Normalization"): `v1.0-Alpha` is `1.0a0`. */
export function versionText({ epoch, release, pre, post, dev, local }: Version): string {
  return [
    epoch === 0n ? "" : `${epoch}!`,
    release.join("."),
    pre ? pre.join("") : "",
    post === undefined ? "" : `.post${post}`,
    dev === undefined ? "" : `.dev${dev}`,
    local ? `+${local.join(".")}` : "",
  ].join("");
}

/** The normal form without the local label: what a package index knows the version by. */
export function publicText(version: Version): string {
  return versionText({ ...version, local: undefined });
}

export function isPrerelease(version: Version): boolean {
  return version.pre !== undefined || version.dev !== undefined;
}

/** Negative, zero or positive as `left` comes before, with or after `right`. */
export function compareVersions(left: Version, right: Version): number {
  return compareKeys(keyOf(left), keyOf(right));
}

/** A place in the order of versions; between two versions there can be places that are no version. */
export interface VersionKey {
  readonly epoch: bigint;
  /** Without trailing zeros. */
  readonly release: readonly bigint[];
  /** Rank of the label, number, post-release, development release: an absent part ranks as PEP 440 says. */
  readonly suffix: readonly (bigint | number)[];
  readonly local: readonly (bigint | string)[] | undefined;
}

const labels = { a: 0, b: 1, rc: 2 } as const;

export function keyOf({ epoch, release, pre, post, dev, local }: Version): VersionKey {
  // `1.0.dev1` comes before every pre-release of 1.0, and a final release behind them.
  const absent = post === undefined && dev !== undefined ? -1 : 3;
  return {
    epoch,
    release: release.slice(0, release.findLastIndex((part) => part !== 0n) + 1),
    suffix: [pre ? labels[pre[0]] : absent, pre?.[1] ?? 0, post ?? -1, dev ?? Number.POSITIVE_INFINITY],
    local,
  };
}

export function compareKeys(left: VersionKey, right: VersionKey): number {
  return (
    compareParts([left.epoch], [right.epoch]) ||
    compareParts(left.release, right.release) ||
    compareParts(left.suffix, right.suffix) ||
    compareLocals(left.local, right.local)
  );
}

function compareParts(left: readonly (bigint | number)[], right: readonly (bigint | number)[]): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined || part > other) return 1;
    if (part < other) return -1;
  }
  return left.length - right.length;
}

/** No label is lowest; numbers come behind words; a longer label behind the label that it continues. */
function compareLocals(left: VersionKey["local"], right: VersionKey["local"]): number {
  if (!left || !right) return Number(left !== undefined) - Number(right !== undefined);
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (typeof part !== typeof other) return typeof part === "bigint" ? 1 : -1;
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}
