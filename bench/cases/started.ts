import { createClient } from '../../src/client/index.ts'
import { exportPlan, generatePlan } from '../../src/plans/index.ts'
import type { Case, Figure } from '../case.ts'
import type { CyclesJob, JobResult, Spread } from '../load/jobs.ts'
import { type StartedServer, startAsUsersDo } from '../processes/started-server.ts'
import { watchUsage } from '../processes/usage.ts'
import { OPERATOR_KEY, type World } from '../world.ts'
import { SALE, SPREADS } from './sale.ts'

const MEASURED: readonly [Spread, number][] = [
  ['many', 32],
  ['many', 256],
  ['one', 256],
]

let started: { server: StartedServer; newShows: (count: number) => Promise<string[]> } | undefined

/** Server, database and settings as `npm start` brings them up, with a line per request. */
export const startedCase: Case = {
  letter: 'l',
  title: 'API as `npm start` brings it up: its own database as it is, the request log on',
  async prepare(world) {
    const server = await startAsUsersDo(world.options.dataDir, OPERATOR_KEY)
    world.onClose(() => server.stop())
    started = { server, newShows: await showMaker(server) }
  },
  async round(world) {
    const figures: Figure[] = []
    for (const [spread, connections] of MEASURED) {
      figures.push(...(await measure(world, spread, connections)))
    }
    return figures
  },
}

async function measure(world: World, spread: Spread, connections: number): Promise<Figure[]> {
  if (started === undefined) throw new Error('not prepared')
  const { server, newShows } = started
  const manyCount = world.options.isQuick ? 20 : 200
  const job: CyclesJob = {
    kind: 'cycles',
    ports: [server.port],
    connections,
    warmSeconds: world.options.warmSeconds,
    seconds: world.options.seconds,
    shows: await newShows(spread === 'many' ? manyCount : 4),
    spread,
    seatsPerHold: SALE.seatsPerHold,
  }
  const groups = { servers: () => [server.pid] }
  const { value, usage } = await watchUsage(groups, () => world.generator().ask<JobResult>(job))
  const id = `l.${spread}.${connections}`
  const label = `${connections} connections, ${SPREADS[spread]}`
  const { p50, p99 } = value.latency
  return [
    { id: `${id}.rate`, label, unit: 'cycles/s', value: value.count / value.seconds, usage },
    { id: `${id}.p50`, label: `${label}: p50 of a hold`, unit: 'ms', value: p50 },
    { id: `${id}.p99`, label: `${label}: p99 of a hold`, unit: 'ms', value: p99 },
  ]
}

async function showMaker({ port }: StartedServer) {
  const client = createClient({ server: `http://127.0.0.1:${port}`, key: OPERATOR_KEY })
  const venue = await client.createVenue({ name: 'House' })
  const source = exportPlan('rowlock', generatePlan({ shape: 'grid', seats: SALE.seatCount }))
  const { id: plan } = await client.createPlan(venue.id, { format: 'rowlock', source })
  let number = 0
  return async (count: number) => {
    const keys = Array.from({ length: count }, () => `started-${++number}`)
    for (const key of keys) {
      const startsAt = '2030-01-01T20:00:00Z'
      await client.createShow({ key, title: key, startsAt, plan, confirmBy: 'holder' })
    }
    return keys
  }
}
