/**
 * A random crowd on few seats, through two servers, one of them behind a bad network, for some
 * seconds of real time with holds of one second. What everybody was told is judged from outside;
 * histories that were doctored must be found out.
 *
 * Promises 1 and 8.
 */
import assert from 'node:assert/strict'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { connectClient } from '../../src/db/connection.ts'
import type { Engine } from '../../src/engine/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShow, tally, useServer } from '../support/engines.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import { type Operation, oddSeats } from './linearizable.ts'
import { Recorder } from './recorder.ts'
import { versionFaults } from './version-order.ts'

const RUN_MS = 5000 * Number(process.env.ROWLOCK_TEST_SCALE ?? 1)
const SEATS = 12
const CLIENTS = 12

const database = await useTestDatabase('linearizable')
const owner = await connectClient(database.owner)
after(() => owner.end())
const proxy = await FaultProxy.open(database.server)
const servers = [
  await useServer(database.settings),
  await useServer({ ...database.settings, target: proxy.config }, { deadlineMs: 20_000 }),
] as const
after(() => proxy.close())

/** One client: holds, thinks, then confirms, gives back or forgets; and looks around. */
async function live(recorder: Recorder, engine: Engine, giveUpAt: number): Promise<void> {
  const chance = (part: number) => Math.random() < part
  while (performance.now() < giveUpAt) {
    await delay(Math.random() * 20)
    const first = Math.trunc(Math.random() * SEATS)
    const seats = [...new Set([first, (first + 1) % SEATS, Math.trunc(Math.random() * SEATS)])]
    const some = seats.slice(0, 1 + Math.trunc(Math.random() * 3))
    if (chance(0.3)) await recorder.read(engine)
    let booking = chance(0.2) ? await recorder.book(engine, some) : null
    if (booking === null) {
      const hold = await recorder.hold(engine, some)
      if (hold === null) continue
      // Now and then for so long that it runs out.
      await delay(chance(0.06) ? 990 + Math.random() * 20 : Math.random() * 50)
      if (chance(0.5)) booking = await recorder.confirm(engine, hold, some)
      else if (chance(0.9)) await recorder.release(engine, hold, some)
    }
    if (booking === null) continue
    await delay(Math.random() * 50)
    await recorder.cancel(engine, booking, some)
  }
}

test('what a crowd was told can be explained, seat by seat and moment by moment', async () => {
  const labels = Array.from({ length: SEATS }, (_, seat) => `A${seat}`)
  const show = await createShow(servers[0], labels, { holdSeconds: 1 })
  const recorder = new Recorder(show, labels)
  proxy.inject(() => (Math.random() < 0.05 ? 'cut' : Math.random() < 0.1 ? 'drop answer' : null))
  const giveUpAt = performance.now() + RUN_MS
  await Promise.all(
    Array.from({ length: CLIENTS }, (_, index) => {
      return live(recorder, servers[index % 2] as Engine, giveUpAt)
    }),
  )
  proxy.calm()
  const { history, snapshots } = recorder
  console.log(
    `${history.length} operations, ${proxy.count} faults:`,
    tally(history.map(({ kind, outcome }) => `${kind} ${outcome}`)),
  )
  const odd = [...oddSeats(history, SEATS), ...versionFaults([...history, ...snapshots], SEATS)]
  if (odd.length > 0) await keep([...history, ...snapshots])
  assert.deepEqual(odd, [])
  const { rows } = await owner.query(
    'select rowlock.violations(show_id) from rowlock.shows where key = $1',
    [show],
  )
  assert.deepEqual(rows, [])
  doctored(history, snapshots)
})

/** What nobody can explain is kept, to be judged again. */
async function keep(history: readonly Operation[]): Promise<void> {
  const path = join(await mkdtemp(join(tmpdir(), 'rowlock-history-')), 'history.json')
  const entries = history.map((one) => ({ ...one, seen: [...one.seen] }))
  await writeFile(path, JSON.stringify(entries, null, 1))
  console.log(`The history was kept: ${path}`)
}

