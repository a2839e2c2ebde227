/**
 * `node old-engine.ts <sources of a release> <database as JSON>`: a server of that release, as far
 * as it speaks to the database. It sells before the database is migrated; when standard input says
 * so, it sells on, over the connections that it has. Each line on standard output is one answer.
 */
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const [sources = '', target = ''] = process.argv.slice(2)
const { openServer, by, shopper, createShow } = await import(
  pathToFileURL(`${sources}/test/support/engines.ts`).href
)
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const say = (fields: object) => process.stdout.write(`${JSON.stringify(fields)}\n`)

const { engine, close } = await openServer({
  target: JSON.parse(target),
  allowUnsafeDurability: true,
})

/** Everything that is done to a show; throws whatever the engine throws. */
async function sell(show: string) {
  const hold = async (...seats: string[]) =>
    (await engine.holdSeats(by('old'), show, { seats })).value.id
  const booking = (await engine.confirmHold(by('old'), show, await hold('A1', 'A2'), {})).value
  await engine.swapSeats(by('old'), show, booking.id, { from: ['A1', 'A2'], to: ['A3', 'A4'] })
  await engine.releaseHold(by('old'), show, await hold('A5'), {})
  const extended = await hold('A6')
  await engine.extendHold(by('old'), show, extended, { holdSeconds: 600 })
  const direct = (await engine.bookSeats(by('old'), show, { seats: ['B1'] })).value
  await engine.cancelBooking(by('old'), show, direct.id, {})
  const block = (await engine.blockSeats(by('old'), show, { seats: ['B2', 'B3'] })).value
  await engine.unblockSeats(by('old'), show, block.id, { seats: ['B3'] })
  await engine.holdSeats(by('old'), show, { best: { quantity: 2 } })
  const { items } = await engine.listSeats(show, { limit: 100 })
  await engine.getBooking(shopper('old'), show, booking.id)
  return {
    show,
    hold: extended,
    booking: booking.id,
    seats: items.map(({ status }: { status: string }) => status),
  }
}

/** The shows that there are, and one more. */
async function sellAll() {
  const show = await createShow(engine, { rows: 'A-B', seatsPerRow: 8 })
  return await sell(show)
}

const before = await sellAll()
say({ before })
await lines.next()
const kept = await engine.confirmHold(by('old'), before.show, before.hold, {})
say({ kept: kept.value.seats, after: await sellAll() })
await lines.next()
process.stdin.destroy()
await close()
