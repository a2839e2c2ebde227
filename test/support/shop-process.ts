/**
 * `node shop-process.ts <database as JSON> <show> <name> <shoppers>`: a server that is full of
 * shoppers. It says when it is open, and begins when standard input ends. Each holds a seat,
 * thinks, and confirms it, until the show is sold out. Every answered booking is one line of JSON
 * on standard output: what was told cannot be taken back.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Engine } from '../../src/engine/index.ts'
import type { Booking } from '../../src/protocol/index.ts'
import { by, openServer } from './engines.ts'

const [target = '', show = '', name = '', count = ''] = process.argv.slice(2)

async function shop(engine: Engine, shopper: string): Promise<Booking | null> {
  for (;;) {
    const { items } = await engine.listSeats(show, { limit: 1000 })
    if (items.every(({ status }) => status === 'booked')) return null
    const free = items.filter(({ status }) => status === 'available')
    const seat = free[Math.trunc(Math.random() * free.length)]?.seat
    try {
      if (seat === undefined) throw new Error('wait until a hold ends')
      const { value: hold } = await engine.holdSeats(by(shopper), show, { seats: [seat] })
      await delay(Math.random() * 2000)
      return (await engine.confirmHold(by(shopper), show, hold.id, {})).value
    } catch {
      await delay(100 + Math.random() * 200)
    }
  }
}

const { engine, close } = await openServer(
  { target: JSON.parse(target), allowUnsafeDurability: true },
  { deadlineMs: 20_000 },
)
process.stdout.write('open\n')
for await (const _ of process.stdin);
await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const booking = await shop(engine, `${name} ${index}`)
    if (booking !== null) process.stdout.write(`${JSON.stringify(booking)}\n`)
  }),
)
await close()
