import { type Chart, present } from './chart.ts'
import type { WrittenRun } from './written-run.ts'

/** Draws what the rate of sales hangs on, and what it does not. */
export function scaleChart(run: WrittenRun): Chart {
  return {
    name: 'bench-scale',
    title: 'What the rate depends on',
    about: 'Holds of three seats and their confirmation, over HTTP, 64 connections (servers: 256).',
    unit: 'cycles per second',
    legend: [
      { tone: 'green', text: 'many shows' },
      { tone: 'wine', text: 'one hot show' },
    ],
    panels: present([
      {
        title: 'Servers',
        about: 'On the same two cores as the database: here a second one only shares them',
        rows: ['c', 'c.two'].map((id) => ({
          name: id === 'c' ? '1 server' : '2 servers',
          bars: [run.bar(`${id}.many.256.rate`, 'green'), run.bar(`${id}.one.256.rate`, 'wine')],
        })),
      },
      {
        title: 'Size of the show',
        about: 'Hot shows that are sold out one after the other',
        rows: [1_000, 80_000].map((seats) => ({
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
