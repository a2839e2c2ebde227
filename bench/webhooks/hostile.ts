import { setTimeout as delay } from 'node:timers/promises'
import type { ReceiverKind } from '../processes/receiver-process.ts'
import { type Stage, spread } from './stage.ts'

type Kind = ReceiverKind | 'private' | null
const KINDS: readonly Kind[] = [null, 'hangs', 'fails', 'trickles', 'redirects', 'private']
const INSIDE = 'http://127.0.0.1:9/inside-'
const LEAD_INSIDE = "update rowlock.webhooks set url = 'https://10.0.0.1/' where url like $1"
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
    const bad = await others(stage, kind)
    const shows = await world.shows(2, SEATS)
    const webhooks = await Promise.all(
      [url, ...bad].map((each) => operator.createWebhook({ url: each, shows })),
    )
    // As if their names led there by now: nobody could create one like this.
    if (kind === 'private') await world.asOwner(LEAD_INSIDE, [`${INSIDE}%`])
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

async function others(stage: Stage, kind: Kind): Promise<readonly string[]> {
  if (kind === null) return []
  if (kind !== 'private') return stage.receivers(kind, EACH)
  return Array.from({ length: EACH }, (_, index) => `${INSIDE}${index}`)
}
