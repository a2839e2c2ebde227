/** The look of the page: the reader's own choice of light or dark, and any width from a phone's. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --ink: #1d1b22; --quiet: #6b6774; --line: #e4e0d9; --card: #ffffff;
  --accent: #7a2048; --good: #1b7148; --bad: #b3261e; --track: #eeeae3; --empty: #cfc9bf;
  --booked: #7a2048; --held: #d98032; --done: #1f7f86; --refused: #d98032; --lost: #b3261e;
  --reads: #6d7a8c; --p50: #8cc7c9; --p95: #2d8f96; --p99: #0d4a50;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16141a; --ink: #eeebf2; --quiet: #a29dab; --line: #322e3a; --card: #1f1c25;
    --accent: #f0a3c0; --good: #7fd6a8; --bad: #ff8a80; --track: #2b2732; --empty: #4a4553;
    --booked: #e887ae; --held: #f2b36b; --done: #63c3c8; --refused: #f2b36b; --lost: #ff8a80;
    --reads: #96a3b5; --p50: #2f7379; --p95: #5fb6bb; --p99: #c4f3f2;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0 auto; max-width: 76rem; padding: 2.2rem 1.25rem 4rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  font-variant-numeric: tabular-nums;
}
h1 { font-size: clamp(1.6rem, 5vw, 2.3rem); letter-spacing: -.02em; line-height: 1.15; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .15rem; }
h2 + .quiet { margin: 0 0 .8rem; font-size: .875rem; }
p { margin: .4rem 0; }
.quiet { color: var(--quiet); }
.mark { color: var(--accent); display: flex; gap: .6rem; align-items: center; font-weight: 600; }
header { display: grid; gap: .7rem; margin-bottom: 1.6rem; }
.verdict {
  display: flex; gap: .7rem; align-items: baseline; margin: .4rem 0 0; padding: .8rem 1.1rem;
  border: 1px solid; border-radius: .75rem; font-size: 1.1rem; font-weight: 600;
}
.verdict span { font-weight: 400; font-size: .95rem; color: var(--ink); }
.verdict.good { color: var(--good); background: color-mix(in srgb, var(--good) 8%, transparent); }
.verdict.bad { color: var(--bad); background: color-mix(in srgb, var(--bad) 8%, transparent); }
.tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: 1rem 1.1rem; min-width: 0;
}
.tile b {
  display: block; font-size: 1.5rem; line-height: 1.3; letter-spacing: -.02em; white-space: nowrap;
}
.tile span { color: var(--quiet); font-size: .875rem; }
main { display: grid; gap: 1rem; margin-top: 1rem; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(2, minmax(0, 1fr)); }
.chart { min-height: 15.5rem; }
.house canvas { display: block; width: 100%; touch-action: pan-y; }
.controls { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
.controls input { flex: 1 1 12rem; accent-color: var(--accent); min-width: 0; }
.switch { display: flex; gap: .4rem; }
.controls output { min-width: 11rem; font-size: .9rem; }
button {
  font: inherit; font-size: .9rem; color: inherit; background: var(--track); cursor: pointer;
  border: 1px solid var(--line); border-radius: 2rem; padding: .25rem .9rem;
}
button[aria-pressed=true] {
  background: var(--accent); color: var(--paper); border-color: transparent;
}
button:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.ramp { display: flex; gap: .6rem; align-items: center; font-size: .8rem; color: var(--quiet); }
.ramp i { display: block; height: .55rem; width: min(14rem, 30vw); border-radius: 1rem; }
#seat {
  position: fixed; pointer-events: none; z-index: 2; background: var(--ink); color: var(--paper);
  border-radius: .4rem; padding: .2rem .55rem; font-size: .8rem; white-space: nowrap;
}
.bars { display: grid; gap: .55rem; margin: 0; }
.bars div { display: grid; grid-template-columns: minmax(0, 1fr) max-content; gap: 0 .8rem; }
.bars dt { overflow-wrap: anywhere; } .bars dd { margin: 0; }
.bars meter, .bars i {
  grid-column: 1 / -1; height: .5rem; border-radius: 1rem; background: var(--refused);
  min-width: 2px;
}
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { color: var(--quiet); font-weight: 500; text-align: right; padding: .3rem .6rem; }
td {
  text-align: right; padding: .35rem .6rem; border-top: 1px solid var(--line); white-space: nowrap;
}
th:first-child, td:first-child { text-align: left; padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
.checks td { white-space: normal; vertical-align: top; }
.checks td:nth-child(2) { text-align: left; width: 100%; }
.checks ul { margin: .3rem 0; padding-left: 1.1rem; color: var(--bad); overflow-wrap: anywhere; }
.yes { color: var(--good); } .no { color: var(--bad); font-weight: 700; }
pre {
  background: var(--track); border-radius: .6rem; padding: .7rem 1rem; overflow-x: auto;
  font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; margin: .6rem 0 0;
}
.uplot, .uplot * { font-family: inherit !important; }
.u-legend { font-size: .8rem; color: var(--quiet); text-align: left; width: auto; margin: 0 .4rem; }
.u-legend td, .u-legend th { border: 0; padding: .1rem .25rem .1rem 0; white-space: nowrap; }
.u-legend .u-marker { border-radius: 50%; width: .7rem; height: .7rem; }
.u-legend .u-value { min-width: 2.6rem; text-align: left; }
@media (max-width: 46rem) {
  body { padding: 1.4rem .9rem 3rem; }
  .pair { grid-template-columns: minmax(0, 1fr); }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .verdict { display: block; } .verdict span { display: block; }
}
@media print { .controls { display: none; } .card { break-inside: avoid; } }
`
