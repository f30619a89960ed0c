import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { isRecord, parsed } from "../core/json.ts";
import { type DirectUrl, type InstalledDistribution, normalizedName } from "../project/project.ts";
import { condaRequestedIn } from "./conda-history.ts";
import { namesIn, textOf, type Variables } from "./layout.ts";
import { sitePackagesOf } from "./site-packages.ts";

/**
 * The installed distributions of a prefix by normalised name, read from `*.dist-info` and legacy `*.egg-info`
 * without running Python (core metadata, PEP 376, PEP 610). The first folder on the interpreter's path wins; what
 * cannot be read, and pip's `~debris` of interrupted uninstalls, is left out.
 */
export async function readInstalled(
  prefix: string,
  version?: string,
  env: Variables = process.env,
): Promise<ReadonlyMap<string, InstalledDistribution>> {
  const installed = new Map<string, InstalledDistribution>();
  for (const folder of await sitePackagesOf(prefix, version, env)) {
    for (const distribution of await distributionsIn(folder)) {
      const name = normalizedName(distribution.name);
      if (!installed.has(name)) installed.set(name, distribution);
    }
  }
  return markCondaRequests(prefix, installed);
}

/**
 * conda copies REQUESTED and direct_url.json from the machine that built the package, where everything was asked
 * for and came from a folder; the truth is in conda's own history.
 */
async function markCondaRequests(
  prefix: string,
  installed: ReadonlyMap<string, InstalledDistribution>,
): Promise<ReadonlyMap<string, InstalledDistribution>> {
  const fromConda = [...installed].filter(([, distribution]) => distribution.installer === "conda");
  if (fromConda.length === 0) return installed;
  const requested = await condaRequestedIn(prefix, new Set(fromConda.map(([name]) => name)));
  const marked = new Map(installed);
  for (const [name, distribution] of fromConda) {
    marked.set(name, { ...distribution, requested: requested.has(name), directUrl: undefined });
  }
  return marked;
}

/** All distributions of one folder, the better of duplicates first. */
async function distributionsIn(folder: string): Promise<readonly InstalledDistribution[]> {
  const names = (await namesIn(folder)).filter((name) => !name.startsWith("~"));
  // Two dist-info folders of one distribution: the uninstall of the older one failed, so the later name wins.
  const modern = names.filter((name) => name.endsWith(".dist-info")).reverse();
  const legacy = names.filter((name) => /\.(?:egg-info|egg-link|egg)$/.test(name)).reverse();
  const read: (InstalledDistribution | undefined)[] = [];
  for (const [index, name] of modern.entries()) {
    read.push(readDistInfo(join(folder, name)));
    if (index % slice === slice - 1) await nextTurn();
  }
  read.push(...(await Promise.all(legacy.map((name) => readLegacy(join(folder, name))))));
  return read.filter((each) => each !== undefined);
}

/** So many distributions are read, in about two milliseconds, before others have their turn. */
const slice = 50;

/** Hundreds of small files: one after the other is five times faster than handing each to a thread. */
function readDistInfo(folder: string): InstalledDistribution | undefined {
  try {
    const names = readdirSync(folder);
    const read = (name: string) => (names.includes(name) ? readFileSync(join(folder, name), "utf8") : undefined);
    return distributionOf(read);
  } catch {
    return undefined;
  }
}

function distributionOf(read: (name: string) => string | undefined): InstalledDistribution | undefined {
  const identity = identityIn(read("METADATA"));
  if (!identity) return undefined;
  const [installer, direct] = [read("INSTALLER"), read("direct_url.json")];
  return {
    ...identity,
    requested: read("REQUESTED") !== undefined,
    installer: installer?.trim() || undefined,
    directUrl: direct === undefined ? undefined : directUrlIn(direct),
  };
}

/** `X.egg-info` is a file (distutils) or a folder (setuptools), `X.egg` a folder, `X.egg-link` names one elsewhere. */
async function readLegacy(path: string): Promise<InstalledDistribution | undefined> {
  if (path.endsWith(".egg-link")) return readEggLink(path);
  const text = path.endsWith(".egg")
    ? await textOf(join(path, "EGG-INFO", "PKG-INFO"))
    : ((await textOf(join(path, "PKG-INFO"))) ?? (await textOf(path)));
  const identity = identityIn(text);
  return identity && { ...identity, requested: false, installer: undefined, directUrl: undefined };
}

async function readEggLink(path: string): Promise<InstalledDistribution | undefined> {
  const target = (await textOf(path))?.split(/\r?\n/)[0]?.trim();
  if (!target) return undefined;
  const info = (await namesIn(target)).find((name) => name.endsWith(".egg-info"));
  const identity = info && identityIn(await textOf(join(target, info, "PKG-INFO")));
  if (!identity) return undefined;
  const url = pathToFileURL(target).href;
  return { ...identity, requested: true, installer: undefined, directUrl: { url, editable: true } };
}

/** Name and version from the headers of METADATA or PKG-INFO; the description below them is not looked at. */
function identityIn(text: string | undefined): { name: string; version: string } | undefined {
  const headers = text?.split(/\r?\n\r?\n/, 1)[0];
  if (headers === undefined) return undefined;
  const name = /^Name:[ \t]*(\S+)/im.exec(headers)?.[1];
  const version = /^Version:[ \t]*(\S+)/im.exec(headers)?.[1];
  return name && version ? { name, version } : undefined;
}

function directUrlIn(text: string): DirectUrl | undefined {
  const value = parsed(text);
  if (!isRecord(value) || typeof value.url !== "string") return undefined;
  const vcs = isRecord(value.vcs_info) ? value.vcs_info : {};
  const folder = isRecord(value.dir_info) ? value.dir_info : {};
  return {
    url: value.url,
    ...(typeof vcs.vcs === "string" ? { vcs: vcs.vcs } : {}),
    ...(typeof vcs.commit_id === "string" ? { commit: vcs.commit_id } : {}),
    editable: folder.editable === true,
  };
}
