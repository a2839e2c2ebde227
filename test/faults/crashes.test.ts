/**
 * Killing whatever can be killed, in the middle of a crowd: what was answered is there.
 *
 * Promises 3 and 7.
 */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { connectPatiently } from '../../src/db/connection.ts'
import type { EmbeddedDatabase, EmbeddedSettings } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import type { Engine } from '../../src/engine/index.ts'
import { type Booking, Refusal } from '../../src/protocol/index.ts'
import { createTestDatabase } from '../support/database.ts'
import { useDirectory, useEmbedded } from '../support/embedded.ts'
import { by, codeOf, createShow, openServer, shopper, tally } from '../support/engines.ts'
import { until } from '../support/until.ts'

const SHOP = fileURLToPath(new URL('../support/shop-process.ts', import.meta.url))

interface Theatre {
  readonly database: EmbeddedDatabase
  readonly engine: Engine
}

/** A database of its own, durable unless told otherwise, and an engine on it. */
async function theatre(
  test: TestContext,
  settings: EmbeddedSettings['settings'] = {},
): Promise<Theatre> {
  const dataDir = await useDirectory(test)
  const database = await useEmbedded(test, { dataDir, settings })
  await migrate(database.ownerConfig, { login: database.serverConfig.user })
  const server = { target: database.serverConfig, allowUnsafeDurability: true }
  const { engine, close } = await openServer(server, { deadlineMs: 30_000 })
  test.after(close)
  return { database, engine }
}

/** A question to a database that may be starting. */
async function ask(config: pg.ClientConfig, text: string, values: unknown[] = []) {
  const client = await connectPatiently(config, { patienceMs: 20_000 })
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

const VIOLATIONS = 'select rowlock.violations(show_id) from rowlock.shows where key = $1'

/** Answered bookings, and the codes of everybody else. */
interface Sale {
  readonly bookings: Booking[]
  readonly codes: string[]
}

/** 300 shoppers for 100 seats; `strike` is called when so many have been answered. */
async function sell(engine: Engine, show: string, strikeAt: number, strike: () => void) {
  const sale: Sale = { bookings: [], codes: [] }
  const { items } = await engine.listSeats(show, { limit: 100 })
  const shop = async (index: number) => {
    const seats = [items[index % items.length]?.seat as string]
    try {
      const request = by(`shopper ${index}`, `key of shopper ${index}`)
      sale.bookings.push((await engine.bookSeats(request, show, { seats })).value)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      sale.codes.push(error.code)
    }
    if (sale.bookings.length + sale.codes.length === strikeAt) strike()
  }
  // In waves, so that some are answered before the blow and most after it.
  const waves = Array.from({ length: 10 }, async (_, wave) => {
    for (let index = wave; index < 300; index += 10) await shop(index)
  })
  await Promise.all(waves)
  return sale
}

async function allThere({ bookings }: Sale, engine: Engine, show: string): Promise<void> {
  for (const booking of bookings)
    assert.deepEqual(await engine.getBooking(shopper('anybody'), show, booking.id), booking)
}

const BLOWS = { 'is restarted': 'SIGINT', 'is killed with SIGKILL': 'SIGKILL' } as const

for (const [what, signal] of Object.entries(BLOWS)) {
  test(`the database ${what} in mid-load: a pause, and all answers hold`, async (t) => {
    const { database, engine } = await theatre(t)
    const show = await createShow(engine, { rows: 'A-J', seatsPerRow: 10 })
    const sale = await sell(engine, show, 60, () => process.kill(database.postmasterPid, signal))
    assert.equal(sale.bookings.length, 100)
    assert.deepEqual(tally(sale.codes), { seats_unavailable: 200 })
    await allThere(sale, engine, show)
    assert.deepEqual(await ask(database.ownerConfig, VIOLATIONS, [show]), [])
  })
}

test('control: without synchronous_commit a kill loses what was answered', async (t) => {
  const lazy = { synchronous_commit: false, wal_writer_delay: '10s' }
  const { database, engine } = await theatre(t, lazy)
  const show = await createShow(engine, ['A1'])
  // What was there before is made durable; what follows waits for the writer.
  await ask(database.ownerConfig, 'checkpoint')
  const { value: booking } = await engine.bookSeats(by('Alice'), show, { seats: ['A1'] })
  const pid = database.postmasterPid
  process.kill(pid, 'SIGKILL')
  await until('the restart', async () => (database.postmasterPid === pid ? null : true))
  assert.equal(
    await codeOf(engine.getBooking(shopper('anybody'), show, booking.id)),
    'booking_unknown',
  )
})

test('a cancelled wait for a synchronous standby is waited for again', async (t) => {
  const { database, engine } = await theatre(t)
  const show = await createShow(engine, ['A1'])
  await ask(database.ownerConfig, "alter system set synchronous_standby_names = 'nobody'")
  await ask(database.ownerConfig, 'select pg_reload_conf()')
  let isAnswered = false
  const booked = engine.bookSeats(by('Alice'), show, { seats: ['A1'] }).finally(() => {
    isAnswered = true
  })
  for (let time = 0; time < 3; time++) {
    const pid = await waitingForStandby(database)
    assert.equal(isAnswered, false)
    await ask(database.ownerConfig, 'select pg_cancel_backend($1)', [pid])
    await untilNotWaiting(database, pid)
  }
  await ask(database.ownerConfig, 'alter system reset synchronous_standby_names')
  await ask(database.ownerConfig, 'select pg_reload_conf()')
  assert.deepEqual((await booked).value.seats, ['A1'])
  const { items } = await engine.listJournal(show, { limit: 10 })
  assert.deepEqual(
    items.map(({ kind }) => kind),
    ['create', 'book'],
  )
})

const WAITING = "select pid, query_start from pg_stat_activity where wait_event = 'SyncRep'"
const beganAts = new Map<number, number>()

async function waitingForStandby({ ownerConfig }: EmbeddedDatabase): Promise<number> {
  return until('a wait for a standby', async () => {
    const [row] = await ask(ownerConfig, WAITING)
    if (!row || beganAts.get(row.pid) === row.query_start.getTime()) return null
    beganAts.set(row.pid, row.query_start.getTime())
    return row.pid
  })
}

async function untilNotWaiting({ ownerConfig }: EmbeddedDatabase, pid: number): Promise<void> {
  await until('the end of a wait for a standby', async () => {
    const [row] = await ask(ownerConfig, `${WAITING} and pid = ${pid}`)
    return row && row.query_start.getTime() === beganAts.get(pid) ? null : true
  })
}

/** A server in a process of its own, with what it has answered. */
interface Shop {
  readonly process: ChildProcess
  readonly bookings: Booking[]
  readonly opened: Promise<unknown>
  /** It has sold three seats. */
  readonly busy: Promise<void>
  readonly closed: Promise<unknown>
}

function openShop(target: pg.ClientConfig, show: string, name: string): Shop {
  const child = spawn(process.execPath, [SHOP, JSON.stringify(target), show, name, '250'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const bookings: Booking[] = []
  const lines = createInterface(child.stdout)
  const busy = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line !== 'open') bookings.push(JSON.parse(line))
      if (bookings.length === 3) resolve()
    })
  })
  const opened = once(lines, 'line')
  return { process: child, bookings, opened, busy, closed: once(child, 'close') }
}