/** The same history with one lie in it must not pass. */
function doctored(history: readonly Operation[], snapshots: readonly Operation[]): void {
  const sale = history.find(({ kind, outcome, id, answeredAt }) => {
    const end = history.find((one) => one.kind === 'cancel' && one.id === id)
    return kind === 'confirm' && outcome === 'done' && (!end || end.invokedAt > answeredAt + 2)
  })
  assert.ok(sale, 'the history has nothing to doctor')
  // While the seats were certainly booked.
  const times = { invokedAt: sale.answeredAt + 0.5, answeredAt: sale.answeredAt + 1 }
  const lie = { seats: sale.seats, id: 'lie', ...times }
  const book = operation({ kind: 'book', ...lie })
  assert.deepEqual(oddSeats([...history, book], SEATS), sale.seats.toSorted(inOrder))
  const blind = operation({ kind: 'read', ...lie })
  assert.deepEqual(oddSeats([...history, blind], SEATS), sale.seats.toSorted(inOrder))
  const torn = snapshots.map((one) => ({ ...one, seen: new Map([...one.seen].slice(1)) }))
  assert.notDeepEqual(versionFaults([...history, ...torn], SEATS), [], 'a read was torn')
}

function inOrder(one: number, two: number): number {
  return one - two
}

const DONE = { outcome: 'done', until: 0, seen: new Map(), version: null, asOf: 0 } as const

function operation(fields: Partial<Operation> & Pick<Operation, 'kind' | 'id'>): Operation {
  return { ...DONE, seats: [0], invokedAt: 0, answeredAt: 1, ...fields }
}

test('control: two who were told yes for one seat cannot be explained', () => {
  const book = (id: string, invokedAt: number, answeredAt: number) =>
    operation({ kind: 'book', id, invokedAt, answeredAt })
  assert.deepEqual(oddSeats([book('one', 0, 10), book('two', 5, 15)], 1), [0])
})

test('control: a confirm of what somebody else has taken since cannot be explained', () => {
  const history = [
    operation({ kind: 'hold', id: 'one', until: 100 }),
    operation({ kind: 'hold', id: 'two', until: 500, invokedAt: 200, answeredAt: 210 }),
    operation({ kind: 'confirm', id: 'one', invokedAt: 300, answeredAt: 310 }),
  ]
  assert.deepEqual(oddSeats(history.slice(0, 2), 1), [])
  assert.deepEqual(oddSeats(history, 1), [0])
})

test('an unknown outcome explains both what happened and what did not', () => {
  const unknown = { outcome: 'unknown', answeredAt: Number.POSITIVE_INFINITY } as const
  const book = operation({ kind: 'book', id: 'one', ...unknown })
  const read = (seen: Operation['seen'], at: number) =>
    operation({ kind: 'read', id: `${at}`, seen, invokedAt: at, answeredAt: at + 1 })
  const booked = new Map([[0, { status: 'booked', until: null } as const]])
  assert.deepEqual(oddSeats([book, read(new Map(), 10), read(booked, 20)], 1), [])
  assert.deepEqual(oddSeats([book, read(booked, 10), read(new Map(), 20)], 1), [0])
})

test('control: a read of an earlier version than one that was answered before is found', () => {
  const history = [
    operation({ kind: 'book', id: 'one', version: 7 }),
    operation({ kind: 'read', id: 'read', version: 6, invokedAt: 5, answeredAt: 6 }),
  ]
  assert.match(versionFaults(history, 1).join(), /came after/)
})

test('control: a read that mixes two moments is found', () => {
  const booked = { status: 'booked', until: null } as const
  const history = [
    operation({ kind: 'book', id: 'one', seats: [0, 1], version: 2 }),
    operation({ kind: 'read', id: 'read', version: 2, seen: new Map([[0, booked]]) }),
  ]
  assert.match(versionFaults(history, 2).join(), /seat 1 available, not booked/)
})
