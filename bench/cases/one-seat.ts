import type { Case } from '../case.ts'
import type { JobResult, OneSeatJob } from '../load/jobs.ts'
import { watchUsage } from '../processes/usage.ts'

const CONNECTIONS = 256

/** A crowd on one seat: exactly one gets it, and the others learn it without waiting in line. */
export const oneSeatCase: Case = {
  letter: 'd',
  title: 'everybody wants the same seat',
  async round(world) {
    const servers = await world.servers(1)
    const [show] = await world.shows(1, 1_000)
    const job: OneSeatJob = {
      kind: 'one-seat',
      ports: servers.map(({ port }) => port),
      connections: CONNECTIONS,
      warmSeconds: world.options.warmSeconds,
      seconds: world.options.seconds,
      show: show as string,
    }
    const work = () => world.generator().ask<JobResult>(job)
    const { value, usage } = await watchUsage(world.groups(servers), work)
    const label = `${CONNECTIONS} connections, answers`
    const rate = value.count / value.seconds
    const { p50, p99 } = value.latency
    return [
      { id: 'd.rate', label, unit: 'requests/s', value: rate, usage },
      { id: 'd.p50', label: 'p50 of an answer', unit: 'ms', value: p50 },
      { id: 'd.p99', label: 'p99 of an answer', unit: 'ms', value: p99 },
    ]
  },
}
