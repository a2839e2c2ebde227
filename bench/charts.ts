/**
 * `npm run bench:charts [-- bench/results/NAME.json]`: draws the charts of the documentation from
 * the newest results, or from those that are named, into docs/images.
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openBrowser } from '../test/support/browser.ts'
import type { Chart } from './charts/chart.ts'
import { cyclesChart } from './charts/cycles-chart.ts'
import { latencyChart } from './charts/latency-chart.ts'
import { CHART_WIDTH, pageOf } from './charts/page.ts'
import { readsChart } from './charts/reads-chart.ts'
import { scaleChart } from './charts/scale-chart.ts'
import { newestRun, readRun } from './charts/written-run.ts'

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url))
const CHARTS = [cyclesChart, latencyChart, readsChart, scaleChart]

const { positionals } = parseArgs({ allowPositionals: true })
const [name] = positionals
const run = name === undefined ? await newestRun() : await readRun(name)
const charts = CHARTS.map((chart) => chart(run)).filter(({ panels }) => panels.length > 0)
await draw(charts, await pageOf(charts, run.smallPrint))
console.log(`From ${run.file}.`)

/** Each chart as a picture of its own, twice as fine as it is meant to be shown. */
async function draw(charts: readonly Chart[], html: string): Promise<void> {
  await mkdir(IMAGES, { recursive: true })
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({
      viewport: { width: CHART_WIDTH, height: 900 },
      deviceScaleFactor: 2,
      colorScheme: 'light',
    })
    await page.setContent(html)
    for (const chart of charts) {
      await page.locator(`#${chart.name}`).screenshot({ path: `${IMAGES}${chart.name}.png` })
      console.log(`docs/images/${chart.name}.png: ${chart.title}`)
    }
  } finally {
    await browser.close()
  }
}
