import type { JobResult, OpenJob } from '../load/jobs.ts'
import { watchUsage } from '../processes/usage.ts'
import { coresOf, type Stage, spread } from './stage.ts'

const CONNECTIONS = 256
const SHOWS = 50
const WARM_SECONDS = 1
const SEATS_PER_HOLD = 3
/** Spare seats: what is left is found by chance, so some must be left. */
const SPARE = 1.3

/** From the entry in the journal to the receiver, while so many cycles a second begin by chance. */
export async function lag(stage: Stage, rate: number, seconds: number): Promise<void> {
  const { world } = stage
  const server = await world.newServer()
  const operator = stage.operator(server)
  const [url = ''] = await stage.receivers('good', 1)
  const { id } = await operator.createWebhook({ url })
  console.log(`\n${rate} cycles a second for ${seconds} s`)
  const heads = [
    'shows',
    'cycles/s',
    'p50 / p99 of a hold, ms',
    'events',
    'arrived',
    'p50 / p99 / max, ms',
    'cores: server / database / buyers / receiver',
  ]
  console.log(`\n| ${heads.join(' | ')} |\n|${heads.map(() => '---|').join('')}`)
  for (const count of [SHOWS, 1]) {
    const seats = Math.ceil((rate * (seconds + WARM_SECONDS) * SEATS_PER_HOLD * SPARE) / count)
    const shows = await world.shows(count, seats)
    await stage.untilDistinct(count)
    await stage.clear()
    const before = await stage.entriesOf(shows)
    const job: OpenJob = {
      kind: 'open',
      ports: [server.port],
      connections: CONNECTIONS,
      shows,
      spread: 'many',
      seatsPerHold: SEATS_PER_HOLD,
      rate,
      warmSeconds: WARM_SECONDS,
      seconds,
    }
    const { value: result, usage } = await watchUsage(stage.groups([server]), () =>
      world.generator().ask<JobResult>(job),
    )
    const events = (await stage.entriesOf(shows)) - before
    const arrivals = await stage.untilDistinct(events)
    const cycles = (result.count / result.seconds).toFixed(0)
    const { p50, p99 } = result.latency
    const hold = `${p50.toFixed(1)} / ${p99.toFixed(1)}`
    const told = [events, arrivals.distinct, spread(arrivals), coresOf(usage)]
    const cells = [count, cycles, hold, ...told]
    console.log(`| ${cells.join(' | ')} |`)
    await stage.clear()
  }
  await operator.deleteWebhook(id)
  await server.child.stop()
}
