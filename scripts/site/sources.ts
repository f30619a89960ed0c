import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type SiteLanguage = "en" | "pt-br";

/** A Markdown file of the project that becomes a page. */
export interface Source {
  /** POSIX, relative to the project. */
  readonly path: string;
  readonly text: string;
  readonly language: SiteLanguage;
  /** The page's path in the site, POSIX. */
  readonly page: string;
}

/** Pages besides those of the folder of documents; the first of each language is where a reader starts. */
const outside: Readonly<Record<string, string>> = {
  "README.md": "index.html",
  "README.pt-BR.md": "pt-br/index.html",
  "CHANGELOG.md": "changelog.html",
  "CONTRIBUTING.md": "contributing.html",
};

export function sourcesIn(root: string): Source[] {
  const documents = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".md"))
    .sort();
  return [...Object.keys(outside), ...documents].map((path) => {
    const page = outside[path] ?? path.replace(/^docs\//, "").replace(/(?:README)?\.md$/, (end) => pageEnd(end));
    const language = page.startsWith("pt-br/") ? "pt-br" : "en";
    return { path, text: readFileSync(join(root, path), "utf8"), language, page };
  });
}

function pageEnd(end: string): string {
  return end === "README.md" ? "index.html" : ".html";
}
