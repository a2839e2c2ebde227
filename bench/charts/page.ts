import { readFile } from 'node:fs/promises'
import { ticksOf } from './axis.ts'
import type { Bar, Chart, Mark, Panel } from './chart.ts'
import { PAGE_STYLE } from './page-style.ts'

/** In pixels: as wide as the pictures are shown in the documentation. */
export const CHART_WIDTH = 640

const TOKENS = new URL('../../web/dashboard/style/tokens.css', import.meta.url)

/** A page with all charts, in the colours of the dashboard. */
export async function pageOf(
  charts: readonly Chart[],
  smallPrint: readonly string[],
): Promise<string> {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Benchmark</title>
<style>${await readFile(TOKENS, 'utf8')}${PAGE_STYLE}</style>
${charts.map((chart) => figureOf(chart, smallPrint)).join('\n')}
</html>`
}

function figureOf(chart: Chart, smallPrint: readonly string[]): string {
  const { name, title, about, unit, legend, panels } = chart
  const ticks = ticksOf(panels)
  const keys = legend.map(({ tone, text }) => `<li><i class="${tone}"></i>${text}</li>`)
  return `<figure id="${name}">
<figcaption><h1>${title}<span>${unit}</span></h1><p>${about}</p></figcaption>
<ul class="legend">${keys.join('')}</ul>
${panels.map((panel) => panelOf(panel, ticks)).join('\n')}
<footer>${smallPrint.map((line) => `<span>${line}</span>`).join(' · ')}</footer>
</figure>`
}

function panelOf({ title, about, rows, mark }: Panel, ticks: readonly number[]): string {
  const last = ticks.at(-1) as number
  const lines = ticks.map((tick) => {
    return `<i style="left:${share(tick, last)}"><b>${tick.toLocaleString('en')}</b></i>`
  })
  const bars = rows.map(({ name, bars }) => {
    const all = bars.map((bar) => barOf(bar, last))
    return `<div class="row"><div class="name">${name}</div><div>${all.join('')}</div></div>`
  })
  return `<section>
<h2>${title}</h2>${about === undefined ? '' : `<p>${about}</p>`}
<div class="plot"><div class="axis">${lines.join('')}${mark ? markOf(mark, last) : ''}</div>
${bars.join('\n')}</div>
</section>`
}

function markOf({ at, text }: Mark, last: number): string {
  const word = text === '' ? '' : `<em>${text}</em>`
  return `<s style="left:${share(at, last)}">${word}</s>`
}

function barOf({ tone, median, low, high, text, emphasis }: Bar, last: number): string {
  const range = `left:${share(low, last)};width:${share(high - low, last)}`
  const strong = emphasis === undefined ? '' : `<strong>${emphasis}</strong>`
  return `<div class="bar ${tone}">
<i style="width:${share(median, last)}"></i><u style="${range}"></u>
<span style="left:${share(Math.max(median, high), last)}">${text}${strong}</span></div>`
}

function share(value: number, of: number): string {
  return `${((100 * value) / of).toFixed(2)}%`
}
