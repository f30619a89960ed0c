import { normalizedName } from "../project/project.ts";
import { apart } from "./credentials.ts";
import type { Asking } from "./pip-report.ts";

/** One file of a distribution on an index. */
export interface IndexFile {
  readonly version: string;
  readonly isWheel: boolean;
  readonly yanked: boolean;
  /** Specifiers of the Python versions it is for. */
  readonly requiresPython: string | undefined;
}

export type IndexAnswer =
  | { readonly files: readonly IndexFile[] }
  | { readonly problem: "offline" | "credentials" | "unknown" }
  | { readonly problem: "broken"; readonly status: number };

/** Milliseconds. */
const patience = 15_000;
const json = "application/vnd.pypi.simple.v1+json";
const accepted = `${json}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1`;

/** The files of a distribution (normalised name) on a simple repository (PEP 503, PEP 691). Never rejects. */
export async function indexAnswer(index: string, name: string, { signal, env }: Asking): Promise<IndexAnswer> {
  const { url, authorization } = await apart(`${index}/${name}/`, { ...process.env, ...env });
  const limit = AbortSignal.timeout(patience);
  try {
    const response = await fetch(url, {
      headers: { accept: accepted, ...(authorization === undefined ? {} : { authorization }) },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (response.status === 401 || response.status === 403) return { problem: "credentials" };
    if (response.status === 404 || response.status === 410) return { problem: "unknown" };
    if (!response.ok) return { problem: "broken", status: response.status };
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return isJson ? answerInJson(text, name, response.status) : { files: filesInHtml(text, name) };
  } catch {
    // A name that does not resolve, a closed port, a broken certificate and too long a silence are all one to pip.
    return { problem: "offline" };
  }
}

function answerInJson(text: string, name: string, status: number): IndexAnswer {
  try {
    return { files: filesInJson(JSON.parse(text), name) };
  } catch {
    return { problem: "broken", status };
  }
}

/** The files that the JSON of a simple repository tells, whatever shape it has. */
export function filesInJson(page: unknown, name: string): IndexFile[] {
  const files = fieldsOf(page).get("files");
  return (Array.isArray(files) ? files : []).flatMap((file) => {
    const fields = fieldsOf(file);
    const requires = fields.get("requires-python");
    const yanked = fields.get("yanked");
    return fileOf(String(fields.get("filename")), name, {
      requiresPython: typeof requires === "string" ? requires : undefined,
      yanked: yanked !== undefined && yanked !== false,
    });
  });
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

/** The links of a simple repository's page. */
export function filesInHtml(text: string, name: string): IndexFile[] {
  return [...text.matchAll(/<a\b((?:"[^"]*"|[^">])*)>([^<]*)<\/a>/gi)].flatMap(([, attributes = "", filename = ""]) => {
    const requires = /data-requires-python\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes);
    return fileOf(decoded(filename).trim(), name, {
      requiresPython: requires ? decoded(requires[1] ?? requires[2] ?? "") : undefined,
      yanked: /\bdata-yanked\b/i.test(attributes),
    });
  });
}

function decoded(text: string): string {
  return text
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** A wheel's name tells the version between its first dashes; a source archive's behind the distribution's name. */
function fileOf(filename: string, name: string, facts: Pick<IndexFile, "requiresPython" | "yanked">): IndexFile[] {
  if (filename.endsWith(".whl")) {
    const version = filename.split("-")[1];
    return version === undefined ? [] : [{ version, isWheel: true, ...facts }];
  }
  const archive = /^(.*)\.(?:tar\.gz|tgz|zip|tar\.bz2|tar\.xz)$/.exec(filename)?.[1];
  if (archive === undefined) return [];
  for (let dash = archive.indexOf("-"); dash >= 0; dash = archive.indexOf("-", dash + 1)) {
    if (normalizedName(archive.slice(0, dash)) === name)
      return [{ version: archive.slice(dash + 1), isWheel: false, ...facts }];
  }
  return [];
}
