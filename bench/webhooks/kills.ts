import { setTimeout as delay } from 'node:timers/promises'
import { type BenchServer, SELLER, type World } from '../world.ts'
import { type Stage, spread } from './stage.ts'

const SHOWS = 50
const SEATS = 10_000
const SERVERS = 2
const WRITERS = 16

/**
 * Kills one of two servers after the other, while bookings go on in the database, and looks whether
 * every entry of every journal has been told, in which order, and whether what came twice can be
 * told by its id. True when nothing is wrong.
 */
export async function kills(stage: Stage, killCount: number, events: number): Promise<boolean> {
  const { world } = stage
  const servers = await Promise.all(Array.from({ length: SERVERS }, () => world.newServer()))
  const [url = ''] = await stage.receivers('good', 1)
  await stage.operator(servers[0] as BenchServer).createWebhook({ url })
  const shows = await world.shows(SHOWS, SEATS)
  const work = { isOver: false }
  const writing = write(world, shows, events - SHOWS, work)
  let killed = 0
  const killing = (async () => {
    while (!work.isOver || killed < killCount) {
      await delay(1_000 + 2_000 * Math.random())
      if (killed >= killCount) continue
      const index = killed % SERVERS
      await (servers[index] as BenchServer).child.kill()
      servers[index] = await world.newServer()
      killed += 1
    }
  })()
  await Promise.all([writing, killing])
  const expected = await stage.entriesOf(shows)
  const arrivals = await stage.untilDistinct(expected)
  const lost = expected - arrivals.distinct
  const { count, distinct, changed, outOfOrder } = arrivals
  console.log(`\n${killed} × kill -9 of a server, ${expected} events in ${SHOWS} shows`)
  console.log(`lost ${lost}, again ${count - distinct}, again with another body ${changed}, out of`)
  console.log(`order ${outOfOrder}; p50 / p99 / max ${spread(arrivals)} ms`)
  await Promise.all(servers.map(({ child }) => child.stop()))
  return lost === 0 && changed === 0 && outOfOrder === 0
}

/** Books seat after seat, and cancels every second booking: so many entries in all. */
async function write(
  world: World,
  shows: readonly string[],
  events: number,
  work: { isOver: boolean },
): Promise<void> {
  const labels = (await world.engine.getMap(shows[0] as string)).read().seats.labels
  let next = 0
  let left = events
  const writer = async () => {
    while (left > 0) {
      const number = next++
      left -= 1
      const show = shows[number % shows.length] as string
      const seat = labels[Math.floor(number / shows.length)] as string
      const booked = await world.engine.bookSeats(SELLER, show, { seats: [seat] })
      if (number % 2 === 0 || left <= 0) continue
      left -= 1
      await world.engine.cancelBooking(SELLER, show, booked.value.id, {})
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  work.isOver = true
}
