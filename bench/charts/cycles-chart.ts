import { type Chart, type Mark, present } from './chart.ts'
import type { WrittenRun } from './written-run.ts'

const TITLES = {
  many: 'Many shows on sale',
  one: 'One hot show: everybody buys at the same one',
} as const

/** Draws how many are served, against what the database does without batches. */
export function cyclesChart(run: WrittenRun): Chart {
  return {
    name: 'bench-cycles',
    title: 'Seats held and booked',
    about:
      'One cycle: hold three seats, confirm the hold. Bold: how many times as many as a ' +
      'hand-written function that is called once per click, at its best number of clients.',
    unit: 'cycles per second',
    legend: [
      { tone: 'limit', text: 'hand-written, a transaction per command' },
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
            { name: 'our kernel, the same way', bars: [run.bar(`a.own.${spread}.rate`, 'limit')] },
            ...[8, 32, 64, 256].map((count) =>
              row(`API, ${count} connections`, `c.${spread}.${count}`, 'wine'),
            ),
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
