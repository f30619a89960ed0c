import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import MiniSearch from "minisearch";
import { type Rendered, rendered } from "./markdown.ts";
import { sitePage } from "./page.ts";
import { searchOptions } from "./search-options.ts";
import { type SiteLanguage, type Source, sourcesIn } from "./sources.ts";
import { siteStyle } from "./style.ts";

export interface Site {
  /** Texts by their paths in the site. */
  readonly files: ReadonlyMap<string, string>;
  /** Links that lead nowhere, one line each. */
  readonly problems: readonly string[];
}

/** The whole site, from the documents as they stand in the project at `root`. */
export async function siteFiles(root: string): Promise<Site> {
  const sources = sourcesIn(root);
  const pages = new Map(sources.map(({ path, page }) => [path, page]));
  const texts = new Map(
    sources.map((source) => [source, rendered(source, (path) => linkFrom(source, pages.get(path)))] as const),
  );
  const files = new Map<string, string>([
    ["style.css", siteStyle],
    ["icon.svg", readFileSync(posix.join(root, "media/groundwork.svg"), "utf8")],
    ["search.js", await searchScript()],
    ["search-index.js", searchIndex(texts, "en")],
    ["pt-br/search-index.js", searchIndex(texts, "pt-br")],
  ]);
  for (const [source, text] of texts) files.set(source.page, sitePage(source, text, texts));
  return { files, problems: deadLinks(root, texts) };
}

function linkFrom(source: Source, page: string | undefined): string | undefined {
  return page === undefined ? undefined : posix.relative(posix.dirname(source.page), page);
}

function searchIndex(texts: ReadonlyMap<Source, Rendered>, language: SiteLanguage): string {
  const index = new MiniSearch({ ...searchOptions, idField: "page" });
  for (const [{ page, language: spoken }, { title, headings, text, summary }] of texts) {
    if (spoken === language) index.add({ page, title, headings: headings.join(" "), text, summary });
  }
  return `globalThis.groundworkSearchIndex = ${JSON.stringify(JSON.stringify(index))};\n`;
}

async function searchScript(): Promise<string> {
  const entry = fileURLToPath(new URL("search.mjs", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "iife",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/** A link must lead to a page and a heading of it, or to a file of the project. */
function deadLinks(root: string, texts: ReadonlyMap<Source, Rendered>): string[] {
  const ids = new Map([...texts].map(([{ path }, text]) => [path, text.ids]));
  return [...texts].flatMap(([{ path: from }, { links }]) =>
    links.flatMap(({ path, place }) => {
      const known = ids.get(path);
      if (known ? place === "" || known.has(decodeURIComponent(place.slice(1))) : existsSync(posix.join(root, path)))
        return [];
      return [`${from}: leads nowhere: ${path}${place}`];
    }),
  );
}
