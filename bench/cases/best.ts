import type { Case, Figure } from '../case.ts'
import type { BestJob, JobResult } from '../load/jobs.ts'
import type { World } from '../world.ts'

const CONNECTIONS = 160
const QUANTITY = 2
const SIZES = [8_000, 20_000]

/** A crowd that asks for the best pair at the same moment: nobody may be refused. */
export const bestCase: Case = {
  letter: 'e',
  title: `${CONNECTIONS} at once ask for the best ${QUANTITY} seats`,
  async round(world) {
    const figures: Figure[] = []
    for (const seats of SIZES) {
      const [free, full] = await world.shows(2, seats)
      figures.push(...(await measure(world, free as string, `e.${seats}.free`, `${seats} seats`)))
      await nearlyFill(world, full as string, seats)
      const label = `${seats} seats, nearly full`
      figures.push(...(await measure(world, full as string, `e.${seats}.full`, label)))
    }
    return figures
  },
}

async function measure(world: World, show: string, id: string, label: string): Promise<Figure[]> {
  const ports = (await world.servers(1)).map(({ port }) => port)
  const job: BestJob = { kind: 'best', ports, connections: CONNECTIONS, show, quantity: QUANTITY }
  // Reads the plan, which is done once and then kept.
  await world.generator().ask<JobResult>({
    ...{ kind: 'reads', ports, connections: 1, warmSeconds: 0, seconds: 0.01 },
    ...{ path: `/v1/shows/${show}/availability`, isTagged: false },
  })
  const { seconds, count, latency } = await world.generator().ask<JobResult>(job)
  const refused = CONNECTIONS - count
  return [
    {
      id: `${id}.time`,
      label: `${label}: until all are served`,
      unit: 'ms',
      value: seconds * 1000,
    },
    { id: `${id}.p50`, label: `${label}: p50 of a hold`, unit: 'ms', value: latency.p50 },
    { id: `${id}.refused`, label: `${label}: refused`, unit: 'count', value: refused },
  ]
}

/** Books everything but four times as many pairs as are asked for, scattered over the house. */
async function nearlyFill(world: World, show: string, seats: number): Promise<void> {
  const showId = await world.numberOf(show)
  const every = Math.floor(seats / (CONNECTIONS * QUANTITY * 2))
  await world.asOwner(
    `with seat as (
       select no
       from generate_series(0, $2::int - 1) as seat (no)
       where no / 2 % $3::int <> 0
     ), entry as (
       insert into rowlock.journal (
         show_id, version, at, kind, hold_id, step, seats, freed, until, booked_at, actor,
         request_id, fingerprint
       )
       select $1, 2, rowlock.clock(), 'book', gen_random_uuid(), 0, array_agg(seat.no), '{}',
         'infinity', rowlock.clock(), 'bench', gen_random_uuid(), gen_random_uuid()
       from seat
       returning show_id, hold_id, booked_at
     )
     insert into rowlock.claims (show_id, seat_no, hold_id, until, booked_at)
     select entry.show_id, seat.no, entry.hold_id, 'infinity', entry.booked_at
     from entry
     cross join seat`,
    [showId, seats, every],
  )
}
