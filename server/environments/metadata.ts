import { join } from "node:path";
import { markersOf } from "../pins/marker-environment.ts";
import { normalizedName, type PythonEnvironment } from "../project/project.ts";
import type { DistributionMetadata } from "../requirements/describe.ts";
import { markerHolds } from "../requirements/marker.ts";
import { readRequirements } from "../requirements/reader.ts";
import { namesIn, textOf, type Variables } from "./layout.ts";
import { sitePackagesOf } from "./site-packages.ts";

/**
 * What an installed distribution says of itself, read from its `METADATA` or `PKG-INFO` (core metadata) without running
 * Python; undefined when it is not installed. `name` need not be normalised.
 */
export async function readMetadata(
  { prefix, version }: Pick<PythonEnvironment, "prefix" | "version">,
  name: string,
  env: Variables = process.env,
): Promise<DistributionMetadata | undefined> {
  const wanted = normalizedName(name);
  for (const folder of await sitePackagesOf(prefix, version, env)) {
    const places = (await namesIn(folder)).filter((each) => nameOfPlace(each) === wanted).reverse();
    for (const place of places) {
      const metadata = await metadataAt(join(folder, place));
      if (metadata && normalizedName(metadata.name) === wanted) return metadata;
    }
  }
  return undefined;
}

/** The metadata of environments, each distribution read when it is first asked for. */
export class InstalledMetadata {
  readonly #known = new WeakMap<PythonEnvironment, Map<string, Promise<DistributionMetadata | undefined>>>();

  of(environment: PythonEnvironment, name: string): Promise<DistributionMetadata | undefined> {
    const known = this.#known.get(environment) ?? new Map<string, Promise<DistributionMetadata | undefined>>();
    this.#known.set(environment, known);
    const key = normalizedName(name);
    if (!environment.distributions.has(key)) return Promise.resolve(undefined);
    const reading = known.get(key) ?? readMetadata(environment, key);
    known.set(key, reading);
    return reading;
  }

  /** The installed distributions that require this one there, extras left out, by name. Reads all of them once. */
  async requirersOf(environment: PythonEnvironment, name: string): Promise<readonly string[]> {
    const all = await Promise.all([...environment.distributions.keys()].map((each) => this.of(environment, each)));
    const wanted = normalizedName(name);
    return all
      .flatMap((each) => (each?.requires.some((line) => requires(line, wanted, environment)) ? [each.name] : []))
      .sort((a, b) => (normalizedName(a) < normalizedName(b) ? -1 : 1));
  }
}

function requires(line: string, wanted: string, environment: PythonEnvironment): boolean {
  const name = /^[A-Za-z0-9][\w.-]*/.exec(line.trim())?.[0] ?? "";
  if (normalizedName(name) !== wanted) return false;
  if (!line.includes(";")) return true;
  using file = readRequirements("METADATA", line);
  const marker = file.entries[0]?.marker;
  return marker === undefined || markerHolds(marker, markersOf(environment)) !== false;
}

/** `Foo_Bar-1.0.dist-info` and its legacy kin are the places of `foo-bar`. */
function nameOfPlace(place: string): string | undefined {
  const stem = /^([^~].*)\.(?:dist-info|egg-info)$/.exec(place)?.[1];
  return stem === undefined ? undefined : normalizedName(stem.replace(/-[^-]*(?:-py\d[\d.]*)?$/, ""));
}

async function metadataAt(place: string): Promise<DistributionMetadata | undefined> {
  const text =
    (await textOf(join(place, "METADATA"))) ?? (await textOf(join(place, "PKG-INFO"))) ?? (await textOf(place));
  const headers = text === undefined ? [] : headersIn(text);
  const all = (key: string) => headers.filter(([name]) => name === key).map(([, value]) => value);
  const [name] = all("name");
  const [version] = all("version");
  if (name === undefined || version === undefined) return undefined;
  return {
    name,
    version,
    summary: all("summary").find((each) => each !== "" && each !== "UNKNOWN"),
    page: pageOf(all("home-page"), all("project-url")),
    requires: all("requires-dist"),
    extras: all("provides-extra"),
  };
}

/** The headers above the description, names in lower case, folded lines joined (RFC 5322). */
function headersIn(text: string): (readonly [name: string, value: string])[] {
  const head = text.split(/\r?\n\r?\n/, 1)[0] ?? "";
  return head
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value] = /^([\w-]+):[ \t]*(.*?)\s*$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const];
    });
}

/** `Home-page`, else the `Project-URL` that says so, else the first (`Label, URL`). */
function pageOf(homes: readonly string[], urls: readonly string[]): string | undefined {
  const labelled = urls.flatMap((each) => {
    const comma = each.indexOf(",");
    return comma < 0 ? [] : [{ label: each.slice(0, comma).toLowerCase(), url: each.slice(comma + 1).trim() }];
  });
  const home = labelled.find(({ label }) => /home/.test(label));
  return [...homes, home?.url, ...labelled.map(({ url }) => url)].find(
    (each) => each !== undefined && /^https?:\/\/[^\s<>]+$/i.test(each) && URL.canParse(each),
  );
}
