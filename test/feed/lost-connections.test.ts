/**
 * Clients of the SDK behind a line that cuts, stalls and swallows at random, with two servers at
 * its other end of which one is restarted, while shoppers and the box office write through both.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { OPERATOR } from '../../src/auth/index.ts'
import { type Clock, WORLD_CLOCK } from '../../src/client/clock.ts'
import { clientWith } from '../../src/client/create-client.ts'
import type { ShowView, ShowWatch, WatchOptions } from '../../src/client/index.ts'
import type { Engine, WriteRequest } from '../../src/engine/index.ts'
import { Refusal } from '../../src/protocol/index.ts'
import { BadLine, type Fate } from '../support/bad-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, type ListeningServer, listen, useListening } from '../support/servers.ts'
import { until } from '../support/until.ts'

/** The client's time runs faster than the world's, so that its pauses do not take long. */
const HASTE = 30
const HASTY: Clock = {
  now: () => performance.now() * HASTE,
  sleep: (ms, signal) => WORLD_CLOCK.sleep(ms / HASTE, signal),
  random: () => random(),
}
/** Enough of each kind, however long that takes. */
const FAULTS = 40
const WATCHERS = 8

const seed = Number(process.env.ROWLOCK_TEST_SEED ?? Math.trunc(Math.random() * 2 ** 31))
console.log(`lost connections: seed ${seed}`)
let state = seed
function random(): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
  return state / 0x80000000
}
const nat = (below: number) => Math.floor(random() * below)

const database = await useTestDatabase('lost connections')
const settings = { feed: { beatEveryMs: 100, lingerMs: 500 } }
const truth = await useListening(database)
const first = await useListening(database, settings)
const watches: ShowWatch[] = []
after(() => {
  for (const watch of watches) watch.close()
})

function watchThrough(line: BadLine, show: string, options: WatchOptions = {}): ShowWatch {
  // 300 ms of silence, three heartbeats, as in the world.
  const patience = { silenceMsMax: 300 * HASTE, ...options }
  const watch = clientWith({ server: line.url }, HASTY).watchShow(show, patience)
  watches.push(watch)
  return watch
}

const request: WriteRequest = { caller: OPERATOR.caller, idempotencyKey: null }

/** Something that somebody does, if it can be done. */
async function write(engine: Engine, show: string, ids: string[]): Promise<void> {
  const seats = Array.from({ length: 1 + nat(3) }, () => `A${1 + nat(30)}`)
  const wanted = { seats: [...new Set(seats)] }
  const id = ids[nat(ids.length)] ?? 'hold_'
  try {
    const dice = nat(10)
    if (dice < 4) {
      const body = { ...wanted, holdSeconds: 1 + nat(2) }
      ids.push((await engine.holdSeats(request, show, body)).value.id)
    } else if (dice < 5) await engine.releaseHold(request, show, id, {})
    else if (dice < 7) ids.push((await engine.confirmHold(request, show, id, {})).value.id)
    else if (dice < 8) await engine.cancelBooking(request, show, id, {})
    else if (dice < 9) {
      ids.push((await engine.blockSeats(request, show, { ...wanted, reason: 'x' })).value.id)
    } else await engine.unblockSeats(request, show, id, {})
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

/** Seats as letters with the ends of their holds. */
function seatsOf(view: ShowView): string[] {
  return Array.from(view.codes, (code, seat) => {
    return code === 1 ? `h${view.heldUntil(seat)}` : ('ahbx'[code] as string)
  })
}

async function knowsTruth(watch: ShowWatch, show: string): Promise<true | null> {
  const before = await truth.shopper.getStatuses(show)
  const { view } = watch
  if (view === null) return null
  const letters = seatsOf(view).map((seat) => seat[0])
  const { statuses, version } = await truth.shopper.getStatuses(show)
  // A hold may end between the two.
  if (statuses !== before.statuses) return null
  return letters.join('') === statuses && view.version === version ? true : null
}

test('whoever lost a connection, however often, ends up with the truth', async () => {
  let second: ListeningServer = await listen(database, settings)
  after(() => second.close())
  const line = await BadLine.open([first.url, second.url], nat)
  after(() => line.close())
  const show = await createShowOn(truth, { rows: 'A', seatsPerRow: 30 })
  const kinds: Fate['kind'][] = ['cut', 'stall', 'eat']
  line.fateOf = () => ({ kind: kinds[nat(3)] as Fate['kind'], afterBytes: nat(1_500) })
  const many = Array.from({ length: WATCHERS }, () => watchThrough(line, show))
  const ids: string[] = []
  const writeUntil = async (faultCount: number) => {
    while (line.faultCount < faultCount) {
      await write(nat(2) === 0 ? first.engine : truth.engine, show, ids)
      await delay(nat(20))
    }
  }
  await writeUntil(FAULTS / 2)
  const restart = async () => {
    line.ports = line.ports.slice(0, 1)
    await second.close()
    second = await listen(database, settings)
    line.ports = [...line.ports, Number(new URL(second.url).port)]
  }
  await Promise.all([restart(), writeUntil(FAULTS)])
  line.fateOf = () => null
  for (const watch of many) await until('the truth', () => knowsTruth(watch, show))
  console.log(`${line.faultCount} faults, ${ids.length} things done`)
})

test('a line that falls silent is found out, but not by who does not listen for it', async () => {
  const line = await BadLine.open([first.url])
  after(() => line.close())
  const show = await createShowOn(truth, { rows: 'A', seatsPerRow: 30 })
  const attentive = watchThrough(line, show)
  const trusting = watchThrough(line, show, { silenceMsMax: Number.MAX_SAFE_INTEGER })
  await Promise.all([attentive.ready, trusting.ready])
  line.stallAll()
  await truth.operator.bookSeats(show, { seats: ['A1'] })
  await until('the truth', () => knowsTruth(attentive, show))
  assert.equal(attentive.view?.statusOf(0), 'booked')
  assert.equal(trusting.view?.statusOf(0), 'available')
})
