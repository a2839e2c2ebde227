import type { Case } from '../case.ts'
import type { JobResult, VisitsJob } from '../load/jobs.ts'
import type { ServerMemory } from '../processes/server-process.ts'
import type { BenchServer, World } from '../world.ts'

/** A thousand of these fill what a server keeps of shows; from then on it must not grow. */
const SEATS = 5_000

/** Case of whether a server grows with the number of shows that it has served. */
export const memoryCase: Case = {
  letter: 'i',
  title: 'memory of a server by the number of shows it has served',
  roundsMax: 1,
  async round(world) {
    const [few, many] = world.options.isQuick ? [100, 200] : [1_500, 4_500]
    const server = await world.newServer()
    try {
      await serve(world, server, few)
      const before = await world.memoryOf(server)
      await serve(world, server, many - few)
      const after = await world.memoryOf(server)
      const used = ({ heap, external }: ServerMemory) => heap + external
      return [
        { id: 'i.few', label: `in use after ${few} shows`, unit: 'MB', value: used(before) / 1e6 },
        { id: 'i.many', label: `in use after ${many} shows`, unit: 'MB', value: used(after) / 1e6 },
      ]
    } finally {
      await server.child.stop()
    }
  },
}

/** Reads the availability of each show, and sells some of its seats, once. */
async function serve(world: World, { port }: BenchServer, count: number): Promise<void> {
  const shows = await world.shows(count, SEATS)
  const job: VisitsJob = { kind: 'visits', ports: [port], connections: 16, shows }
  await world.generator().ask<JobResult>(job)
}
