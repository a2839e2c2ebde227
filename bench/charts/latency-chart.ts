import { type Chart, type Mark, present } from './chart.ts'
import type { WrittenRun } from './written-run.ts'

const GOAL = 'p99 of a hold, many shows, 256 connections'

/** Draws how long shoppers wait. */
export function latencyChart(run: WrittenRun): Chart {
  return {
    name: 'bench-latency',
    title: 'How long an answer takes',
    about:
      'From sending the request to having the answer, over HTTP, while every connection asks ' +
      'again as soon as it has its answer: the server is never idle.',
    unit: 'milliseconds',
    legend: [
      { tone: 'wine', text: 'half are faster (p50)' },
      { tone: 'rose', text: '99 of 100 are faster (p99)' },
      { tone: 'amber', text: 'all are served' },
    ],
    panels: present([
      {
        title: 'A hold, while others hold and confirm',
        about: 'By the number of connections',
        mark: goalOf(run),
        rows: holds(run),
      },
      {
        title: 'Crowds at one moment',
        about: '256 who want the same seat; 160 who ask for the best two of so many seats at once',
        rows: crowds(run),
      },
    ]),
  }
}

function goalOf(run: WrittenRun): Mark | undefined {
  const at = run.wanted(GOAL)
  return at === null ? undefined : { at, text: `goal of p99: ${at} ms` }
}

function holds(run: WrittenRun) {
  return (['many', 'one'] as const).flatMap((spread) =>
    [8, 32, 64, 256].map((connections) => {
      const id = `c.${spread}.${connections}`
      const what = spread === 'many' ? 'many shows' : 'one hot show'
      return { name: `${what}, ${connections}`, bars: pair(run, id) }
    }),
  )
}

function pair(run: WrittenRun, id: string) {
  return [run.bar(`${id}.p50`, 'wine'), run.bar(`${id}.p99`, 'rose')]
}

function crowds(run: WrittenRun) {
  const best = [8_000, 20_000].flatMap((seats) =>
    (['free', 'full'] as const).map((how) => {
      const house = seats.toLocaleString('en')
      return {
        name: how === 'free' ? `best two of ${house}` : `${house}, nearly full`,
        bars: [
          run.bar(`e.${seats}.${how}.p50`, 'wine'),
          run.bar(`e.${seats}.${how}.time`, 'amber'),
        ],
      }
    }),
  )
  return [{ name: 'the same seat', bars: pair(run, 'd') }, ...best]
}
