import type { Case, Figure } from '../case.ts'
import type { CyclesJob, JobResult, Spread, VisitsJob } from '../load/jobs.ts'
import { watchUsage } from '../processes/usage.ts'
import type { BenchServer, World } from '../world.ts'
import { SALE, SPREADS, showsFor } from './sale.ts'

const CONNECTIONS = [8, 32, 64, 256]
/**
 * Numbers of connections with which two servers are measured: the same connections, half of them to
 * each.
 */
const CONNECTIONS_OF_TWO = [32, 256]

/** One server over HTTP, as shoppers meet it, and two of them. */
export const apiCase: Case = {
  letter: 'c',
  title: 'API over HTTP, hold and confirm',
  async round(world) {
    const figures: Figure[] = []
    for (const spread of ['many', 'one'] as const) {
      for (const connections of CONNECTIONS) {
        const label = `${connections} connections, ${SPREADS[spread]}`
        const about = { id: `c.${spread}.${connections}`, label, spread, connections }
        figures.push(...(await measureCycles(world, await world.servers(1), about)))
        if (!CONNECTIONS_OF_TWO.includes(connections)) continue
        const two = { ...about, id: `c.two.${spread}.${connections}`, label: `${label}, 2 servers` }
        figures.push(...(await measureCycles(world, await world.servers(2), two)))
      }
    }
    return figures
  },
}

/** Measurement to take, and its name. */
export interface Measurement {
  readonly id: string
  readonly label: string
  readonly spread: Spread
  readonly connections: number
  readonly shows?: readonly string[]
}

/** Rate of cycles, and the times of holds. */
export async function measureCycles(
  world: World,
  servers: readonly BenchServer[],
  { id, label, spread, connections, shows }: Measurement,
): Promise<Figure[]> {
  await warmUp(world, servers)
  const job: CyclesJob = {
    kind: 'cycles',
    ports: servers.map(({ port }) => port),
    connections,
    warmSeconds: world.options.warmSeconds,
    seconds: world.options.seconds,
    shows: shows ?? (await showsFor(world, spread)),
    spread,
    seatsPerHold: SALE.seatsPerHold,
  }
  const generator = world.generator()
  const work = () => generator.ask<JobResult>(job)
  const { value, usage } = await watchUsage(world.groups(servers), work)
  const { p50, p99 } = value.latency
  return [
    { id: `${id}.rate`, label, unit: 'cycles/s', value: value.count / value.seconds, usage },
    { id: `${id}.p50`, label: `${label}: p50 of a hold`, unit: 'ms', value: p50 },
    { id: `${id}.p99`, label: `${label}: p99 of a hold`, unit: 'ms', value: p99 },
  ]
}

const WARM_SHOWS = 100
const warm = new WeakSet<BenchServer>()

/** A server that has just started reads its plan and compiles its code at the first requests. */
async function warmUp(world: World, servers: readonly BenchServer[]): Promise<void> {
  for (const server of servers) {
    if (warm.has(server)) continue
    warm.add(server)
    const shows = await world.shows(WARM_SHOWS, SALE.seatCount)
    const job: VisitsJob = { kind: 'visits', ports: [server.port], connections: 16, shows }
    await world.generator().ask<JobResult>(job)
  }
}
