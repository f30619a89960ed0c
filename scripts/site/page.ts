import { posix } from "node:path";
import { rules } from "../../server/languages.ts";
import { escaped } from "../../server/report/markup.ts";
import { english, portuguese } from "../page-words.ts";
import type { Rendered } from "./markdown.ts";
import type { Source } from "./sources.ts";
import { siteWords } from "./words.ts";

type Pages = ReadonlyMap<Source, Rendered>;

const pageWords = { en: english, "pt-br": portuguese };

/** Scripts, styles and pictures of the site alone. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** A page with the lists of its language beside it. Everything but searching works without scripts. */
export function sitePage(source: Source, { html, title, summary }: Rendered, pages: Pages): string {
  const words = siteWords[source.language];
  const root = "../".repeat(source.page.split("/").length - 1);
  const home = source.language === "en" ? root : `${root}pt-br/`;
  const name = title === words.start ? title : `${title} · Groundwork`;
  return `<!DOCTYPE html>
<html lang="${words.tag}" data-root="${root}" data-results="${words.results}" data-none="${words.none}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escaped(summary)}">
<title>${escaped(name)}</title>
<link rel="icon" href="${root}icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}style.css">
<script defer src="${home}search-index.js"></script>
<script defer src="${root}search.js"></script>
</head>
<body>
<a class="skip" href="#text">${words.skip}</a>
<header>
<a class="name" href="${home}index.html">${words.start}</a>
<search><label for="search">${words.search}</label><input id="search" type="search" autocomplete="off" placeholder="/">
<noscript>${words.noScript}</noscript>
<p id="found" role="status"></p><ol id="results"></ol></search>
${languageLink(source, pages, root)}
</header>
<div class="columns">
<nav aria-label="Groundwork">
${navigation(source, pages)}
</nav>
<main id="text">
${html}</main>
</div>
</body>
</html>
`;
}

/** To the same page in the other language, or to that language's first. */
function languageLink({ page, language }: Source, pages: Pages, root: string): string {
  const other = language === "en" ? `pt-br/${page}` : page.slice("pt-br/".length);
  const exists = [...pages.keys()].some((source) => source.page === other);
  const target = exists ? other : language === "en" ? "pt-br/index.html" : "index.html";
  const tag = siteWords[language === "en" ? "pt-br" : "en"].tag;
  return `<a class="language" hreflang="${tag}" lang="${tag}" href="${root}${target}">${siteWords[language].otherLanguage}</a>`;
}

function navigation(source: Source, pages: Pages): string {
  const { language } = source;
  const words = siteWords[language];
  const base = language === "en" ? "" : "pt-br/";
  const below = (folder: string) =>
    [...pages].filter(([{ page }]) => page.startsWith(`${base}${folder}/`) && !page.endsWith("/index.html"));
  const list = (entries: readonly (readonly [Source, Rendered])[]) =>
    `<ul>${entries.map(([{ page }, { title }]) => `<li>${linkTo(source, page, title)}</li>`).join("")}</ul>`;
  const topics = Object.entries(pageWords[language].topics).map(([topic, title]) => {
    const names = new Set(rules.filter((rule) => rule.topic === topic).map(({ name }) => name));
    const entries = below("rules").filter(([{ page }]) => names.has(posix.basename(page, ".html")));
    const open = entries.some(([{ page }]) => page === source.page) ? " open" : "";
    return `<details${open}><summary>${title}</summary>${list(entries)}</details>`;
  });
  const others = [...pages].filter(
    ([{ page, language: spoken }]) =>
      spoken === language && page.split("/").length === base.split("/").length && !page.endsWith("index.html"),
  );
  return [
    `<h2>${words.guide}</h2>`,
    list(inOrder(below("guide"))),
    `<h2>${linkTo(source, `${base}rules/index.html`, pageWords[language].rules)}</h2>`,
    ...topics,
    `<h2>${words.more}</h2>`,
    list(others),
  ].join("\n");
}

/** The tutorials in the order in which they build on each other. */
function inOrder(entries: readonly (readonly [Source, Rendered])[]): (readonly [Source, Rendered])[] {
  const order = ["environments", "production", "baselines", "serving"];
  const place = ({ page }: Source) => order.indexOf(posix.basename(page, ".html"));
  return [...entries].sort(([a], [b]) => place(a) - place(b));
}

function linkTo(source: Source, page: string, title: string): string {
  const current = page === source.page ? ' aria-current="page"' : "";
  return `<a href="${posix.relative(posix.dirname(source.page), page)}"${current}>${escaped(title)}</a>`;
}
