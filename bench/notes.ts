/**
 * `npm run bench:notes`: what notes cost a hold, and what the index of references costs a booking.
 * The kernel alone, over one connection, on one database; A and B in turns. Counted are the time
 * that its backend had a processor, which others on the machine disturb least, and what it writes
 * to the log. Told are the median of the ratios of the rounds, and their middle half. Linux only.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Command } from '../src/engine/lanes/command.ts'
import { command, createKernel } from '../test/support/kernel.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    batches: { type: 'string', default: '300' },
    size: { type: 'string', default: '20' },
  },
})
const [ROUNDS, BATCHES, SIZE] = [values.rounds, values.batches, values.size].map(Number) as [
  number,
  number,
  number,
]
const SEATS = BATCHES * SIZE

const kernel = await createKernel('bench notes')
const session = await kernel.session()
const CREATE_INDEX = `create index journal_reference_idx on rowlock.journal
  (reference, at, show_id, version)
  where kind in ('confirm', 'book', 'transfer', 'amend') and reference is not null`

let orders = 0
const notes = () => ({
  holder: `customer-${orders++}`,
  reference: `order-${orders}`,
  metadata: { basket: String(orders), campaign: 'newsletter', terminal: 'lobby 2' },
})

interface Spent {
  readonly ticks: number
  readonly bytes: number
}

/** Reads the processor time of the backend, and where the log ends. */
async function spent(): Promise<Spent> {
  const stat = readFileSync(`/proc/${session.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const { rows } = await kernel.owner.query<{ bytes: string }>(
    "select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes",
  )
  return { ticks: Number(stat[11]) + Number(stat[12]), bytes: Number(rows[0]?.bytes) }
}

/** Sells a show out, in batches, and says what that took. */
async function sell(kind: 'hold' | 'book', more: () => Partial<Command>): Promise<Spent> {
  const showId = await kernel.createShow(SEATS)
  const batches = Array.from({ length: BATCHES }, (_, batch) =>
    Array.from({ length: SIZE }, (_, n) =>
      command(kind, showId, { seats: [batch * SIZE + n], ...more() }),
    ),
  )
  const before = await spent()
  for (const batch of batches) await session.applyAt(...batch)
  const after = await spent()
  return { ticks: after.ticks - before.ticks, bytes: after.bytes - before.bytes }
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
}

function tell(what: string, ratios: readonly number[]): void {
  const sorted = ratios.toSorted((a, b) => a - b)
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => {
    return `${(100 * (quantile(sorted, share) - 1)).toFixed(1)} %`
  })
  console.log(`${what}: ${middle} (middle half: ${low} to ${high}), ${ratios.length} rounds`)
}

/** Runs both in turns, and tells how much more the other one takes. */
async function compare(what: string, one: () => Promise<Spent>, other: () => Promise<Spent>) {
  const rounds: (readonly [Spent, Spent])[] = []
  for (let round = -2; round < ROUNDS; round++) {
    const isSwapped = round % 2 === 0
    const [first, second] = isSwapped ? [await other(), await one()] : [await one(), await other()]
    if (round >= 0) rounds.push(isSwapped ? [second, first] : [first, second])
  }
  for (const unit of ['ticks', 'bytes'] as const) {
    const ratios = rounds.map(([mine, others]) => others[unit] / mine[unit])
    tell(`${what}, ${unit === 'ticks' ? 'processor' : 'log'}`, ratios)
  }
}

await compare(
  'a hold with holder, reference and three notes, to one without',
  () => sell('hold', () => ({})),
  () => sell('hold', notes),
)
const order = () => ({ reference: `order-${orders++}` })
await compare(
  'a booking with the index of references, to one without the index',
  async () => {
    await kernel.owner.query('drop index rowlock.journal_reference_idx')
    const taken = await sell('book', order)
    await kernel.owner.query(CREATE_INDEX)
    return taken
  },
  () => sell('book', order),
)
await kernel.end()
await kernel.database.drop()