test('500 shoppers, 50 seats, one of two servers killed: sold once each, all there', async (t) => {
  const database = await createTestDatabase('killed server')
  const { engine, close } = await openServer(database.settings)
  t.after(async () => {
    await close()
    await database.drop()
  })
  const terms = { holdSeconds: 3 }
  const show = await createShow(engine, { rows: 'A-E', seatsPerRow: 10 }, terms)
  const [one, two] = [
    openShop(database.server, show, 'one'),
    openShop(database.server, show, 'two'),
  ]
  await Promise.all([one.opened, two.opened])
  one.process.stdin?.end()
  two.process.stdin?.end()
  const [killed, other] = await Promise.race([
    one.busy.then(() => [one, two]),
    two.busy.then(() => [two, one]),
  ])
  killed?.process.kill('SIGKILL')
  await Promise.all([one.closed, two.closed])
  const answered = [...one.bookings, ...two.bookings]
  for (const booking of answered) {
    assert.deepEqual(await engine.getBooking(shopper('anybody'), show, booking.id), booking)
  }
  const seats = answered.flatMap((booking) => booking.seats)
  assert.equal(new Set(seats).size, seats.length, 'a seat was sold twice')
  const { counts } = (await engine.getAvailability(show)).read()
  assert.deepEqual(counts, { total: 50, available: 0, held: 0, booked: 50, blocked: 0 })
  assert.deepEqual(await ask(database.owner, VIOLATIONS, [show]), [])
  console.log(
    `${killed?.bookings.length} by the killed server, ${other?.bookings.length} by the other`,
  )
  assert.ok(other !== undefined && other.bookings.length > 3)
})
