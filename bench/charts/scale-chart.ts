import { type Chart, present } from './chart.ts'
import type { WrittenRun } from './written-run.ts'

/** What the rate of sales hangs on, and what it does not. */
export function scaleChart(run: WrittenRun): Chart {
  return {
    name: 'bench-scale',
    title: 'What the rate depends on',
    about: 'Holds of three seats and their confirmation, over HTTP, 64 connections.',
    unit: 'cycles per second',
    legend: [
      { tone: 'green', text: 'many shows' },
      { tone: 'wine', text: 'one hot show' },
    ],
    panels: present([
      {
        title: 'Servers',
        about: 'On the same two cores as the database: here more servers only share them',
        rows: [1, 2, 4].map((count) => ({
          name: count === 1 ? '1 server' : `${count} servers`,
          bars: [
            run.bar(`h.servers.many.${count}.rate`, 'green'),
            run.bar(`h.servers.one.${count}.rate`, 'wine'),
          ],
        })),
      },
      {
        title: 'Size of the house',
        about: 'Hot shows that are sold out one after the other',
        rows: [1_000, 8_000, 80_000].map((seats) => ({
          name: `${seats.toLocaleString('en')} seats`,
          bars: [run.bar(`h.size.${seats}.rate`, 'wine')],
        })),
      },
      {
        title: 'Length of the history',
        about: 'A new show, and one whose journal has ten million entries',
        rows: [
          { name: 'new', bars: [run.bar('h.journal.short.rate', 'wine')] },
          { name: '10,000,000 entries', bars: [run.bar('h.journal.long.rate', 'wine')] },
        ],
      },
    ]),
  }
}
