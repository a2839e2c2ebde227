import type { Case, Figure } from '../case.ts'
import type { CyclesJob, JobResult, ReadsJob } from '../load/jobs.ts'
import { watchUsage } from '../processes/usage.ts'
import type { World } from '../world.ts'
import { SALE } from './sale.ts'

const CONNECTIONS = 64
const WRITERS = 16

/** Requests that shoppers poll with. A page of seats has the usual 100. */
const READS = [
  { name: 'availability', path: 'availability', isTagged: false },
  { name: 'availability, 304', path: 'availability', isTagged: true },
  { name: 'statuses', path: 'statuses', isTagged: false },
  { name: 'seats', path: 'seats', isTagged: false },
]

/** Reads of one show, alone and while it is sold. */
export const readsCase: Case = {
  letter: 'f',
  title: `reads of one show by ${CONNECTIONS} connections`,
  async round(world) {
    const figures: Figure[] = []
    for (const seats of world.options.isQuick ? [1_000] : [1_000, 20_000]) {
      for (const isSold of [false, true]) {
        for (const read of READS) figures.push(...(await measure(world, seats, isSold, read)))
      }
    }
    return figures
  },
}

async function measure(
  world: World,
  seats: number,
  isSold: boolean,
  { name, path, isTagged }: (typeof READS)[number],
): Promise<Figure[]> {
  // While one show is sold, a small one is sold out soon: then the next one, unread, is.
  const shows = await world.shows(isSold ? 1 + Math.ceil(200_000 / seats) : 1, seats)
  const servers = await world.servers(1)
  const ports = servers.map(({ port }) => port)
  const { warmSeconds, seconds } = world.options
  const connections = CONNECTIONS
  const show = shows[0] as string
  const time = { warmSeconds: warmSeconds / 2, seconds: seconds / 2 }
  const job: ReadsJob = {
    ...{ kind: 'reads', ports, connections, ...time, isTagged },
    path: `/v1/shows/${show}/${path}`,
  }
  const sale: CyclesJob = {
    ...{ kind: 'cycles', ports, connections: WRITERS, ...time },
    ...{ shows, spread: 'one', seatsPerHold: SALE.seatsPerHold },
  }
  const work = async () => {
    const selling = isSold ? world.generator(1).ask<JobResult>(sale) : null
    const [reading] = await Promise.all([world.generator().ask<JobResult>(job), selling])
    return reading
  }
  const { value, usage } = await watchUsage(world.groups(servers), work)
  const label = `${name} of ${seats} seats${isSold ? `, while ${WRITERS} connections buy` : ''}`
  const id = `f.${seats}.${isSold ? 'sold' : 'quiet'}.${name.replace(', ', '.')}`
  const rate = value.count / value.seconds
  return [
    { id: `${id}.rate`, label, unit: 'requests/s', value: rate, usage },
    { id: `${id}.p99`, label: `${label}: p99`, unit: 'ms', value: value.latency.p99 },
  ]
}
