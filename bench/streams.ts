/**
 * `npm run bench:streams`: how long an event takes to reach everybody who listens to one show, what
 * each of them costs the server in memory, and what all of them cost the database. Server, database
 * and listeners are processes of their own on this machine; the writer is another server.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '../src/client/index.ts'
import { commit } from './machine.ts'
import { readOptions } from './options.ts'
import { Child } from './processes/child.ts'
import { type Delays, instant, type ListenersQuestion } from './processes/listeners-process.ts'
import { type BenchServer, SELLER, type World, withWorld } from './world.ts'

const LISTENERS = new URL('./processes/listeners-process.ts', import.meta.url)
/** Numbers of listeners; others may be given as arguments. */
const COUNTS = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 100, 1_000, 5_000]
const SEATS = 2_000
const WRITES = 40
const PAUSE_MS = 300
/** A hot sale: so many writes, one each so many milliseconds, whether those before are done. */
const RUSH = 200
const RUSH_EVERY_MS = 25
const IDLE_MS = 5_000

/** Books a seat and answers the version that it made. */
type Write = (show: string, seat: string) => Promise<number>

interface Row {
  readonly listeners: number
  readonly own: Delays
  readonly other: Delays
  /** With 40 writes a second through the listeners' own server. */
  readonly rush: Delays
  /** Milliseconds that those writes took. */
  readonly writes: { readonly p50: number; readonly p99: number }
  readonly bytesPerListener: number
  readonly queriesPerSecond: number
}

const options = readOptions([])
if (options === null) throw new Error('no options')
await withWorld(options, async (world) => {
  const listeners = new Child(LISTENERS)
  const rows: Row[] = []
  try {
    for (const count of COUNTS) rows.push(await measure(world, listeners, count))
  } finally {
    await listeners.stop()
  }
  print(rows)
})

async function measure(world: World, listeners: Child, count: number): Promise<Row> {
  const server = await world.newServer()
  const ask = (question: ListenersQuestion) => listeners.ask<Delays>(question)
  try {
    const [show = ''] = await world.shows(1, SEATS)
    await ask({ kind: 'listen', port: server.port, show, count: 1 })
    const before = await world.memoryOf(server)
    await ask({ kind: 'listen', port: server.port, show, count })
    await delay(1_000)
    const after = await world.memoryOf(server)
    const queriesPerSecond = await idleQueries(world)
    const seats = (await world.engine.getMap(show)).read().seats.labels
    const own = await tell(ask, show, seats.slice(0, WRITES), through(server))
    const other = await tell(ask, show, seats.slice(WRITES, 2 * WRITES), elsewhere(world))
    const rest = seats.slice(2 * WRITES, 2 * WRITES + RUSH)
    const { delays: rush, writes } = await hurry(ask, show, rest, through(server))
    await ask({ kind: 'hang up' })
    const bytes = after.heap + after.external - before.heap - before.external
    const bytesPerListener = count === 1 ? Number.NaN : bytes / (count - 1)
    return { listeners: count, own, other, rush, writes, bytesPerListener, queriesPerSecond }
  } finally {
    await server.child.stop()
  }
}

async function tell(
  ask: (question: ListenersQuestion) => Promise<Delays>,
  show: string,
  seats: readonly string[],
  write: Write,
): Promise<Delays> {
  await ask({ kind: 'clear' })
  const writtenAt = new Map<number, number>()
  for (const seat of seats) {
    const version = await write(show, seat)
    writtenAt.set(version, instant())
    await delay(PAUSE_MS * (0.5 + Math.random()))
  }
  await delay(1_000)
  return await ask({ kind: 'delays', writtenAt })
}

/** Writes come when they come, 40 a second, whatever becomes of those before. */
async function hurry(
  ask: (question: ListenersQuestion) => Promise<Delays>,
  show: string,
  seats: readonly string[],
  write: Write,
): Promise<{ delays: Delays; writes: { p50: number; p99: number } }> {
  await ask({ kind: 'clear' })
  const writtenAt = new Map<number, number>()
  const took: number[] = []
  const writing: Promise<void>[] = []
  for (const seat of seats) {
    const beganAt = performance.now()
    const written = write(show, seat).then((version) => {
      writtenAt.set(version, instant())
      took.push(performance.now() - beganAt)
    })
    writing.push(written)
    await delay(RUSH_EVERY_MS)
  }
  await Promise.all(writing)
  await delay(1_000)
  took.sort((one, two) => one - two)
  const part = (share: number) => took[Math.floor((took.length - 1) * share)] ?? Number.NaN
  const delays = await ask({ kind: 'delays', writtenAt })
  return { delays, writes: { p50: part(0.5), p99: part(0.99) } }
}

function through({ port }: BenchServer): Write {
  const client = createClient({ server: `http://127.0.0.1:${port}` })
  return async (show, seat) => (await client.bookSeats(show, { seats: [seat] })).version
}

function elsewhere({ engine }: World): Write {
  return async (show, seat) => {
    return (await engine.bookSeats(SELLER, show, { seats: [seat] })).value.version
  }
}

/** Transactions that the database counts while nobody writes. */
async function idleQueries(world: World): Promise<number> {
  const text = 'select xact_commit from pg_stat_database where datname = current_database()'
  const commits = async () => (await world.database.read<{ xact_commit: number }>(text))[0]
  // Backends report what they have done about once a second.
  await delay(1_500)
  const before = await commits()
  const since = performance.now()
  await delay(IDLE_MS)
  const seconds = (performance.now() - since) / 1_000
  return ((await commits())?.xact_commit ?? 0) / seconds - (before?.xact_commit ?? 0) / seconds
}

function print(rows: readonly Row[]): void {
  console.log(`commit ${commit()}, node ${process.version}, a show of ${SEATS} seats\n`)
  const own = 'own server p50 / p99 / max (ms)'
  const other = 'another server p50 / p99 / max (ms)'
  const rush = '40 writes/s p50 / p99 / max (ms)'
  const titles = [own, other, rush, 'those writes p50 / p99 (ms)']
  console.log(`| listeners | ${titles.join(' | ')} | kB per listener | idle queries/s | arrived |`)
  console.log('|--:|--:|--:|--:|--:|--:|--:|--:|')
  for (const row of rows) {
    const cells = [
      row.listeners.toLocaleString('en'),
      spread(row.own),
      spread(row.other),
      spread(row.rush),
      `${row.writes.p50.toFixed(1)} / ${row.writes.p99.toFixed(1)}`,
      Number.isNaN(row.bytesPerListener) ? '' : (row.bytesPerListener / 1_000).toFixed(1),
      row.queriesPerSecond.toFixed(1),
      `${row.own.arrived + row.other.arrived} of ${row.own.expected + row.other.expected}`,
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

function spread({ p50, p99, max }: Delays): string {
  return [p50, p99, max].map((ms) => ms.toFixed(1)).join(' / ')
}
