/** After the tokens of the dashboard. Names stand left of `--names`, figures behind the bars. */
export const PAGE_STYLE = `
* { box-sizing: border-box; margin: 0; }
body { background: var(--card); color: var(--ink); font: 13px/18px var(--font); }
figure {
  --names: 150px;
  --tail: 96px;
  width: 640px;
  padding: 22px 24px 14px;
  background: var(--card);
}
h1 { font-size: 20px; line-height: 26px; letter-spacing: -0.01em; }
h1 span {
  margin-left: 10px; color: var(--quiet);
  font-size: 13px; font-weight: 400; letter-spacing: 0;
}
figcaption p { max-width: 590px; margin-top: 4px; color: var(--quiet); }
.legend {
  display: flex; flex-wrap: wrap; gap: 4px 18px;
  margin-top: 12px; padding: 0; list-style: none;
}
.legend i {
  display: inline-block; width: 12px; height: 12px; margin-right: 6px;
  border-radius: 3px; vertical-align: -1px; background: var(--tone);
}
section { margin-top: 18px; }
h2 { font-size: 14px; line-height: 20px; }
section > p { color: var(--quiet); font-size: 12px; line-height: 17px; }
.plot { position: relative; padding: 7px 0 22px; margin-top: 4px; }
.axis { position: absolute; inset: 0 var(--tail) 20px var(--names); }
.axis i { position: absolute; top: 0; bottom: 0; border-left: 1px solid var(--line); }
.axis i:first-child { border-left-color: var(--line-strong); }
.axis b {
  position: absolute; top: 100%; left: 0; padding-top: 2px; translate: -50%;
  color: var(--quiet); font-size: 11px; font-weight: 400; font-style: normal;
}
.axis s {
  position: absolute; z-index: 1; top: 0; bottom: 0;
  border-left: 1.5px dashed var(--ink); opacity: 0.55;
}
.axis em {
  position: absolute; bottom: 100%; left: 0; translate: -50%;
  font-size: 11px; font-style: normal; white-space: nowrap;
}
.row {
  position: relative; display: grid; align-items: center;
  grid-template-columns: var(--names) 1fr; padding: 3px var(--tail) 3px 0;
}
.name { padding-right: 10px; text-align: right; line-height: 16px; }
.bar { position: relative; height: 17px; }
.row > div > .bar + .bar { margin-top: 1px; }
.bar i {
  position: absolute; inset: 2px auto 2px 0;
  border-radius: 0 3px 3px 0; background: var(--tone);
}
.bar u { position: absolute; top: 8px; height: 1px; background: var(--ink); opacity: 0.65; }
.bar span {
  position: absolute; top: 0; margin-left: 7px; padding: 0 3px; border-radius: 3px;
  background: rgb(255 255 255 / 88%); font-size: 12px; line-height: 17px;
  font-variant-numeric: tabular-nums; white-space: nowrap; z-index: 2;
}
.bar strong { margin-left: 7px; color: var(--tone); }
.limit { --tone: var(--blocked); }
.wine { --tone: var(--accent); }
.rose { --tone: #cf9db3; }
.green { --tone: var(--available); }
.amber { --tone: #e0a04a; }
footer {
  margin-top: 12px; padding-top: 8px; border-top: 1px solid var(--line);
  color: var(--quiet); font-size: 10.5px; line-height: 15px;
}
`
