import { browserTheme } from "../../server/report/page-style.ts";

/** The report's colours; one column on narrow screens. */
export const siteStyle = `${browserTheme}
:root { --string: #0a5c2b; --word: #8b1a8b; --number: #9a3d00; }
@media (prefers-color-scheme: dark) { :root { --string: #8fd49a; --word: #e3a6f5; --number: #f0b07a; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.6 system-ui, sans-serif; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; padding: 0.25rem 0.5rem; background: var(--page); }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; align-items: baseline; padding: 0.75rem 1.5rem;
  border-bottom: 1px solid var(--line); background: var(--panel); }
.name { font-weight: 700; font-size: 1.2rem; text-decoration: none; color: var(--ink); }
.language { margin-left: auto; }
search { flex: 1 1 18rem; max-width: 40rem; position: relative; }
search label { display: block; font-size: 0.8rem; color: var(--soft); }
search input { width: 100%; padding: 0.35rem 0.6rem; font: inherit; color: inherit; background: var(--page);
  border: 1px solid var(--soft); border-radius: 6px; }
#found { margin: 0.25rem 0 0; font-size: 0.85rem; color: var(--soft); }
#found:empty { display: none; }
#results { margin: 0.25rem 0 0; padding: 0; list-style: none; max-height: 60vh; overflow: auto; }
#results li { padding: 0.35rem 0; border-top: 1px solid var(--line); }
#results p { margin: 0; font-size: 0.85rem; color: var(--soft); overflow: hidden; display: -webkit-box;
  -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
.columns { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 80rem; margin: 0 auto; }
nav { padding: 1rem 1.5rem; border-right: 1px solid var(--line); font-size: 0.9rem; }
nav h2 { font-size: 0.95rem; margin: 1rem 0 0.25rem; }
nav ul { list-style: none; margin: 0 0 0.5rem; padding: 0; }
nav li a, nav h2 a { display: block; padding: 0.15rem 0.4rem; border-radius: 4px; text-decoration: none; }
nav a[aria-current] { background: var(--d0); color: var(--ink); font-weight: 600; }
nav summary { cursor: pointer; padding: 0.15rem 0; }
nav details ul { padding-left: 0.6rem; }
main { padding: 1rem 2rem 4rem; max-width: 52rem; }
h1 { font-size: 1.8rem; line-height: 1.25; }
h2 { font-size: 1.3rem; margin-top: 2rem; }
code { font: 0.87em ui-monospace, SFMono-Regular, Consolas, monospace; background: var(--panel); padding: 0.1em 0.25em; border-radius: 4px;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
pre { overflow-x: auto; padding: 0.75rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; line-height: 1.45; }
pre code { padding: 0; background: none; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.92rem; }
th, td { padding: 0.35rem 0.7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: var(--panel); }
.hljs-comment, .hljs-meta { color: var(--soft); font-style: italic; }
.hljs-string, .hljs-regexp { color: var(--string); }
.hljs-keyword, .hljs-built_in, .hljs-literal, .hljs-selector-tag { color: var(--word); }
.hljs-number, .hljs-symbol, .hljs-attr { color: var(--number); }
.hljs-title, .hljs-section, .hljs-name { color: var(--link); }
@media (max-width: 60rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  nav { order: 2; border-right: 0; border-top: 1px solid var(--line); }
  main { padding: 1rem 1.25rem 2rem; }
}
@media print { header, nav { display: none; } .columns { display: block; } }
`;
