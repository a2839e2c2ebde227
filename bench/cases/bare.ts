import type { Case } from '../case.ts'
import type { EchoJob, JobResult } from '../load/jobs.ts'
import { Child } from '../processes/child.ts'
import { watchUsage } from '../processes/usage.ts'

const PROCESS = new URL('../processes/bare-process.ts', import.meta.url)
const CONNECTIONS = 256

/** Case of what HTTP costs by itself, with the framework and the generator that the API has. */
export const bareCase: Case = {
  letter: 'j',
  title: 'bare Fastify: reads a body and answers one, without anything behind it',
  async round(world) {
    const child = new Child(PROCESS)
    try {
      const job: EchoJob = {
        kind: 'echo',
        ports: [await child.ask<number>({})],
        connections: CONNECTIONS,
        warmSeconds: world.options.warmSeconds,
        seconds: world.options.seconds,
        path: '/v1/shows/show-1/holds',
        body: JSON.stringify({ seats: ['A1', 'A2', 'A3'] }),
      }
      const { clients = () => [] } = world.groups([])
      const groups = {
        servers: () => [child.pid],
        clients: () => clients().filter((pid) => pid !== child.pid),
      }
      const { value, usage } = await watchUsage(groups, () => world.generator().ask<JobResult>(job))
      const label = `${CONNECTIONS} connections`
      return [
        { id: 'j.rate', label, unit: 'requests/s', value: value.count / value.seconds, usage },
      ]
    } finally {
      await child.stop()
    }
  },
}
