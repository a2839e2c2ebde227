import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { ANONYMOUS, OPERATOR, type Person, type Reply, useCast, type Who } from './use-cast.ts'

const { call, must, person, partner, show } = await useCast('ownership')

const UNKNOWN_HOLD = `hold_${'0123456789abcdef'.repeat(2)}`
const UNKNOWN_BOOKING = `book_${'0123456789abcdef'.repeat(2)}`

let key: string
let alice: Person
let bob: Person
let mine: Who
let theirs: Who
let boxOffice: Who

before(async () => {
  key = await show({ seats: { rows: 'A-Z', seatsPerRow: 20 }, maxSeatsPerHold: 5 })
  ;[alice, bob] = await Promise.all([person(), person()])
  mine = await partner(['sell', 'amend'])
  theirs = await partner(['sell', 'amend'])
  boxOffice = (await person('box_office')).who
})

let seatCount = 0
/** A seat that nobody has had yet. */
function freshSeat(): string {
  const row = String.fromCharCode(65 + Math.floor(seatCount / 20))
  return `${row}${(seatCount++ % 20) + 1}`
}

const at = () => `/v1/shows/${key}`
const holdFor = async (who: Who, more: object = {}) =>
  String((await must(who, 'POST', `${at()}/holds`, { seats: [freshSeat()], ...more })).id)
const bookFor = async (who: Who) =>
  String((await must(who, 'POST', `${at()}/bookings`, { seats: [freshSeat()] })).id)

/** An answer without what is different in every answer: who compares sees nothing else. */
function comparable({ status, headers, text }: Reply, id: string): unknown {
  const { 'x-request-id': requestId = '', date: _, ...others } = Object.fromEntries(headers)
  return {
    status,
    others,
    text: text.replaceAll(id, 'the id').replaceAll(requestId, 'the request'),
  }
}

/** Requests that can be made of a hold or a booking by who may ask at all. */
const OF_HOLD: readonly [string, string, object?][] = [
  ['GET', ''],
  ['POST', '/extend', {}],
  ['POST', '/release', {}],
  ['POST', '/confirm', {}],
  ['POST', '/confirm', { reacquire: true }],
]
const OF_BOOKING: readonly [string, string, object?][] = [['GET', '']]
const AMENDING: readonly [string, string, object?][] = [
  ['POST', '/cancel', {}],
  ['POST', '/swap', { from: ['A1'], to: ['B1'] }],
]

async function assertUnknown(who: Who, path: string, id: string, unknown: string): Promise<void> {
  const calls = path === 'holds' ? OF_HOLD : OF_BOOKING
  const isPartner = who === mine || who === theirs
  for (const [method, action, body] of [...calls, ...(isPartner ? AMENDING : [])]) {
    if (path === 'holds' && AMENDING.some(([, amending]) => amending === action)) continue
    const theirs = await call(who, method, `${at()}/${path}/${id}${action}`, body)
    const nobodys = await call(who, method, `${at()}/${path}/${unknown}${action}`, body)
    assert.equal(theirs.status, 404, theirs.text)
    assert.deepEqual(comparable(theirs, id), comparable(nobodys, unknown), action)
  }
}

