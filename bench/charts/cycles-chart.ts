import { type Chart, type Mark, present } from './chart.ts'
import type { WrittenRun } from './written-run.ts'

const TITLES = {
  many: 'Many shows on sale',
  one: 'One hot show: everybody buys at the same one',
} as const

/** How many are served, against what the database does without batches. */
export function cyclesChart(run: WrittenRun): Chart {
  return {
    name: 'bench-cycles',
    title: 'Seats held and booked',
    about:
      'One cycle: hold three seats, confirm the hold. Bold: how many times as many as with one ' +
      'command per transaction, which is the limit of anything that asks the database per click.',
    unit: 'cycles per second',
    legend: [
      { tone: 'limit', text: 'database, a transaction per command' },
      { tone: 'wine', text: 'API over HTTP' },
      { tone: 'green', text: 'engine as a library' },
    ],
    panels: present(
      (['many', 'one'] as const).map((spread) => {
        const limit = `a.${spread}.rate`
        const row = (name: string, id: string, tone: 'wine' | 'green') => {
          return { name, bars: [run.bar(`${id}.rate`, tone, limit)] }
        }
        return {
          title: TITLES[spread],
          mark: markOf(run.median(limit)),
          rows: [
            { name: 'the limit', bars: [run.bar(limit, 'limit')] },
            row('API, 64 connections', `c.${spread}.64`, 'wine'),
            row('API, 256 connections', `c.${spread}.256`, 'wine'),
            row('engine, 64 callers', `b.${spread}.64`, 'green'),
            row('engine, 256 callers', `b.${spread}.256`, 'green'),
          ],
        }
      }),
    ),
  }
}

function markOf(at: number | null): Mark | undefined {
  return at === null ? undefined : { at, text: '' }
}
