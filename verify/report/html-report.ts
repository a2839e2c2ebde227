import { type Finding, RULES } from '../judge/finding.ts'
import { SITUATIONS, type Situation } from '../judge/situations.ts'
import type { Totals } from '../totals.ts'
import { SITUATION_COUNT_MIN } from './text-report.ts'

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2126; --soft: #5b6670; --line: #d8dde2; --page: #fff;
  --good: #14713d; --bad: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebee; --soft: #9aa5af; --line: #343b42; --page: #15191d; --good: #5fce91;
    --bad: #ff8a80 }
}
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--page);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
h1 { margin: 0 0 .25rem; font-size: 1.6rem } h2 { margin: 2rem 0 .5rem; font-size: 1.15rem }
p { margin: .25rem 0; color: var(--soft) }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top } th { font-weight: 600 }
td.count { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.good { color: var(--good); font-weight: 600 } .bad { color: var(--bad); font-weight: 600 }
.detail { overflow-wrap: anywhere; font: 13px/1.45 ui-monospace, monospace }
`

/** Writes what a run found, as a page of its own that asks the network for nothing. */
export function htmlReport(totals: Totals, about: { readonly version: string }): string {
  const { findings, rounds, histories, counts, seed } = totals
  const isClean = findings.length === 0
  const title = isClean ? 'Every promise was kept' : `${findings.length} findings`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rowlock verify: ${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1 class="${isClean ? 'good' : 'bad'}">${title}</h1>
<p>${number(histories)} histories in ${number(rounds)} rounds, ${number(counts.attempts)} attempts,
${number(counts.entries)} journal entries, ${number(counts.pages)} pages of events,
${number(counts.deliveries)} deliveries,
${number(counts.faults)} faults of the network, ${number(counts.disturbances)} disturbances.
Seed ${escapeHtml(seed)}, Rowlock ${escapeHtml(about.version)}.</p>
<h2>Verdict</h2>
${table(['Promise', 'Verdict', 'Rules'], promiseRows(findings))}
${isClean ? '' : `<h2>Findings</h2>\n${table(['Rule', 'Show', 'What'], findingRows(findings))}`}
<h2>Situations</h2>
<p>Met fewer than ${SITUATION_COUNT_MIN} times, a situation proves little.</p>
${table(['Situation', 'Times'], situationRows(totals))}
<h2>Slowest answers</h2>
${table(['Operation', 'Status', 'Milliseconds'], slowestRows(totals))}
</body>
</html>
`
}

function promiseRows(findings: readonly Finding[]): string[] {
  const promises = [...new Set(Object.values(RULES))].toSorted((one, two) => one - two)
  return promises.map((promise) => {
    const count = findings.filter((finding) => finding.promise === promise).length
    const verdict =
      count === 0 ? '<span class="good">kept</span>' : `<span class="bad">${count} findings</span>`
    const rules = Object.entries(RULES).filter(([, of]) => of === promise)
    const about = rules.map(([rule]) => rule).join(', ')
    return `<tr><td>${promise}</td><td>${verdict}</td><td>${escapeHtml(about)}</td></tr>`
  })
}

function findingRows(findings: readonly Finding[]): string[] {
  return findings.slice(0, 200).map(({ promise, rule, show, detail }) => {
    const cells = `<td>${promise}: ${escapeHtml(rule)}</td><td>${escapeHtml(show ?? '')}</td>`
    return `<tr>${cells}<td class="detail">${escapeHtml(detail)}</td></tr>`
  })
}

function situationRows({ situations }: Totals): string[] {
  return (Object.keys(SITUATIONS) as Situation[]).map((name) => {
    const count = situations[name]
    const look = count < SITUATION_COUNT_MIN ? ' bad' : ''
    return `<tr><td>${SITUATIONS[name]}</td><td class="count${look}">${number(count)}</td></tr>`
  })
}

function slowestRows({ slowest }: Totals): string[] {
  return slowest.map(({ operation, status, startedAt, endedAt }) => {
    const cells = `<td>${operation}</td><td>${status}</td>`
    return `<tr>${cells}<td class="count">${number(Math.round(endedAt - startedAt))}</td></tr>`
  })
}

function table(titles: readonly string[], rows: readonly string[]): string {
  const head = titles.map((title) => `<th>${title}</th>`).join('')
  const all = `<thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody>`
  return `<div class="scroll"><table>${all}</table></div>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] as string)
}

function number(count: number): string {
  return count.toLocaleString('en')
}