describe('what somebody owns is not there for others', () => {
  const cases = [
    ['a user', () => alice.who],
    ['a partner', () => mine],
  ] as const
  for (const [name, owner] of cases) {
    test(`the hold of ${name}`, async () => {
      const id = await holdFor(owner())
      for (const who of [ANONYMOUS, bob.who, theirs]) {
        await assertUnknown(who, 'holds', id, UNKNOWN_HOLD)
      }
      assert.equal((await call(owner(), 'GET', `${at()}/holds/${id}`)).body.status, 'live')
    })

    test(`the booking of ${name}`, async () => {
      const id = await bookFor(owner())
      for (const who of [ANONYMOUS, bob.who, theirs]) {
        await assertUnknown(who, 'bookings', id, UNKNOWN_BOOKING)
      }
      assert.equal((await call(owner(), 'GET', `${at()}/bookings/${id}`)).status, 200)
    })

    test(`the box office and operators reach what ${name} has`, async () => {
      for (const who of [boxOffice, OPERATOR]) {
        const hold = await holdFor(owner())
        assert.equal((await call(who, 'GET', `${at()}/holds/${hold}`)).status, 200)
        assert.equal((await call(who, 'POST', `${at()}/holds/${hold}/confirm`, {})).status, 201)
        const booking = await bookFor(owner())
        const cancelled = await call(who, 'POST', `${at()}/bookings/${booking}/cancel`, {})
        assert.equal(cancelled.status, 200, cancelled.text)
      }
    })
  }

  test('what the box office holds for a user is that user’s', async () => {
    const id = await holdFor(boxOffice, { holder: alice.id })
    assert.equal((await call(alice.who, 'GET', `${at()}/holds/${id}`)).status, 200)
    for (const who of [ANONYMOUS, bob.who, theirs]) {
      await assertUnknown(who, 'holds', id, UNKNOWN_HOLD)
    }
  })

  test('what nobody owns is reached by its id, and by nothing else', async () => {
    const id = await holdFor(ANONYMOUS)
    for (const who of [ANONYMOUS, bob.who, mine, boxOffice]) {
      assert.equal((await call(who, 'GET', `${at()}/holds/${id}`)).status, 200)
    }
  })

  test('in another show it is not there either, not even for its owner', async () => {
    const other = await show()
    const id = await holdFor(alice.who)
    const reply = await call(alice.who, 'GET', `/v1/shows/${other}/holds/${id}`)
    assert.equal(reply.body.code, 'hold_unknown')
  })
})

describe('lists have what is the caller’s, and all of it for the box office', () => {
  const idsOf = async (who: Who, path: string) =>
    ((await must(who, 'GET', path)).items as { id: string }[]).map(({ id }) => id)

  test('live holds of a show', async () => {
    const ids = [await holdFor(alice.who), await holdFor(mine), await holdFor(ANONYMOUS)] as const
    const path = `${at()}/holds?limit=1000`
    for (const [who, own] of [
      [alice.who, ids[0]],
      [mine, ids[1]],
    ] as const) {
      const seen = await idsOf(who, path)
      assert.deepEqual(
        seen.filter((id) => ids.includes(id as never)),
        [own],
      )
    }
    for (const who of [bob.who, theirs]) {
      const seen = await idsOf(who, path)
      assert.ok(!seen.some((id) => ids.includes(id as never)))
    }
    for (const who of [boxOffice, OPERATOR]) {
      const seen = new Set(await idsOf(who, path))
      assert.ok(ids.every((id) => seen.has(id)))
    }
  })

  test('bookings of a show, and of all shows by reference', async () => {
    const reference = 'order-of-three'
    const buy = async (who: Who) =>
      String((await must(who, 'POST', `${at()}/bookings`, { seats: [freshSeat()], reference })).id)
    const ids = [await buy(ANONYMOUS), await buy(mine), await buy(alice.who)] as const
    for (const path of [`${at()}/bookings`, '/v1/bookings']) {
      const found = (who: Who) => idsOf(who, `${path}?reference=${reference}`)
      assert.deepEqual(await found(alice.who), [ids[2]])
      assert.deepEqual(await found(mine), [ids[1]])
      for (const who of [bob.who, theirs]) assert.deepEqual(await found(who), [])
      for (const who of [boxOffice, OPERATOR]) {
        assert.deepEqual((await found(who)).toSorted(), ids.toSorted())
      }
    }
  })

  test('blocks of a show, in the list and by their id', async () => {
    const [keeper, other] = [await partner(['block']), await partner(['block'])]
    const block = (who: Who) =>
      must(who, 'POST', `${at()}/blocks`, { seats: [freshSeat()], reason: 'house' })
    const [ours, ofHouse] = [await block(keeper), await block(boxOffice)]
    const path = `${at()}/blocks`
    assert.deepEqual(await idsOf(keeper, path), [ours.id])
    assert.deepEqual(await idsOf(other, path), [])
    assert.deepEqual(await idsOf(boxOffice, path), [ours.id, ofHouse.id])
    for (const id of [ours.id, ofHouse.id]) {
      assert.equal((await call(other, 'GET', `${path}/${id}`)).body.code, 'block_unknown')
      assert.equal((await call(boxOffice, 'GET', `${path}/${id}`)).body.id, id)
    }
    assert.equal((await call(keeper, 'GET', `${path}/${ours.id}`)).body.id, ours.id)
  })
})

