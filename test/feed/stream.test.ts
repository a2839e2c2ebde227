import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { OPERATOR } from '../../src/auth/index.ts'
import type { ShowChange, ShowSnapshot } from '../../src/protocol/index.ts'
import {
  ShowChange as ChangeSchema,
  ShowSnapshot as SnapshotSchema,
} from '../../src/protocol/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, listen, useListening } from '../support/servers.ts'
import { type RawEvent, StreamReader } from './stream-reader.ts'

const database = await useTestDatabase('streams')
const here = await useListening(database, { corsOrigins: ['https://shop.example'] })
const there = await useListening(database)
const readers: StreamReader[] = []
after(() => {
  for (const reader of readers) reader.close()
})

async function follow(
  show: string,
  headers: Record<string, string> = {},
  query = '',
  { url } = here,
): Promise<StreamReader> {
  const reader = await StreamReader.open(`${url}/v1/shows/${show}/stream${query}`, headers)
  readers.push(reader)
  return reader
}

const changeOf = (event: RawEvent) => ChangeSchema.parse(event.data) as ShowChange
const snapshotOf = (event: RawEvent) => SnapshotSchema.parse(event.data) as ShowSnapshot

describe('a stream', () => {
  test('begins with every seat and its holds, as of what was answered before', async () => {
    const show = await createShowOn(here)
    const hold = await there.shopper.holdSeats(show, { seats: ['A2'] })
    await there.shopper.bookSeats(show, { seats: ['A3'] })
    await there.operator.blockSeats(show, { seats: ['B6'], reason: 'house' })
    const reader = await follow(show)
    const event = await reader.next()
    assert.deepEqual([event.type, event.id], ['snapshot', '4'])
    const { statuses, holds, version, show: key } = snapshotOf(event)
    assert.deepEqual([key, version, statuses], [show, 4, 'ahbaaaaaaaax'])
    assert.deepEqual(holds, [[1, Date.parse(hold.expiresAt)]])
  })

  test('tells what changed here at once, with the version as id', async () => {
    const show = await createShowOn(here)
    const reader = await follow(show)
    await reader.next()
    const hold = await here.shopper.holdSeats(show, { seats: ['A1', 'B1'] })
    const until = Date.parse(hold.expiresAt)
    const held = await reader.next()
    assert.deepEqual([held.type, held.id], ['change', '2'])
    assert.deepEqual(changeOf(held).changes, [
      [0, 'h', until],
      [6, 'h', until],
    ])
    await here.shopper.releaseHold(show, hold.id, { seats: ['B1'] })
    assert.deepEqual(changeOf(await reader.next()).changes, [[6, 'a', null]])
    const booking = await here.shopper.confirmHold(show, hold.id)
    assert.deepEqual(changeOf(await reader.next()).changes, [[0, 'b', null]])
    await here.operator.swapSeats(show, booking.id, { from: ['A1'], to: ['A6'] })
    assert.deepEqual(changeOf(await reader.next()).changes, [
      [0, 'a', null],
      [5, 'b', null],
    ])
    await here.operator.addSeats(show, { seats: ['C1'] })
    assert.deepEqual(changeOf(await reader.next()).changes, [[12, 'a', null]])
  })

  test('tells what changed through another server within half a second', async () => {
    const show = await createShowOn(here)
    const reader = await follow(show)
    await reader.next()
    // The quickest of five: how late the others are told is the machine's doing.
    let leastMs = Number.POSITIVE_INFINITY
    for (const seat of ['A1', 'A2', 'A3', 'A4', 'A5']) {
      const { version } = await there.shopper.bookSeats(show, { seats: [seat] })
      const answeredAt = performance.now()
      const { at } = await reader.nextFrom(version)
      leastMs = Math.min(leastMs, at - answeredAt)
    }
    assert.ok(leastMs < 500, `${leastMs} ms`)
  })

  test('tells when a hold runs out, which nobody writes down', async () => {
    const show = await createShowOn(here)
    const reader = await follow(show)
    await reader.next()
    const hold = await there.shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 1 })
    await reader.nextFrom(2)
    const ended = await reader.next()
    const { asOf, changes, version } = changeOf(ended)
    assert.deepEqual([ended.id, version, changes], ['2', 2, [[0, 'a', null]]])
    // How late is the machine's doing; nothing else happens that could wake the stream up.
    assert.ok(Date.parse(asOf) >= Date.parse(hold.expiresAt), `${asOf} is before its end`)
  })

  test('says nothing of who holds, or under which id', async () => {
    const show = await createShowOn(here)
    const reader = await follow(show)
    const holder = 'customer-17'
    const hold = await here.shopper.holdSeats(show, { seats: ['A1'], holder, reference: 'ref-1' })
    const booking = await here.shopper.confirmHold(show, hold.id)
    await reader.nextFrom(booking.version)
    assert.doesNotMatch(reader.text, /customer-17|ref-1|hold_|book_|actor|requestId/)
  })

  test('sends comments while nothing happens', async () => {
    const quick = await useListening(database, { feed: { beatEveryMs: 20 } })
    const show = await createShowOn(quick)
    const reader = await follow(show, {}, '', quick)
    await reader.until(({ rest }) => rest.filter((block) => block === ':').length >= 3)
  })

  test('keeps the headers of every answer', async () => {
    const show = await createShowOn(here)
    const origin = 'https://shop.example'
    const { headers } = (await follow(show, { origin, 'x-request-id': 'mine' })).response
    assert.equal(headers.get('content-type'), 'text/event-stream; charset=utf-8')
    assert.equal(headers.get('access-control-allow-origin'), origin)
    assert.equal(headers.get('x-request-id'), 'mine')
    assert.match(String(headers.get('cache-control')), /no-store, no-transform/)
    assert.equal(headers.get('x-accel-buffering'), 'no')
  })
})

