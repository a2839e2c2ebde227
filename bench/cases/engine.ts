import type { Case, Figure } from '../case.ts'
import type { JobResult } from '../load/jobs.ts'
import { Child } from '../processes/child.ts'
import type { EngineQuestion } from '../processes/engine-process.ts'
import { watchUsage } from '../processes/usage.ts'
import { SALE, SPREADS, showsFor } from './sale.ts'

const PROCESS = new URL('../processes/engine-process.ts', import.meta.url)
const CALLERS = [256]

/** The engine as a library: what batching gives when HTTP costs nothing. */
export const engineCase: Case = {
  letter: 'b',
  title: 'engine in process, hold and confirm',
  async round(world) {
    const figures: Figure[] = []
    for (const spread of ['many', 'one'] as const) {
      for (const callers of CALLERS) {
        const shows = await showsFor(world, spread)
        const child = new Child(PROCESS)
        const question: EngineQuestion = {
          target: world.target,
          engine: world.options.engine,
          callers,
          warmSeconds: world.options.warmSeconds,
          seconds: world.options.seconds,
          shows,
          spread,
          seatsPerHold: SALE.seatsPerHold,
        }
        const work = () => child.ask<JobResult>(question)
        const { value, usage } = await watchUsage(world.groups([]), work)
        await child.stop()
        const label = `${callers} callers, ${SPREADS[spread]}`
        const id = `b.${spread}.${callers}`
        const rate = value.count / value.seconds
        figures.push({ id: `${id}.rate`, label, unit: 'cycles/s', value: rate, usage })
        const p99 = value.latency.p99
        figures.push({ id: `${id}.p99`, label: `${label}: p99 of a hold`, unit: 'ms', value: p99 })
      }
    }
    return figures
  },
}