describe('nobody acts in another name', () => {
  test('a user holds for itself only', async () => {
    const body = { seats: [freshSeat()], holder: bob.id }
    const reply = await call(alice.who, 'POST', `${at()}/holds`, body)
    assert.equal(reply.body.code, 'forbidden', reply.text)
  })

  test('nor does anybody else use the name of a user or a key', async () => {
    for (const who of [ANONYMOUS, mine]) {
      for (const holder of [alice.id, `key_${'0'.repeat(32)}`, 'user_x']) {
        const body = { seats: [freshSeat()], holder }
        const reply = await call(who, 'POST', `${at()}/holds`, body)
        assert.equal(reply.body.code, 'invalid_request', reply.text)
      }
    }
  })

  test('an idempotency key belongs to its caller', async () => {
    const id = 'one-key-for-two-callers-0001'
    const body = { seats: [freshSeat()] }
    const send = (who: Who) =>
      call({ ...who, 'idempotency-key': id }, 'POST', `${at()}/holds`, body)
    assert.equal((await send(alice.who)).status, 201)
    for (const who of [bob.who, mine, ANONYMOUS, boxOffice]) {
      const reply = await send(who)
      assert.equal(reply.body.code, 'seats_unavailable', reply.text)
      assert.equal(reply.headers.get('idempotency-replayed'), null)
    }
  })
})

describe('a key for some shows', () => {
  test('is good for nothing in others', async () => {
    const other = await show()
    const scopes = ['sell', 'amend', 'block', 'journal', 'catalogue']
    const who = await partner(scopes, [key])
    const elsewhere = `/v1/shows/${other}`
    const calls: [string, string, object?][] = [
      ['POST', '/holds', { seats: ['A1'] }],
      ['POST', '/bookings', { seats: ['A1'] }],
      ['POST', '/blocks', { seats: ['A1'], reason: 'house' }],
      ['GET', '/journal'],
      ['PATCH', '', { title: 'Macbeth' }],
      ['POST', '/seats', { seats: ['Z1'] }],
      ['GET', `/holds/${UNKNOWN_HOLD}`],
      ['GET', `/bookings/${UNKNOWN_BOOKING}`],
    ]
    for (const [method, path, body] of calls) {
      const reply = await call(who, method, `${elsewhere}${path}`, body)
      assert.equal(reply.body.code, 'forbidden', `${method} ${path}: ${reply.text}`)
      // Whether such a show exists cannot be told by it.
      const nowhere = await call(who, method, `/v1/shows/no-such-show${path}`, body)
      assert.equal(nowhere.body.code, 'forbidden', `${method} ${path}: ${nowhere.text}`)
      const here = await call(who, method, `${at()}${path}`, body)
      assert.notEqual(here.body.code, 'forbidden', `${method} ${path}: ${here.text}`)
    }
    const made = { key: 'not-in-the-list', title: 'T', startsAt: '2035-01-01T00:00:00Z' }
    const reply = await call(who, 'POST', '/v1/shows', { ...made, seats: ['A1'] })
    assert.equal(reply.body.code, 'forbidden', reply.text)
  })
})

describe('who may confirm is the choice of the show', () => {
  test('where only sellers may, holders may not, and learn nothing more', async () => {
    const paid = await show({ confirmBy: 'seller' })
    const holds = `/v1/shows/${paid}/holds`
    const cases: [Who, Who][] = [
      [ANONYMOUS, mine],
      [alice.who, boxOffice],
    ]
    let seat = 0
    for (const [holder, seller] of cases) {
      seat += 1
      const { id } = await must(holder, 'POST', holds, { seats: [`A${seat}`] })
      const refused = await call(holder, 'POST', `${holds}/${id}/confirm`, {})
      assert.equal(refused.body.code, 'seller_required', refused.text)
      const direct = { seats: [`B${seat}`] }
      const booked = await call(holder, 'POST', `/v1/shows/${paid}/bookings`, direct)
      assert.equal(booked.body.code, 'seller_required', booked.text)
      assert.equal((await call(seller, 'POST', `${holds}/${id}/confirm`, {})).status, 201)
      // What is confirmed already answers the same booking, to its holder too.
      assert.equal((await call(holder, 'POST', `${holds}/${id}/confirm`, {})).status, 200)
    }
  })
})
