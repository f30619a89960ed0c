/** What only the report shows: cards, bars, the chart of what changed. */
export const reportStyle = `
h3 { font-size: 1rem; margin: 1.25rem 0 0.5rem; }
p { max-width: 60rem; }
.cards { list-style: none; margin: 0.75rem 0; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); }
.cards li { border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem 1rem; background: var(--panel); }
.cards h3 { margin: 0 0 0.5rem; }
.cards p { margin: 0.5rem 0 0; }
.cards strong { color: var(--ink); font-weight: 600; }
.bar { display: block; width: 100%; height: 0.6rem; border: 1px solid var(--ink); border-radius: 3px; }
.good { fill: var(--good); } .bad { fill: var(--bad); } .none { fill: var(--page); }
.left { fill: var(--soft); } .gone { fill: var(--good); } .fresh { fill: var(--bad); }
.found { margin: 0.25rem 0 0.5rem; padding-left: 1.25rem; overflow-wrap: anywhere; }
.found a, .found span { font-family: ui-monospace, SFMono-Regular, Consolas, monospace; font-size: 0.85rem; }
footer { margin-top: 2rem; }
summary code { display: inline; }
summary strong { display: inline-block; min-width: 2ch; text-align: right; }
.found em { color: var(--soft); }
.chart { max-width: 60rem; margin: 0.75rem 0; }
.row { display: grid; grid-template-columns: 8rem 1fr; align-items: center; gap: 0.5rem; margin: 0.35rem 0; }
.row .bar { height: 1rem; }
`;
