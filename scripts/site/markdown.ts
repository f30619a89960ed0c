import { posix } from "node:path";
import hljs from "highlight.js/lib/common";
import { Marked, type Token, type Tokens } from "marked";
import { getHeadingList, gfmHeadingId } from "marked-gfm-heading-id";
import { markedHighlight } from "marked-highlight";
import type { Source } from "./sources.ts";

/** A document as HTML, and what is searched of it. */
export interface Rendered {
  readonly html: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly ids: ReadonlySet<string>;
  /** Its words without code and markup. */
  readonly text: string;
  /** The first paragraph's. */
  readonly summary: string;
  /** Where its links lead: paths of the project, with the place (`#…`) behind. */
  readonly links: readonly { readonly path: string; readonly place: string }[];
}

/** What a link becomes; undefined where it leads to what is no part of the site, of which its words stay. */
export type LinkTo = (path: string) => string | undefined;

export function rendered(source: Source, linkTo: LinkTo): Rendered {
  const links: { path: string; place: string }[] = [];
  const marked = new Marked(
    gfmHeadingId(),
    markedHighlight({
      langPrefix: "hljs language-",
      highlight: (code, language) =>
        hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : hljs.highlight(code, plain).value,
    }),
    {
      renderer: {
        link({ href, tokens }: Tokens.Link): string {
          const words = this.parser.parseInline(tokens);
          if (/^[a-z]+:/i.test(href)) return `<a href="${href}" rel="noopener">${words}</a>`;
          const [file = "", place = ""] = href.split(/(?=#)/);
          const path = file === "" ? source.path : posix.join(posix.dirname(source.path), file);
          links.push({ path, place: href.startsWith("#") ? href : place });
          const page = href.startsWith("#") ? "" : linkTo(path);
          return page === undefined ? words : `<a href="${page}${href.startsWith("#") ? href : place}">${words}</a>`;
        },
      },
    },
  );
  const html = withScrollingTables(marked.parse(source.text, { async: false }));
  const headings = getHeadingList();
  const tokens = marked.lexer(source.text);
  const words = tokens.map(wordsOf);
  const [title = { text: source.path }] = headings;
  const first = tokens.find((token) => token.type === "paragraph");
  return {
    html,
    title: plainText(title.text),
    headings: headings.slice(1).map(({ text }) => plainText(text)),
    ids: new Set(headings.map(({ id }) => id)),
    text: words.join(" "),
    summary: first ? wordsOf(first).trim() : "",
    links,
  };
}

/** Wide tables scroll by themselves, also with the keyboard. */
function withScrollingTables(html: string): string {
  return html.replaceAll("<table>", '<div class="wide" tabindex="0"><table>').replaceAll("</table>", "</table></div>");
}

/** What a reader reads of it, without code blocks. */
function wordsOf(token: Token): string {
  if (token.type === "code" || token.type === "html") return "";
  if (token.type === "table")
    return [token.header, ...token.rows]
      .flat()
      .map(({ tokens }) => inOne(tokens))
      .join(" ");
  if (token.type === "list") return inOne(token.items);
  if ("tokens" in token && token.tokens) return inOne(token.tokens);
  return "text" in token ? plainText(token.text) : " ";
}

function inOne(tokens: readonly Token[]): string {
  return tokens.map(wordsOf).join(tokens.some(({ type }) => type === "list_item") ? " " : "");
}

const plain = { language: "plaintext" };

function plainText(html: string): string {
  return html.replace(/<[^>]*>/g, "").replace(/&#39;|&quot;|&amp;|&lt;|&gt;/g, (entity) => entities[entity] ?? entity);
}

const entities: Readonly<Record<string, string>> = {
  "&#39;": "'",
  "&quot;": '"',
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
};
