import { setTimeout as delay } from 'node:timers/promises'
import type { ReceiverKind } from '../processes/receiver-process.ts'
import { type Stage, spread } from './stage.ts'

const KINDS: readonly (ReceiverKind | null)[] = [null, 'hangs', 'fails', 'trickles', 'redirects']
const EACH = 5
const SALES = 200
const PAUSE_MS = 20
const SEATS = 2_000

/** Measures how late a good receiver is told while five others of one kind are told of the same. */
export async function hostile(stage: Stage): Promise<void> {
  const { world } = stage
  const server = await world.newServer()
  const operator = stage.operator(server)
  const [url = ''] = await stage.receivers('good', 1)
  console.log(`\n${SALES} bookings, one each ${PAUSE_MS} ms, in two shows`)
  console.log('\n| five others | events | arrived | p50 / p99 / max, ms |\n|---|--:|--:|---|')
  for (const kind of KINDS) {
    const bad = kind === null ? [] : await stage.receivers(kind, EACH)
    const shows = await world.shows(2, SEATS)
    const webhooks = await Promise.all(
      [url, ...bad].map((each) => operator.createWebhook({ url: each, shows })),
    )
    await stage.clear()
    const before = await stage.entriesOf(shows)
    const seats = (await world.engine.getMap(shows[0] as string)).read().seats.labels
    for (let n = 0; n < SALES; n++) {
      await operator.bookSeats(shows[n % 2] as string, { seats: [seats[n] as string] })
      await delay(PAUSE_MS)
    }
    const events = (await stage.entriesOf(shows)) - before
    const arrivals = await stage.untilDistinct(events)
    const cells = [kind ?? 'none', events, arrivals.distinct, spread(arrivals)]
    console.log(`| ${cells.join(' | ')} |`)
    await Promise.all(webhooks.map(({ id }) => operator.deleteWebhook(id)))
  }
  await server.child.stop()
}
