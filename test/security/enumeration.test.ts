import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { fill, readRoutes } from '../server/routes-of-document.ts'
import { ANONYMOUS, OPERATOR, PASSWORD, type Person, type Reply, useCast } from './use-cast.ts'

const cast = await useCast('enumeration')
const { call, callFrom, must, person, show, partner } = cast
const routes = readRoutes()

let key: string
let alice: Person
let bob: Person
const there: Record<string, string> = {}
/** Everything about what Alice holds that somebody could recognise her by. */
let traces: string[]

before(async () => {
  key = await show()
  alice = await person()
  bob = await person()
  const at = `/v1/shows/${key}`
  const hold = { seats: ['A1'], reference: 'alices-cart-4711' }
  const { id } = await must(alice.who, 'POST', `${at}/holds`, hold)
  const booking = { seats: ['A2'], reference: 'alices-payment-4711' }
  const booked = await must(alice.who, 'POST', `${at}/bookings`, booking)
  traces = [String(id), String(booked.id), alice.id, alice.id.slice(5), alice.email, 'alices-']
  const venue = await must(OPERATOR, 'POST', '/v1/venues', { name: 'Globe' })
  Object.assign(there, { show: key, venue: venue.id, hold: id, booking: booked.id })
})

/** An answer without its id, the request's, and the clock's. */
function comparable({ status, headers, text }: Reply, id: string): unknown {
  const all = Object.fromEntries(headers)
  const { 'x-request-id': requestId = '', date: _, 'content-length': _length, ...others } = all
  const { instance: _instance, ...problem } = JSON.parse(
    text.replaceAll(requestId, 'the request'),
  ) as Record<string, unknown>
  // Shows are public: their refusals name the key that was sent.
  if (typeof problem.detail === 'string') problem.detail = problem.detail.replace(id, 'the id')
  return { status, others, problem }
}

/** Things that nobody but a person has. */
const OF_PEOPLE = new Set(['session', 'passkey'])
const MALFORMED = ['x', `hold_${'G'.repeat(32)}`, `user_${'0'.repeat(31)}`, '💺', 'a\u0000b', "'--"]

describe('an id tells nothing by being well formed', () => {
  for (const route of routes.filter(({ path }) => path.includes('{'))) {
    const [last = ''] = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).slice(-1)
    test(`${route.method} ${route.path}`, async () => {
      const ask = async (id: string) => {
        const path = fill(route.path, { ...there, [last]: id })
        const who = OF_PEOPLE.has(last) ? bob.who : OPERATOR
        const reply = await call(who, route.method, path, route.hasBody ? route.example : undefined)
        return comparable(reply, id)
      }
      const unknown = await ask(`${last === 'booking' ? 'book' : last}_${'0'.repeat(32)}`)
      assert.equal((unknown as { status: number }).status, 404)
      for (const id of MALFORMED) assert.deepEqual(await ask(id), unknown, id)
    })
  }
})

