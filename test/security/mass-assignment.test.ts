import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { fill, readRoutes } from '../server/routes-of-document.ts'
import { ANONYMOUS, OPERATOR, type Person, useCast } from './use-cast.ts'

const cast = await useCast('mass assignment')
const { call, must, person, show } = cast
const routes = readRoutes()

/** Fields that the server says of things, and nobody else. */
const FIELDS: Readonly<Record<string, unknown>> = {
  id: `hold_${'0'.repeat(32)}`,
  role: 'operator',
  owner: `user_${'0'.repeat(32)}`,
  user: `user_${'0'.repeat(32)}`,
  actor: 'operator',
  caller: { boxOffice: true },
  boxOffice: true,
  seller: true,
  scope: 'operator',
  heldSeatsMax: null,
  version: 1,
  status: 'confirmed',
  createdAt: '2020-01-01T00:00:00Z',
  createdBy: 'operator',
  bookedAt: '2020-01-01T00:00:00Z',
  expiresAt: '2099-01-01T00:00:00Z',
  disabledAt: null,
  cancelledAt: null,
  revokedAt: null,
  hasPassword: true,
  passwordHash: '$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA',
  secret: 'rlp_AAAAAAAA_x',
  prefix: 'rlp_AAAAAAAA',
  requestId: 'x',
}

/** Fields that are an operation's own, and which its other tests look after. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  createUser: ['role'],
  changeUser: ['role'],
  createApiKey: ['expiresAt'],
}

const there: Record<string, string> = {}
let alice: Person

before(async () => {
  alice = await person()
  there.show = await show()
  const at = `/v1/shows/${there.show}`
  there.venue = String((await must(OPERATOR, 'POST', '/v1/venues', { name: 'Globe' })).id)
  there.hold = String((await must(ANONYMOUS, 'POST', `${at}/holds`, { seats: ['A1'] })).id)
  there.booking = String((await must(ANONYMOUS, 'POST', `${at}/bookings`, { seats: ['A2'] })).id)
  const block = { seats: ['A3'], reason: 'house' }
  there.block = String((await must(OPERATOR, 'POST', `${at}/blocks`, block)).id)
  there.user = alice.id
  there.session = alice.session
  there.passkey = `passkey_${'0'.repeat(32)}`
  there.webhook = `webhook_${'0'.repeat(32)}`
  there.plan = `plan_${'0'.repeat(32)}`
  const key = { name: 'Partner', scopes: ['sell'] }
  there.key = String((await must(OPERATOR, 'POST', '/v1/api-keys', key)).id)
})

describe('a field that is not the caller’s to set is refused', () => {
  for (const route of routes.filter(({ hasBody }) => hasBody)) {
    test(`by ${route.id}`, async () => {
      const isOfPerson = route.path.startsWith('/v1/me') || route.path.startsWith('/v1/sessions')
      const who = isOfPerson ? alice.who : OPERATOR
      for (const [field, value] of Object.entries(FIELDS)) {
        if (OWN[route.id]?.includes(field) || field in route.example) continue
        const body = { ...route.example, [field]: value }
        const reply = await call(who, route.method, fill(route.path, there), body)
        assert.equal(reply.body.code, 'invalid_request', `${field}: ${reply.text}`)
        const mistakes = reply.body.mistakes as { path: string }[]
        assert.ok(
          mistakes.some(({ path }) => path === field),
          `${field}: ${reply.text}`,
        )
      }
    })
  }

  test('further in as well', async () => {
    const at = `/v1/shows/${there.show}/holds`
    for (const body of [
      { best: { quantity: 1, seller: true } },
      { places: [{ section: 'floor', quantity: 1, id: 1 }] },
    ]) {
      const reply = await call(ANONYMOUS, 'POST', at, body)
      assert.equal(reply.body.code, 'invalid_request', reply.text)
    }
  })
})

describe('nobody makes more of themselves', () => {
  const roles = ['box_office', 'operator']

  test('by registering', async () => {
    for (const role of roles) {
      for (const who of [ANONYMOUS, alice.who, (await person('box_office')).who]) {
        const body = {
          name: 'Mallory',
          email: `${role}@m.example`,
          password: 'x'.repeat(5) + role,
          role,
        }
        const reply = await call(who, 'POST', '/v1/users', body)
        assert.equal(reply.body.code, 'forbidden', reply.text)
      }
    }
  })

  test('by changing themselves', async () => {
    for (const role of roles) {
      const own = await call(alice.who, 'PATCH', '/v1/me', { name: 'Alice', role })
      assert.equal(own.body.code, 'invalid_request')
      const asOther = await call(alice.who, 'PATCH', `/v1/users/${alice.id}`, { role })
      assert.equal(asOther.body.code, 'forbidden')
    }
    const me = await must(alice.who, 'GET', '/v1/me')
    assert.deepEqual([me.role, (me.user as { role: string }).role], ['user', 'user'])
  })

  test('by giving themselves a key or a link', async () => {
    for (const [path, body] of [
      ['/v1/api-keys', { name: 'Mine', scopes: ['sell'] }],
      [`/v1/users/${alice.id}/links`, {}],
      [`/v1/api-keys/${there.key}/rotate`, {}],
    ] as const) {
      for (const who of [alice.who, (await person('box_office')).who]) {
        assert.equal((await call(who, 'POST', path, body)).body.code, 'forbidden')
      }
    }
  })
})
