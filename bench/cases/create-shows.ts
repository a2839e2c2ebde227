import type { Case, Figure } from '../case.ts'
import type { CreateShowsJob, JobResult } from '../load/jobs.ts'
import { OPERATOR_KEY } from '../world.ts'

const SIZES = [100, 80_000]
const COUNT = 200

/** A show is a few rows, however large the house. */
export const createShowsCase: Case = {
  letter: 'g',
  title: 'creating shows on a plan',
  async round(world) {
    const ports = (await world.servers(1)).map(({ port }) => port)
    const figures: Figure[] = []
    for (const seats of SIZES) {
      const job: CreateShowsJob = {
        kind: 'create-shows',
        ports,
        operatorKey: OPERATOR_KEY,
        plan: await world.plan(seats),
        keys: Array.from({ length: COUNT }, () => world.newKey()),
      }
      const { latency } = await world.generator().ask<JobResult>(job)
      const label = `one on a plan of ${seats} seats: p50`
      figures.push({ id: `g.${seats}.p50`, label, unit: 'ms', value: latency.p50 })
    }
    return figures
  },
}
