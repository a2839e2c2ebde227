/** Promise 4, over the whole contract: a write that is sent again under its key has one effect. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { isKeyed, isWrite, OPERATION_IDS, specOf } from '../../src/protocol/operations/index.ts'
import { fill } from '../server/routes-of-document.ts'
import { ANONYMOUS, OPERATOR, PASSWORD, type Reply, useCast, type Who } from './use-cast.ts'

interface Write {
  readonly who?: Who
  /** Values of the names in the path. */
  readonly at?: Readonly<Record<string, string>>
  readonly body?: object
  /** Body that makes another request under the same key. */
  readonly other?: object
}

const { call, must, person, show, database } = await useCast('every write twice')
const owner = await connectClient(database.owner)
after(() => owner.end())
const place = { venue: '', plan: '' }

before(async () => {
  place.venue = String((await must(OPERATOR, 'POST', '/v1/venues', { name: 'Globe' })).id)
  const plan = { source: { rows: 'A', seatsPerRow: 2 } }
  place.plan = String((await must(OPERATOR, 'POST', `/v1/venues/${place.venue}/plans`, plan)).id)
})

const GRID = { rows: 'A', seatsPerRow: 2 }
const idOf = async (path: string, body: object) =>
  String((await must(OPERATOR, 'POST', path, body)).id)
const held = async () => {
  const key = await show()
  return { show: key, hold: await idOf(`/v1/shows/${key}/holds`, { seats: ['A1', 'A2'] }) }
}
const booked = async () => {
  const key = await show()
  return { show: key, booking: await idOf(`/v1/shows/${key}/bookings`, { seats: ['A1', 'A2'] }) }
}
const blocked = async () => {
  const key = await show()
  const block = await idOf(`/v1/shows/${key}/blocks`, { seats: ['A1', 'A2'], reason: 'house' })
  return { show: key, block }
}
const hooked = async () => idOf('/v1/webhooks', { url: 'https://shop.example/hook' })
const keyed = async () => idOf('/v1/api-keys', { name: 'Shop', scopes: ['sell'] })
const newShow = () => ({
  key: `show-${randomUUID()}`,
  title: 'Hamlet',
  startsAt: '2035-12-01T19:00:00Z',
  seats: GRID,
})
const again = () => ({
  shows: [{ key: `show-${randomUUID()}`, startsAt: '2035-12-02T19:00:00Z' }],
})
const newUser = () => ({ name: 'Ada', email: `${randomUUID()}@x.example`, password: PASSWORD })
const SOME = { seats: ['A2'] }

/** A write for each operation that honours a key; every one would do more if it were done twice. */
const WRITES: Readonly<Record<string, () => Promise<Write>>> = {
  createVenue: async () => ({ body: { name: 'Old Vic' }, other: { name: 'Young Vic' } }),
  changeVenue: async () => ({
    at: place,
    body: { name: 'Globe' },
    other: { name: 'Swan' },
  }),
  changePlan: async () => ({ at: place, body: { name: 'Main' }, other: { name: 'Studio' } }),
  createPlan: async () => ({
    at: place,
    body: { source: GRID },
    other: { source: { rows: 'A-B', seatsPerRow: 2 } },
  }),
  createShow: async () => ({ body: newShow(), other: newShow() }),
  changeShow: async () => ({
    at: { show: await show() },
    body: { title: 'Macbeth' },
    other: { title: 'Lear' },
  }),
  repeatShow: async () => ({ at: { show: await show() }, body: again(), other: again() }),
  deleteShow: async () => ({ at: { show: await show() } }),
  addSeats: async () => ({
    at: { show: await show() },
    body: { seats: ['K1'] },
    other: { seats: ['K2'] },
  }),
  holdSeats: async () => ({ at: { show: await show() }, body: { seats: ['A1'] }, other: SOME }),
  extendHold: async () => ({
    at: await held(),
    body: { holdSeconds: 900 },
    other: { holdSeconds: 901 },
  }),
  changeHold: async () => ({
    at: await held(),
    body: { add: ['B1'] },
    other: { add: ['B2'] },
  }),
  releaseHold: async () => ({ at: await held(), body: { seats: ['A1'] }, other: SOME }),
  confirmHold: async () => ({ at: await held(), body: {}, other: { reacquire: true } }),
  bookSeats: async () => ({ at: { show: await show() }, body: { seats: ['A1'] }, other: SOME }),
  cancelBooking: async () => ({ at: await booked(), body: { seats: ['A1'] }, other: SOME }),
  swapSeats: async () => ({
    at: await booked(),
    body: { from: ['A1'], to: ['B1'] },
    other: { from: ['A1'], to: ['B2'] },
  }),
  changeBooking: async () => ({
    at: await booked(),
    body: { reference: 'order-1' },
    other: { reference: 'order-2' },
  }),
  transferBooking: async () => ({
    at: await booked(),
    body: { holder: 'customer-18' },
    other: { holder: 'customer-19' },
  }),
  blockSeats: async () => ({
    at: { show: await show() },
    body: { seats: ['A1'], reason: 'house' },
    other: { seats: ['A2'], reason: 'house' },
  }),
  changeBlock: async () => ({
    at: await blocked(),
    body: { reason: 'press' },
    other: { reason: 'sponsor' },
  }),
  unblockSeats: async () => ({ at: await blocked(), body: { seats: ['A1'] }, other: SOME }),
  createUser: async () => ({ body: newUser(), other: newUser() }),
  changeUser: async () => ({
    at: { user: (await person()).id },
    body: { name: 'Grace' },
    other: { name: 'Mary' },
  }),
  createSignInLink: async () => ({ at: { user: (await person()).id } }),
  changeMe: async () => ({
    who: (await person()).who,
    body: { name: 'Grace' },
    other: { name: 'Mary' },
  }),
  createWebhook: async () => ({
    body: { url: 'https://shop.example/hook' },
    other: { url: 'https://shop.example/other' },
  }),
  rotateWebhookSecret: async () => ({
    at: { webhook: await hooked() },
    body: { overlapSeconds: 60 },
    other: { overlapSeconds: 61 },
  }),
  deleteWebhook: async () => ({ at: { webhook: await hooked() } }),
  createApiKey: async () => ({
    body: { name: 'Shop', scopes: ['sell'] },
    other: { name: 'Shop', scopes: ['amend'] },
  }),
  rotateApiKey: async () => ({
    at: { key: await keyed() },
    body: { overlapSeconds: 60 },
    other: { overlapSeconds: 61 },
  }),
}

