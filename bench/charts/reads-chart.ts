import { type Chart, present } from './chart.ts'
import type { WrittenRun } from './written-run.ts'

const READS = [
  { name: 'availability', id: 'availability' },
  { name: 'unchanged (304)', id: 'availability.304' },
  { name: 'status of every seat', id: 'statuses' },
  { name: '100 seats in full', id: 'seats' },
]

/** Draws what shoppers poll, and what is left of it while the show is sold. */
export function readsChart(run: WrittenRun): Chart {
  return {
    name: 'bench-reads',
    title: 'Looking at a show',
    about:
      'Requests of 64 connections to one server. Every answer is current: it shows whatever had ' +
      'been answered before it was asked for.',
    unit: 'requests per second',
    legend: [
      { tone: 'green', text: 'nobody buys' },
      { tone: 'amber', text: 'while 16 connections buy as fast as they can' },
    ],
    panels: present(
      [1_000, 20_000, 80_000].map((seats) => ({
        title: `${seats.toLocaleString('en')} seats`,
        rows: READS.map(({ name, id }) => ({
          name,
          bars: [
            run.bar(`f.${seats}.quiet.${id}.rate`, 'green'),
            run.bar(`f.${seats}.sold.${id}.rate`, 'amber'),
          ],
        })),
      })),
    ),
  }
}