describe('what others hold and bought shows nowhere', () => {
  const reads = ['', '/seats?limit=1000', '/availability', '/statuses', '/map', '/stream']
  for (const path of reads) {
    test(`not in GET /v1/shows/{show}${path}`, async () => {
      for (const who of [ANONYMOUS, bob.who, await partner(['sell'])]) {
        const { status, text } = await call(who, 'GET', `/v1/shows/${key}${path}`)
        assert.equal(status, 200)
        for (const trace of traces) assert.ok(!text.includes(trace), `${trace} in ${text}`)
      }
    })
  }

  test('not in the refusals of who wants the same seats', async () => {
    for (const who of [ANONYMOUS, bob.who]) {
      const body = { seats: ['A1', 'A2'] }
      for (const path of ['holds', 'bookings']) {
        const { status, text } = await call(who, 'POST', `/v1/shows/${key}/${path}`, body)
        assert.equal(status, 409)
        for (const trace of traces) assert.ok(!text.includes(trace), `${trace} in ${text}`)
      }
    }
  })

  test('not in the lists of shows and venues', async () => {
    for (const path of ['/v1/shows', '/v1/venues', '/metrics', '/health', '/openapi.json']) {
      const { text } = await call(ANONYMOUS, 'GET', path)
      for (const trace of traces) assert.ok(!text.includes(trace), `${trace} in ${path}`)
    }
  })

  test('the journal is for those who may read it', async () => {
    for (const who of [bob.who, alice.who, await partner(['sell', 'amend', 'block'])]) {
      const { body } = await call(who, 'GET', `/v1/shows/${key}/journal`)
      assert.equal(body.code, 'forbidden')
    }
    const { text } = await call(await partner(['journal']), 'GET', `/v1/shows/${key}/journal`)
    assert.ok(text.includes(alice.id))
    assert.ok(!text.includes(alice.email))
  })

  test('everybody lists only what is their own', async () => {
    const idsOf = async (who: Person['who'], what: string) => {
      const { items } = await must(who, 'GET', `/v1/me/${what}`)
      return (items as { id: string }[]).map(({ id }) => id)
    }
    assert.deepEqual(await idsOf(alice.who, 'holds'), [there.hold])
    assert.deepEqual(await idsOf(alice.who, 'bookings'), [there.booking])
    for (const who of [bob.who, await partner(['sell']), OPERATOR]) {
      assert.deepEqual(await idsOf(who, 'holds'), [])
      assert.deepEqual(await idsOf(who, 'bookings'), [])
    }
  })

  test('a cursor of somebody else leads to nothing of theirs', async () => {
    const carol = await person()
    for (const seat of ['B1', 'B3', 'B5']) {
      await must(carol.who, 'POST', `/v1/shows/${key}/holds`, { seats: [seat] })
    }
    const { next } = await must(carol.who, 'GET', '/v1/me/holds?limit=1')
    assert.equal(typeof next, 'string')
    const path = `/v1/me/holds?limit=10&cursor=${encodeURIComponent(String(next))}`
    const { status, text } = await call(bob.who, 'GET', path)
    assert.ok(status === 400 || status === 200, text)
    assert.doesNotMatch(text, /hold_/)
  })
})

describe('nobody learns whether a person is known', () => {
  const signIn = (address: string, email: string, password: string) =>
    callFrom(address, ANONYMOUS, 'POST', '/v1/sessions', { email, password })
  const wrong = 'not-the-password-of-anybody'

  // Nor by how long that takes: test/auth/sessions counts the hashes instead of timing them.
  test('by signing in: unknown, wrong, disabled, without a password are one answer', async () => {
    const disabled = await person()
    await must(OPERATOR, 'PATCH', `/v1/users/${disabled.id}`, { disabled: true })
    const keyless = `${randomUUID()}@cast.example`
    await must(OPERATOR, 'POST', '/v1/users', { name: 'Keyless', email: keyless })
    const tries: [string, string][] = [
      [`${randomUUID()}@nobody.example`, wrong],
      [alice.email, wrong],
      [disabled.email, PASSWORD],
      [disabled.email, wrong],
      [keyless, wrong],
      ["' or '1'='1", wrong],
    ]
    const replies: unknown[] = []
    for (const [email, password] of tries) {
      const reply = await signIn('127.0.0.21', email, password)
      assert.equal(reply.body.code, 'credentials_wrong', reply.text)
      replies.push(comparable(reply, email))
    }
    for (const reply of replies) assert.deepEqual(reply, replies[0])
  })

  test('nor by refresh tokens: unknown, malformed and used up are one answer', async () => {
    const carol = await person()
    await must(carol.who, 'POST', '/v1/sessions/end', {})
    const tokens = [carol.refreshToken, 'x', 'A'.repeat(43), "'; --"]
    const replies: unknown[] = []
    for (const refreshToken of tokens) {
      const reply = await call(ANONYMOUS, 'POST', '/v1/sessions/refresh', { refreshToken })
      assert.equal(reply.body.code, 'session_ended', reply.text)
      replies.push(comparable(reply, refreshToken))
    }
    for (const reply of replies) assert.deepEqual(reply, replies[0])
  })

  test('nor by sign-in links: unknown, malformed and used up are one answer', async () => {
    const { token } = await must(OPERATOR, 'POST', `/v1/users/${bob.id}/links`, {})
    const use = (link: unknown) =>
      callFrom('127.0.0.24', ANONYMOUS, 'POST', '/v1/sessions', { link })
    assert.equal((await use(token)).status, 201)
    const replies: unknown[] = []
    for (const link of [token, 'x', 'A'.repeat(43)]) {
      const reply = await use(link)
      assert.equal(reply.body.code, 'credentials_wrong', reply.text)
      replies.push(comparable(reply, String(link)))
    }
    for (const reply of replies) assert.deepEqual(reply, replies[0])
  })
})
