/** The colours of a page in a browser: light, dark, and with more contrast where the person asks for it. */
export const browserTheme = `
:root {
  --page: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --panel: #f6f8fa; --mark: #ffe08a; --link: #0550ae;
  --d0: #e9edf1; --d1: #fdecd6; --d2: #fbd3a6; --d3: #f6b06f; --d4: #e98a45; --d5: #c2410c;
  --t: #1f2328; --t5: #ffffff; --good: #1a7f37; --bad: #bc4c00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16191d; --ink: #e6eaee; --soft: #a3adb8; --line: #3a414a; --panel: #1f242a; --mark: #6b4e00; --link: #8cc2ff;
    --d0: #2b3138; --d1: #46382a; --d2: #65482a; --d3: #7a4a1c; --d4: #a85b12; --d5: #f0a04b;
    --t: #f2f4f6; --t5: #16191d; --good: #57ab5a; --bad: #f0a04b;
  }
}
@media (prefers-contrast: more) {
  :root { --soft: var(--ink); --line: var(--ink); --panel: var(--page); }
}
`;

/** The colours of a page inside of VS Code, whose theme is known by the classes of its body. */
export const editorTheme = `
body {
  --page: var(--vscode-editor-background); --ink: var(--vscode-editor-foreground); --link: var(--vscode-textLink-foreground);
  --panel: var(--vscode-editorWidget-background); --line: var(--vscode-contrastBorder, var(--vscode-widget-border, #d1d9e0));
  --mark: #ffe08a; --soft: #59636e;
  --d0: #e9edf1; --d1: #fdecd6; --d2: #fbd3a6; --d3: #f6b06f; --d4: #e98a45; --d5: #c2410c;
  --t: #1f2328; --t5: #ffffff; --good: #1a7f37; --bad: #bc4c00;
}
body.vscode-dark, body.vscode-high-contrast {
  --mark: #6b4e00; --soft: #a3adb8;
  --d0: #2b3138; --d1: #46382a; --d2: #65482a; --d3: #7a4a1c; --d4: #a85b12; --d5: #f0a04b;
  --t: #f2f4f6; --t5: #16191d; --good: #57ab5a; --bad: #f0a04b;
}
body.vscode-high-contrast, body.vscode-high-contrast-light { --soft: var(--ink); --panel: var(--page); }
body.vscode-high-contrast-light {
  --mark: #ffe08a;
  --d0: #e9edf1; --d1: #fdecd6; --d2: #fbd3a6; --d3: #f6b06f; --d4: #e98a45; --d5: #c2410c;
  --t: #1f2328; --t5: #ffffff; --good: #116329; --bad: #953800;
}
`;

/** What all pages have in common, in the colours of a theme. */
export const pageStyle = `
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem 1.5rem 3rem; max-width: 110rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0.5rem 0 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
p, footer { color: var(--soft); }
a { color: var(--link); }
code, .places, .files th[scope=row] { font-family: ui-monospace, SFMono-Regular, Consolas, monospace; font-size: 0.85rem; }
/* VS Code's own sheet gives code colours which ours cannot be read on. */
code { padding: 0; background: none; color: inherit; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
.map { display: block; width: 100%; height: auto; border: 1px solid var(--line); }
.map rect { stroke: var(--page); stroke-width: 1; }
.map text { font: 11px system-ui, sans-serif; fill: var(--t); pointer-events: none; }
@media (max-width: 60rem) {
  .map text { display: none; }
  .map .large { display: inline; font-size: 24px; transform: translateY(13px); }
}
.map .folder { fill: none; stroke: var(--line); pointer-events: none; }
.map .name { fill: var(--soft); font-weight: 600; }
.map a:hover rect, .map a:focus rect { stroke: var(--link); stroke-width: 3; }
.d0 { fill: var(--d0); } .d1 { fill: var(--d1); } .d2 { fill: var(--d2); } .d3 { fill: var(--d3); } .d4 { fill: var(--d4); }
.d5 { fill: var(--d5); } .map .d5 + text { fill: var(--t5); }
.map path { fill: none; stroke: var(--ink); stroke-opacity: 0.45; pointer-events: none; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; color: var(--soft); }
.legend svg { width: 0.9rem; height: 0.9rem; vertical-align: -0.1rem; }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; min-width: 100%; }
.files { font-variant-numeric: tabular-nums; }
.files th, .files td { padding: 0.2rem 0.75rem; text-align: right; }
.files tbody th, .files .links { text-align: left; font-weight: 400; }
.files thead th, .sources th { position: sticky; top: 0; background: var(--panel); font-weight: 600; text-align: left; }
.files thead th + th { text-align: right; }
.files tr:target { background: var(--mark); }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.25rem 0.75rem; }
details:target { border-color: var(--link); }
summary { cursor: pointer; padding: 0.25rem 0; }
summary em { color: var(--soft); font-style: normal; }
summary code { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--soft); }
.places { margin: 0.25rem 0 0.5rem; padding-left: 1.25rem; }
ol.places { padding-left: 2.25rem; }
.sources td { vertical-align: top; padding: 0 0.5rem; white-space: pre; line-height: 1.35rem; height: 1.35rem; }
.sources th { padding: 0.25rem 0.5rem; font-size: 0.85rem; }
.sources .number { width: 1%; text-align: right; color: var(--soft); font-size: 0.8rem; user-select: none; border-left: 1px solid var(--line); }
.sources .none { background: var(--panel); }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
@media print { details { break-inside: avoid; } .wide { overflow: visible; } }
`;