describe('a stream that resumes', () => {
  test('is told what came after its version, also by a server that did not see it', async () => {
    const show = await createShowOn(here)
    const hold = await here.shopper.holdSeats(show, { seats: ['B1'] })
    await here.shopper.bookSeats(show, { seats: ['A1'] })
    await here.shopper.bookSeats(show, { seats: ['A2'] })
    const fresh = await useListening(database)
    const event = await (await follow(show, { 'last-event-id': '3' }, '', fresh)).next()
    assert.deepEqual([event.type, event.id], ['change', '4'])
    const { changes, holds, seatCount } = changeOf(event)
    assert.deepEqual(changes, [[1, 'b', null]])
    assert.deepEqual(holds, [[6, Date.parse(hold.expiresAt)]])
    assert.equal(seatCount, 12)
  })

  test('gets a confirmation at once when nothing came', async () => {
    const show = await createShowOn(here)
    const event = await (await follow(show, { 'last-event-id': '1' })).next()
    assert.deepEqual([event.type, event.id, changeOf(event).changes], ['change', '1', []])
  })

  test('may say its version in the address; the header knows better', async () => {
    const show = await createShowOn(here)
    await here.shopper.bookSeats(show, { seats: ['A1'] })
    await here.shopper.bookSeats(show, { seats: ['A2'] })
    const byQuery = changeOf(await (await follow(show, {}, '?after=2')).next())
    assert.deepEqual(byQuery.changes, [[1, 'b', null]])
    const both = await follow(show, { 'last-event-id': '3' }, '?after=1')
    assert.deepEqual(changeOf(await both.next()).changes, [])
  })

  test('gets a snapshot where the version is unknown, or from the future', async () => {
    const show = await createShowOn(here)
    for (const id of ['99', 'x', '-1', '']) {
      const event = await (await follow(show, { 'last-event-id': id })).next()
      assert.equal(event.type, 'snapshot', id)
    }
  })

  test('gets a snapshot where that is too far back', async () => {
    const show = await createShowOn(here, { rows: 'A-J', seatsPerRow: 25 })
    const { items } = await here.shopper.listSeats(show, { limit: 250 })
    const request = { caller: OPERATOR.caller, idempotencyKey: null }
    for (const _round of [1, 2]) {
      const holds = await Promise.all(
        items.map(({ seat }) => here.engine.holdSeats(request, show, { seats: [seat] })),
      )
      await Promise.all(
        holds.map(({ value }) => here.engine.releaseHold(request, show, value.id, {})),
      )
    }
    const fresh = await useListening(database)
    const far = await (await follow(show, { 'last-event-id': '1' }, '', fresh)).next()
    assert.deepEqual([far.type, far.id], ['snapshot', '1001'])
    const near = await (await follow(show, { 'last-event-id': '900' }, '', fresh)).next()
    assert.deepEqual([near.type, near.id], ['change', '1001'])
  })
})

describe('what a stream is refused', () => {
  test('an unknown show, a wrong version, another method', async () => {
    const refusal = async (path: string, init?: RequestInit) => {
      const response = await fetch(`${here.url}/v1/shows/${path}`, init)
      return [response.status, ((await response.json()) as { code: string }).code]
    }
    assert.deepEqual(await refusal('nothing/stream'), [404, 'show_unknown'])
    const show = await createShowOn(here)
    assert.deepEqual(await refusal(`${show}/stream?after=x`), [400, 'invalid_request'])
    const post = await refusal(`${show}/stream`, { method: 'POST' })
    assert.deepEqual(post, [405, 'method_not_allowed'])
    const head = await fetch(`${here.url}/v1/shows/${show}/stream`, { method: 'HEAD' })
    assert.equal(head.status, 405)
  })

  test('more streams than a server may have; a place that is left can be taken', async () => {
    const small = await useListening(database, { feed: { listenersMax: 2 } })
    const show = await createShowOn(small)
    const first = await follow(show, {}, '', small)
    await follow(show, {}, '', small)
    const third = await fetch(`${small.url}/v1/shows/${show}/stream`)
    assert.deepEqual([third.status, third.headers.get('retry-after')], [503, '5'])
    assert.equal(((await third.json()) as { code: string }).code, 'busy')
    first.close()
    const fourth = await untilOpen(() => follow(show, {}, '', small))
    assert.equal((await fourth.next()).type, 'snapshot')
  })
})

async function untilOpen(open: () => Promise<StreamReader>): Promise<StreamReader> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const reader = await open()
    if (reader.response.ok) return reader
  }
  throw new Error('No place became free.')
}

test('a server that closes ends its streams and says when to come back', async () => {
  const closing = await listen(database)
  const show = await createShowOn(closing)
  const reader = await follow(show, {}, '', closing)
  await reader.next()
  // Connections may take a minute, so one that ends sooner has been ended.
  const closed = closing.server.close(60_000)
  await reader.until(({ isEnded }) => isEnded)
  assert.match(String(reader.rest.at(-1)), /^retry: \d{3,4}$/)
  await closed
  await closing.close()
})
