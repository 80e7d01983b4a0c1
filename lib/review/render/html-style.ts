// The style of the HTML page: one column that reads on a phone, light and dark by the reader's own setting, no external resource.

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2330; --soft: #5b6675; --rule: #dfe3e9; --code: #eef1f5;
  --up: #a24700; --down: #0b5fad; --sideways: #6d3fb3; --good: #1a7437; --warn: #8a5a00; --bad: #b3261e;
  --warn-back: #fff7e6; --bad-back: #fdeeed; --note-back: #eef4fb; --accent: #2563eb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10151c; --card: #181f29; --ink: #e6eaf0; --soft: #9aa6b5; --rule: #2b3542; --code: #232c38;
    --up: #ffb070; --down: #7cb8ff; --sideways: #c6a4ff; --good: #6fd08c; --warn: #f0c060; --bad: #ff8a80;
    --warn-back: #2b2415; --bad-back: #331c1b; --note-back: #18263a; --accent: #7aa7ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
header { margin-bottom: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.5rem 0; }
h1 small { color: var(--soft); font-weight: 400; }
h2 { font-size: 1.1rem; margin: 0 0 0.75rem; }
.summary { font-size: 1.1rem; margin: 0; }
.status { display: inline-block; padding: 0.15rem 0.75rem; border-radius: 1rem; font-weight: 600; border: 1px solid currentColor; }
.status-good { color: var(--good); } .status-changes { color: var(--warn); } .status-alarm, .status-refused, .status-error { color: var(--bad); }
.badges { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 0.75rem; margin: 0 0 1.5rem; }
.badges div { background: var(--card); border: 1px solid var(--rule); border-radius: 0.75rem; padding: 0.75rem 1rem; }
.badges dt { color: var(--soft); font-size: 0.85rem; } .badges dd { margin: 0; font-size: 1.25rem; font-weight: 650; }
section, details { background: var(--card); border: 1px solid var(--rule); border-radius: 0.75rem; padding: 1rem; margin: 0 0 1rem; }
.callout { border-left: 0.3rem solid var(--accent); background: var(--note-back); }
.callout-warning { border-left-color: var(--warn); background: var(--warn-back); }
.callout-alarm, .callout-error { border-left-color: var(--bad); background: var(--bad-back); }
.callout h2 { margin-bottom: 0.25rem; } .callout ul { margin: 0; padding-left: 1.1rem; }
summary { cursor: pointer; font-weight: 600; } summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
details[open] > summary { margin-bottom: 0.75rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--rule); }
tbody tr:last-child td { border-bottom: 0; }
th { color: var(--soft); font-size: 0.85rem; font-weight: 600; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
td > div { min-height: 1.5em; }
code { background: var(--code); border-radius: 0.3rem; padding: 0.1em 0.35em; font: 0.88em/1.4 ui-monospace, "SF Mono", Consolas, monospace; }
.muted { color: var(--soft); font-size: 0.88em; } .strong { font-weight: 650; }
.up { color: var(--up); font-weight: 600; } .down { color: var(--down); font-weight: 600; } .sideways { color: var(--sideways); font-weight: 600; }
.cancel, .good { color: var(--good); font-weight: 600; } .warning { color: var(--warn); font-weight: 600; } .danger { color: var(--bad); font-weight: 700; }
.timeline { list-style: none; margin: 0; padding: 0 0 0 1.5rem; border-left: 2px solid var(--rule); }
.timeline > li { position: relative; padding: 0 0 1.25rem; } .timeline > li:last-child { padding-bottom: 0; }
.timeline > li::before { content: ""; position: absolute; left: -1.95rem; top: 0.4rem; width: 0.75rem; height: 0.75rem; border-radius: 50%; background: var(--accent); border: 2px solid var(--card); }
.timeline h3 { margin: 0; font-size: 1rem; } .timeline p { margin: 0 0 0.25rem; color: var(--soft); } .timeline ul { margin: 0; padding-left: 1.1rem; }
.properties { margin: 0; } .properties dt { color: var(--soft); font-size: 0.85rem; } .properties dd { margin: 0 0 0.5rem; }
@media (max-width: 44rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; width: 100%; }
  tbody tr { padding: 0.5rem 0; border-bottom: 1px solid var(--rule); } tbody tr:last-child { border-bottom: 0; }
  td { border: 0; padding: 0.15rem 0; display: grid; grid-template-columns: 7.5rem 1fr; gap: 0.5rem; }
  td::before { content: attr(data-label); grid-row: 1 / span 20; color: var(--soft); font-size: 0.85rem; }
  td > div { grid-column: 2; } .right { text-align: left; }
}
@media print { body { background: #fff; } section, details { break-inside: avoid; } }
`.trim();
