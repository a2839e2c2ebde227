import { setTimeout as delay } from 'node:timers/promises'
import type { Case, Figure } from '../case.ts'
import type { OpenJob, OpenResult } from '../load/jobs.ts'
import type { Child } from '../processes/child.ts'
import type { LongestPauses, PausesQuestion } from '../processes/pauses.ts'
import { watchUsage } from '../processes/usage.ts'
import type { BenchServer } from '../world.ts'
import { measureCycles } from './api.ts'
import { SALE, SPREADS, showsFor } from './sale.ts'

const SHARE = 0.7
const CONNECTIONS = 256

/**
 * Shoppers who come when they come, and do not wait for each other: as many as 70 % of what the
 * server can do. A time counts from when they came, so what keeps some waiting is in it.
 */
export const openCase: Case = {
  letter: 'k',
  title: 'API, open loop: arrivals by chance at 70 % of capacity',
  async round(world) {
    const servers = await world.servers(1)
    const figures: Figure[] = []
    for (const spread of ['many', 'one'] as const) {
      const about = { id: `k.${spread}.full`, spread, connections: CONNECTIONS } as const
      const label = `capacity, ${SPREADS[spread]}`
      const [capacity] = await measureCycles(world, servers, { ...about, label })
      const job: OpenJob = {
        kind: 'open',
        ports: servers.map(({ port }) => port),
        connections: CONNECTIONS,
        rate: (capacity?.value ?? 0) * SHARE,
        warmSeconds: world.options.warmSeconds,
        seconds: world.options.seconds,
        shows: await showsFor(world, spread),
        spread,
        seatsPerHold: SALE.seatsPerHold,
      }
      const work = () => world.generator().ask<OpenResult>(job)
      const { child } = servers[0] as BenchServer
      const [{ value, usage }] = await Promise.all([
        watchUsage(world.groups(servers), work),
        watchPauses(child, job.warmSeconds),
      ])
      const pauses = { server: await pausesOf(child), generator: value.pauses }
      const { p50, p99 } = value.latency
      const name = `arrivals at ${SHARE * 100} %, ${SPREADS[spread]}`
      const rate = value.count / value.seconds
      figures.push({ id: `k.${spread}.rate`, label: name, unit: 'cycles/s', value: rate, usage })
      const id = `k.${spread}`
      figures.push({ id: `${id}.p50`, label: `${name}: p50 of a hold`, unit: 'ms', value: p50 })
      figures.push({ id: `${id}.p99`, label: `${name}: p99 of a hold`, unit: 'ms', value: p99 })
      for (const [who, longest] of Object.entries(pauses)) {
        for (const [what, ms] of Object.entries(longest)) {
          const pause = `${name}: longest pause of the ${who} (${what})`
          figures.push({ id: `${id}.${who}.${what}`, label: pause, unit: 'ms', value: ms })
        }
      }
    }
    return figures
  },
}

/** Has a server watch for its pauses, when it has warmed up. */
async function watchPauses(child: Child, afterSeconds: number): Promise<void> {
  await delay(afterSeconds * 1000)
  await child.ask({ kind: 'watch-pauses' } satisfies PausesQuestion)
}

/** Since it began to watch. */
function pausesOf(child: Child): Promise<LongestPauses> {
  return child.ask<LongestPauses>({ kind: 'pauses' } satisfies PausesQuestion)
}
