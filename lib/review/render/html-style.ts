// The style of the HTML page: one column that reads on a phone, light and dark by the reader's own setting, no external resource.

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2330; --soft: #5b6675; --rule: #dfe3e9; --code: #eef1f5;
  --up: #a24700; --down: #0b5fad; --sideways: #6d3fb3; --good: #1a7437; --warn: #8a5a00; --bad: #b3261e;
  --warn-back: #fff7e6; --bad-back: #fdeeed; --note-back: #eef4fb; --accent: #1f5fd0; --shadow: 0 1px 2px rgb(20 30 50 / 6%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10151c; --card: #181f29; --ink: #e6eaf0; --soft: #9aa6b5; --rule: #2b3542; --code: #232c38;
    --up: #ffb070; --down: #7cb8ff; --sideways: #c6a4ff; --good: #6fd08c; --warn: #f0c060; --bad: #ff8a80;
    --warn-back: #2b2415; --bad-back: #331c1b; --note-back: #18263a; --accent: #7aa7ff; --shadow: none;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.25rem 1rem; margin-bottom: 1.5rem; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; margin: 0; overflow-wrap: anywhere; }
h1 small { display: block; color: var(--soft); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.08em; text-transform: uppercase; margin-bottom: 0.3rem; }
h2 { font-size: 1.05rem; line-height: 1.3; margin: 0 0 1rem; }
.summary { flex-basis: 100%; color: var(--soft); margin: 0.25rem 0 0; }
.status { display: inline-flex; align-items: center; gap: 0.5rem; padding: 0.25rem 0.9rem; border-radius: 1rem; font-weight: 650; background: var(--card); border: 1px solid currentColor; }
.status::before { content: ""; width: 0.55rem; height: 0.55rem; border-radius: 50%; background: currentColor; }
.status-good { color: var(--good); } .status-changes { color: var(--accent); } .status-alarm, .status-refused, .status-error { color: var(--bad); }
.badges { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.75rem; margin: 0 0 1.25rem; }
.badges div { background: var(--card); border: 1px solid var(--rule); border-radius: 0.75rem; padding: 0.8rem 1rem; box-shadow: var(--shadow); }
.badges dt { color: var(--soft); font-size: 0.82rem; } .badges dd { margin: 0; font-size: 1.4rem; line-height: 1.35; font-weight: 650; font-variant-numeric: tabular-nums; }
.badges .plain, .badges .strong { color: var(--ink); }
.badges dd.note { color: var(--soft); font-size: 0.82rem; font-weight: 400; }
section, details { background: var(--card); border: 1px solid var(--rule); border-radius: 0.75rem; padding: 1.1rem 1.25rem; margin: 0 0 1rem; box-shadow: var(--shadow); }
.callout { border-left: 0.25rem solid var(--accent); background: var(--note-back); padding: 0.8rem 1.1rem; box-shadow: none; }
.callout-note h2 { color: var(--accent); }
.callout-warning { border-left-color: var(--warn); background: var(--warn-back); } .callout-warning h2 { color: var(--warn); }
.callout-alarm, .callout-error { border-left-color: var(--bad); background: var(--bad-back); } .callout-alarm h2, .callout-error h2 { color: var(--bad); }
.callout-alarm { border: 2px solid var(--bad); border-left-width: 0.5rem; } .callout-alarm h2 { font-size: 1.3rem; }
.callout h2 { margin-bottom: 0.25rem; } .callout ul { margin: 0; padding-left: 1.1rem; } .callout ul:has(> li:only-child) { padding: 0; list-style: none; }
.callout code { background: var(--card); }
details { padding: 0; } details > :not(summary) { margin: 0 1.25rem 1.1rem; }
summary { cursor: pointer; font-weight: 600; padding: 0.75rem 1.25rem; border-radius: 0.75rem; } summary:hover { color: var(--accent); }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.65rem 1rem 0.65rem 0; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
tbody tr:last-child td { border-bottom: 0; padding-bottom: 0; }
th { color: var(--soft); font-size: 0.82rem; font-weight: 600; white-space: nowrap; padding-top: 0; }
th.right, td.right { text-align: right; font-variant-numeric: tabular-nums; }
td .muted { font-size: 0.87em; } .column-machine { overflow-wrap: anywhere; min-width: 10rem; } .column-machine .strong { font-size: 1.07em; }
.column-change, .column-values code, .column-now code, .column-pending code { white-space: nowrap; }
.column-machine code { background: none; padding: 0; color: var(--soft); }
.column-values { min-width: 7rem; } .column-charged-now { min-width: 6.5rem; } .column-takes-effect { min-width: 6.5rem; }
code { background: var(--code); border-radius: 0.3rem; padding: 0.1em 0.35em; font: 0.88em/1.4 ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; } td code { overflow-wrap: break-word; }
.value { white-space: nowrap; }
tfoot td { border-top: 2px solid var(--rule); border-bottom: 0; padding-bottom: 0; } tbody tr:last-child td { padding-bottom: 0.65rem; }
.footnote { margin: 0.5rem 0 0; color: var(--soft); font-size: 0.9em; }
.muted { color: var(--soft); font-size: 0.9em; } .strong { font-weight: 650; }
.up { color: var(--up); font-weight: 600; } .down { color: var(--down); font-weight: 600; } .sideways { color: var(--sideways); font-weight: 600; }
.cancel, .good { color: var(--good); font-weight: 600; } .warning { color: var(--warn); font-weight: 600; } .danger { color: var(--bad); font-weight: 700; }
.timeline { list-style: none; margin: 0; padding: 0; }
.timeline > li { position: relative; display: grid; grid-template-columns: 12rem minmax(0, 1fr); gap: 0 3.5rem; padding: 0 0 1.75rem; }
.timeline > li:last-child { padding-bottom: 0; }
.timeline > li::before { content: ""; position: absolute; left: 13.3rem; top: 0.3rem; width: 0.9rem; height: 0.9rem; border-radius: 50%; background: var(--card); border: 3px solid var(--accent); z-index: 1; }
.timeline > .now::before { background: var(--accent); }
.timeline > li::after { content: ""; position: absolute; left: 13.7rem; top: 0.5rem; bottom: -0.5rem; width: 2px; background: var(--rule); }
.timeline > li:last-child::after { display: none; }
.timeline h3 { margin: 0; font-size: 1rem; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.timeline .costs { margin: 0 0 0.5rem; display: flex; flex-wrap: wrap; gap: 0.35rem; }
.costs > span { background: var(--code); border-radius: 1rem; padding: 0.05rem 0.7rem; font-size: 0.9rem; font-weight: 600; font-variant-numeric: tabular-nums; } .costs .muted { font-weight: 400; }
.timeline ul { list-style: none; margin: 0; padding: 0; } .timeline ul > li { padding: 0.1rem 0; }
section > .properties { margin: 0; } .properties dt { color: var(--soft); font-size: 0.82rem; } .properties dd { margin: 0 0 0.5rem; }
@media screen and (max-width: 58rem) {
  body { font-size: 16px; }
  main { padding: 1rem 0.9rem 3rem; } header { margin-bottom: 0.9rem; }
  .badges { grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.35rem; } .badges div { padding: 0.3rem 0.7rem; } .badges dd { font-size: 1.15rem; }
  section { padding: 1rem; } details > :not(summary) { margin: 0 1rem 1rem; } summary { padding: 0.75rem 1rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tfoot, tr, td { display: block; width: 100%; }
  tfoot { border-top: 2px solid var(--rule); padding-top: 0.75rem; } tfoot td { border: 0; }
  tbody tr { padding: 0.75rem 0; border-bottom: 1px solid var(--rule); } tbody tr:first-child { padding-top: 0; } tbody tr:last-child { border-bottom: 0; padding-bottom: 0; }
  td, th.right, td.right { border: 0; padding: 0.15rem 0; display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0.5rem; text-align: left; min-width: 0; }
  td::before { content: attr(data-label); color: var(--soft); font-size: 0.88rem; line-height: 1.7; }
  td code { overflow-wrap: anywhere; } .empty { display: none; }
  .column-machine { display: block; padding-bottom: 0.4rem; } .column-machine::before { display: none; } .column-machine .strong { font-size: 1.1rem; }
  .column-change .cell { display: flex; flex-wrap: wrap; gap: 0 0.6rem; }
  .timeline > li { display: block; padding-left: 1.6rem; } .timeline > li::before { left: 0; } .timeline > li::after { left: 0.4rem; }
  .timeline h3 { text-align: left; white-space: normal; margin-bottom: 0.35rem; }
}
@media print {
  :root { --page: #ffffff; --shadow: none; font-size: 12px; }
  body { font-size: 9pt; line-height: 1.35; } main { max-width: none; padding: 0; } header { margin-bottom: 0.5rem; } h1 { font-size: 15pt; } h2 { margin-bottom: 0.4rem; }
  .badges { grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 0.4rem; margin-bottom: 0.5rem; } .badges div { padding: 0.3rem 0.6rem; } .badges dd { font-size: 11pt; }
  section, .callout { padding: 0.5rem 0.7rem; margin-bottom: 0.5rem; } details { margin-bottom: 0.5rem; } summary { padding: 0.4rem 0.7rem; list-style: none; } details > :not(summary) { margin: 0 0.7rem 0.5rem; }
  table { font-size: 7.5pt; } th[scope], td[class] { padding: 0.2rem 0.6rem 0.2rem 0; min-width: 0; white-space: normal; } td code { padding: 0; background: none; }
  .column-machine .cell > div, .column-change .cell > div { display: inline; } .column-machine .cell > div + div::before { content: " · "; } .column-change .cell > div + div::before { content: " "; }
  .column-machine .strong, td .muted { font-size: 1em; } th.column-machine, td.column-machine { width: 40%; }
  .timeline > li { padding-bottom: 0.6rem; }
  tr, .timeline > li, .badges div, section:not(:has(table)), .callout { break-inside: avoid; } h2, summary, thead { break-after: avoid; }
  details::details-content { content-visibility: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`.trim();
