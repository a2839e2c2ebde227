import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { describeRow } from '../../src/auth/index.ts'
import { type OperationId, specOf } from '../../src/protocol/operations/index.ts'
import { fill, readRoutes } from './routes-of-document.ts'
import { assertRefused, OPERATOR, OPERATOR_KEY, useServer } from './use-server.ts'

const { send, createShow } = await useServer('access')
const routes = readRoutes()
const nowhere = {
  show: 'nowhere',
  venue: 'nowhere',
  plan: 'nowhere',
  hold: 'nowhere',
  booking: 'nowhere',
  block: 'nowhere',
  user: 'nowhere',
  key: 'nowhere',
  session: 'nowhere',
  passkey: 'nowhere',
  webhook: 'nowhere',
}

describe('the policy', () => {
  for (const { id, method, path, hasBody, example } of routes) {
    const { roles } = specOf(id as OperationId)
    const isOpen = roles.anonymous
    const who = isOpen ? 'everybody' : describeRow(roles)
    test(`${id} is open to ${who}`, async () => {
      const url = fill(path, nowhere)
      const payload = hasBody ? { payload: example } : {}
      const answer = await send({ method, url, ...payload })
      if (isOpen) return assert.notEqual(answer.body.code, 'unauthenticated')
      assertRefused(answer, 'unauthenticated')
      assert.equal(answer.headers['www-authenticate'], 'Bearer realm="rowlock"')
      const allowed = await send({ method, url, headers: OPERATOR, ...payload })
      assert.notEqual(allowed.status, 401)
    })

    test(`${id} refuses a key that nobody has`, async () => {
      const url = fill(path, nowhere)
      const answer = await send({ method, url, headers: { authorization: 'Bearer wrong' } })
      assertRefused(answer, 'unauthenticated')
      assert.match(String(answer.headers['www-authenticate']), /invalid_token/)
    })
  }
})

describe('the operator key', () => {
  const wrong = [
    '',
    'Bearer',
    'Bearer ',
    `Basic ${OPERATOR_KEY}`,
    OPERATOR_KEY,
    `Bearer ${OPERATOR_KEY} x`,
    `Bearer ${OPERATOR_KEY}x`,
    `Bearer ${OPERATOR_KEY.slice(0, -1)}`,
    `Bearer ${OPERATOR_KEY.toUpperCase()}`,
    `Bearer ${'x'.repeat(8_000)}`,
    'Bearer ü',
  ]
  for (const authorization of wrong) {
    test(`is not "${authorization.slice(0, 40)}"`, async () => {
      const answer = await send({ method: 'GET', url: '/v1/shows', headers: { authorization } })
      assertRefused(answer, 'unauthenticated')
    })
  }

  test('is taken in any spelling of the scheme', async () => {
    const headers = { authorization: `bearer  ${OPERATOR_KEY}` }
    assert.equal((await send({ method: 'GET', url: '/v1/shows', headers })).status, 200)
  })

  test('is asked for before a body is read', async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await send({ method: 'POST', url: '/v1/shows', headers, payload: '{' })
    assertRefused(answer, 'unauthenticated')
  })
})

describe('idempotency keys', () => {
  const uuid = randomUUID()
  const cases: readonly [string, boolean, boolean][] = [
    // key, good for an operator, good for a shopper
    ['', false, false],
    ['k', true, false],
    ['x'.repeat(19), true, false],
    ['x'.repeat(20), true, true],
    ['x'.repeat(255), true, true],
    ['x'.repeat(256), false, false],
    [uuid, true, true],
    [`"${uuid}"`, true, true],
    [`${uuid} ${uuid}`, false, false],
    [`${uuid}é`, false, false],
    [`${uuid}\t`, false, false],
  ]
  for (const [key, isForOperator, isForShopper] of cases) {
    test(`"${key.slice(0, 45)}" (${key.length} characters)`, async () => {
      const show = await createShow()
      const url = `/v1/shows/${show}/holds`
      const payload = { seats: ['A1'] }
      const asShopper = { 'idempotency-key': key }
      const shopper = await send({ method: 'POST', url, payload, headers: asShopper })
      const asOperator = { ...OPERATOR, 'idempotency-key': key }
      const others = { seats: ['A2'] }
      const operator = await send({ method: 'POST', url, payload: others, headers: asOperator })
      if (isForShopper) assert.equal(shopper.status, 201, shopper.text)
      else assertRefused(shopper, 'idempotency_key_invalid')
      // The same key in another scope is another request.
      if (isForOperator) assert.equal(operator.status, 201, operator.text)
      else assertRefused(operator, 'idempotency_key_invalid')
    })
  }

  test('mean nothing on reads', async () => {
    const headers = { 'idempotency-key': 'k' }
    assert.equal((await send({ method: 'GET', url: '/v1/shows', headers })).status, 200)
  })
})