const writes = OPERATION_IDS.filter((id) => isWrite(specOf(id)))
const honoured = writes.filter((id) => isKeyed(specOf(id)))

/** Leaves out what changes from one moment to the next although nothing happened. */
const lasting = ({ body: { secondsLeft: _, ...rest } }: Reply) => rest

/** Acts and entries that there are: whatever a write does leaves one. */
async function tracesLeft(): Promise<number> {
  const { rows } = await owner.query(
    `select (select count(*) from rowlock.journal) + (select count(*) from rowlock.audit_log)
       + (select count(*) from rowlock.requests) as count`,
  )
  return Number(rows[0].count)
}

describe('every write of the contract', () => {
  test('is in this test', () => {
    assert.deepEqual(Object.keys(WRITES).toSorted(), honoured.toSorted())
  })

  for (const id of honoured) {
    const { method, path } = specOf(id)
    const send = ({ who = OPERATOR, at = {} }: Write, key: string, body: object | undefined) =>
      call({ ...who, 'idempotency-key': key }, method, fill(path, { ...at }), body)

    test(`${id}, sent twice, is done once and answered alike`, async () => {
      const write = (await WRITES[id]?.()) as Write
      const key = randomUUID()
      const first = await send(write, key, write.body)
      assert.ok(first.status < 300, `${first.status} ${first.text}`)
      assert.equal(first.headers.get('idempotency-replayed'), null)
      const traces = await tracesLeft()
      const second = await send(write, key, write.body)
      assert.equal(second.status, first.status, second.text)
      assert.equal(second.headers.get('idempotency-replayed'), 'true')
      assert.deepEqual(lasting(second), lasting(first))
      assert.equal(await tracesLeft(), traces)
    })

    test(`${id}, sent twice at once, is done once`, async () => {
      const write = (await WRITES[id]?.()) as Write
      const key = randomUUID()
      const replies = await Promise.all([1, 2].map(() => send(write, key, write.body)))
      const replayed = replies.map(({ headers }) => headers.get('idempotency-replayed'))
      assert.deepEqual(
        replayed.toSorted(),
        [null, 'true'],
        replies.map((reply) => reply.text).join(),
      )
      assert.deepEqual(lasting(replies[0] as Reply), lasting(replies[1] as Reply))
    })

    test(`${id} refuses its key for another request`, async (context) => {
      const write = (await WRITES[id]?.()) as Write
      if (write.other === undefined) return context.diagnostic('it needs to be told nothing')
      const key = randomUUID()
      assert.ok((await send(write, key, write.body)).status < 300)
      const other = await send(write, key, write.other)
      assert.equal(other.body.code, 'idempotency_key_reused', other.text)
    })
  }

  for (const id of writes.filter((each) => !honoured.includes(each))) {
    test(`${id}, which offers no key, looks at none`, async () => {
      const { method, path } = specOf(id)
      const key = { 'idempotency-key': 'x' }
      const url = path.replaceAll(/\{\w+\}/g, 'nobody')
      const reply = await call({ ...ANONYMOUS, ...key }, method, url, {})
      assert.notEqual(reply.body.code, 'idempotency_key_invalid')
    })
  }
})
