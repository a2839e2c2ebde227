/** Promise 12. */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { LIMITS } from '../../src/protocol/index.ts'
import { fill, type RouteOfApi, readRoutes } from './routes-of-document.ts'
import { type Answer, assertRefused, OPERATOR, useServer } from './use-server.ts'

const { send, asOperator, asShopper, createShow } = await useServer('bad input')
const routes = readRoutes()
const withBody = routes.filter(({ hasBody }) => hasBody)

/** Things that are there, so that a request is refused for its own sake. */
const there: Record<string, string> = { passkey: 'nowhere' }
before(async () => {
  there.show = await createShow()
  there.session = `session_${'0'.repeat(32)}`
  there.webhook = `webhook_${'0'.repeat(32)}`
  there.venue = String((await asOperator('POST', '/v1/venues', { name: 'Globe' })).body.id)
  const plan = { source: { rows: 'A', seatsPerRow: 2 } }
  const path = `/v1/venues/${there.venue}/plans`
  there.plan = String((await asOperator('POST', path, plan)).body.id)
  const url = `/v1/shows/${there.show}`
  there.hold = String((await asShopper('POST', `${url}/holds`, { seats: ['A1'] })).body.id)
  there.booking = String((await asShopper('POST', `${url}/bookings`, { seats: ['A2'] })).body.id)
  const block = { seats: ['A3'], reason: 'house' }
  there.block = String((await asOperator('POST', `${url}/blocks`, block)).body.id)
  const ada = { name: 'Ada', email: 'ada@example.org' }
  there.user = String((await asOperator('POST', '/v1/users', ada)).body.id)
  const shop = { name: 'Shop', scopes: ['sell'] }
  there.key = String((await asOperator('POST', '/v1/api-keys', shop)).body.id)
})

const JSON_TYPE = { 'content-type': 'application/json' }
const deep = `${'['.repeat(8_000)}${']'.repeat(8_000)}`

const FIELDS = JSON.stringify(
  Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, 0])),
)

/** Bodies that no operation takes. */
const BROKEN: readonly [string, string | Buffer, string?][] = [
  ['half of an object', '{"seats": ["A1"]', 'malformed_json'],
  ['text', 'seats=A1', 'malformed_json'],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ['a NUL byte', '\u0000', 'malformed_json'],
  ['NaN', '{"seats": NaN}', 'malformed_json'],
  ['a comma too many', '{"seats": ["A1",]}', 'malformed_json'],
  ['a prototype', '{"__proto__": {"seats": ["A1"]}}', 'malformed_json'],
  ['a prototype, escaped', '{"\\u005f_proto__": {"seats": ["A1"]}}', 'malformed_json'],
  ['a prototype further in', '{"a": {"constructor": {"prototype": {}}}}', 'malformed_json'],
  ['null', 'null', 'invalid_request'],
  ['a number', '7', 'invalid_request'],
  ['a text in quotes', '"A1"', 'invalid_request'],
  ['a list', '["A1"]', 'invalid_request'],
  ['a list of nothing', '[]', 'invalid_request'],
  ['a nest', deep, 'invalid_request'],
  ['a nest in a field', `{"seats": ${deep}}`, 'invalid_request'],
  ['a field nobody knows', '{"seatz": ["A1"]}', 'invalid_request'],
  ['a field twice', '{"seats": ["A1"], "seats": ["A2"]}', 'malformed_json'],
  ['a field twice, escaped', '{"a\\\\": 1, "s\\u0065ats": 1, "seats": 2}', 'malformed_json'],
  ['five hundred fields', FIELDS, 'invalid_request'],
  ['a field without a name', '{"": 1}', 'invalid_request'],
  ['half a surrogate pair as a field', '{"\\ud800": 1}', 'invalid_request'],
]

/** Values that are wrong wherever the examples have a field, or nearly so. */
const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e300,
  '',
  '   ',
  '\u0000',
  'A\u0000',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u0301',
  'x'.repeat(100_000),
  [],
  [null],
  [[]],
  [{}],
  ['\u0000'],
  ['\ud800'],
  [''],
  ['   '],
  ['A1', 'a1'],
  Array.from({ length: 5_000 }, (_, index) => `A${index}`),
  {},
  { a: { b: [] } },
]

const isIn = (route: RouteOfApi) => `${route.method} ${route.path}`

function call(route: RouteOfApi, payload: string | Buffer, headers: object = JSON_TYPE) {
  const url = fill(route.path, there)
  return send({ method: route.method, url, payload, headers: { ...OPERATOR, ...headers } })
}

/** Refused, or done because the value happened to be a good one; never a mistake of ours. */
function assertAnswered(answer: Answer, about: string): void {
  assert.ok(answer.status < 500, `${about}: ${answer.status} ${answer.text.slice(0, 500)}`)
  if (answer.status >= 400) assertRefused(answer)
}

describe('every operation with a body', () => {
  for (const route of withBody) {
    test(`${isIn(route)} refuses broken bodies`, async () => {
      for (const [name, payload, code] of BROKEN) {
        const answer = await call(route, payload)
        assertRefused(answer)
        if (code !== undefined) assert.equal(answer.body.code, code, `${name}: ${answer.text}`)
      }
    })

    test(`${isIn(route)} refuses other media types`, async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'a/b', ';', 'json']) {
        const answer = await call(route, '{}', { 'content-type': type })
        assertRefused(answer, 'unsupported_media_type')
      }
      assertRefused(await call(route, '{}', {}), 'unsupported_media_type')
    })

    test(`${isIn(route)} ${route.bodyRequired ? 'needs a body' : 'does without'}`, async () => {
      for (const headers of [{}, JSON_TYPE]) {
        const answer = await call(route, '', headers)
        if (!route.bodyRequired) assertAnswered(answer, 'without a body')
        else assertRefused(answer, 'invalid_request')
      }
    })

    test(`${isIn(route)} refuses wrong values in any field`, async () => {
      for (const field of Object.keys(route.example)) {
        for (const value of WRONG) {
          const body = JSON.stringify({ ...route.example, [field]: value })
          assertAnswered(await call(route, body), `${field}: ${body.slice(0, 200)}`)
        }
        const nowhere = { ...route.example, [`${field}s`]: 1 }
        const answer = await call(route, JSON.stringify(nowhere))
        assertRefused(answer, 'invalid_request')
        const mistake = { path: `${field}s`, message: 'is not known here' }
        assert.deepEqual(answer.body.mistakes, [mistake])
      }
    })

    test(`${isIn(route)} bounds the body`, async () => {
      const max = route.id === 'createPlan' ? LIMITS.planBytesMax : LIMITS.bodyBytesMax
      const answer = await call(route, ' '.repeat(max + 1))
      assertRefused(answer, 'body_too_large')
    })
  }

  test('a missing field is said to be required, at its place', async () => {
    const { body } = await asOperator('POST', '/v1/shows', { key: 'x' })
    assert.deepEqual(body.mistakes, [
      { path: 'title', message: 'is required' },
      { path: 'startsAt', message: 'is required' },
    ])
  })

  test('many mistakes are cut short', async () => {
    const url = `/v1/shows/${there.show}/holds`
    for (const count of [900, 90_000]) {
      const answer = await asOperator('POST', url, { seats: new Array(count).fill(1) })
      assertRefused(answer, 'invalid_request')
      assert.ok(answer.text.length < 5_000, `${answer.text.length} characters`)
      assert.ok((answer.body.mistakes as unknown[]).length <= 20)
    }
  })
})

const STRANGE_IDS = [
  'x',
  'hold_',
  `hold_${'0'.repeat(32)}`,
  `hold_${'G'.repeat(32)}`,
  'HOLD_',
  '\u0000',
  'a\u0000b',
  'ä',
  '💺',
  "'; drop table claims; --",
  '%',
  ' ',
  'x'.repeat(10_000),
]

const UNKNOWN: Record<string, string> = {
  venue: 'venue_unknown',
  plan: 'plan_unknown',
  show: 'show_unknown',
  hold: 'hold_unknown',
  booking: 'booking_unknown',
  block: 'block_unknown',
  user: 'user_unknown',
  key: 'key_unknown',
  webhook: 'webhook_unknown',
}

describe('every operation with parameters', () => {
  // These are a person's own: strange ids of them are tried in test/security/enumeration.
  const ofPeople = ['endMySession', 'removePasskey']
  const withIds = routes.filter(({ path, id }) => path.includes('{') && !ofPeople.includes(id))
  for (const route of withIds) {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
    test(`${isIn(route)} does not know strange ids`, async () => {
      for (const name of names) {
        for (const strange of STRANGE_IDS) {
          const url = fill(route.path, { ...there, [name]: strange })
          const answer = await send({
            method: route.method,
            url,
            headers: OPERATOR,
            ...(route.hasBody && { payload: route.example }),
          })
          const about = `${name} = ${JSON.stringify(strange.slice(0, 50))}: ${answer.text}`
          assertRefused(answer)
          assert.equal(answer.body.code, UNKNOWN[name], about)
        }
      }
    })

    test(`${isIn(route)} refuses addresses that cannot be decoded`, async () => {
      for (const broken of ['%zz', '%', '%c3%28', '%ff', '%u0041']) {
        const url = route.path.replaceAll(/\{\w+\}/g, broken)
        const answer = await send({ method: route.method, url, headers: OPERATOR })
        assertRefused(answer, 'uri_invalid')
      }
    })
  }
})

describe('every operation', () => {
  for (const route of routes) {
    test(`${isIn(route)} refuses a query it does not know`, async () => {
      for (const query of ['seatz=1', '%00=1', '__proto__=1', 'a[b]=1', '=', '%zz=%zz']) {
        const url = `${fill(route.path, there)}?${query}`
        const payload = route.hasBody ? { payload: route.example } : {}
        const answer = await send({ method: route.method, url, headers: OPERATOR, ...payload })
        assertRefused(answer, 'invalid_request')
      }
    })

    test(`${isIn(route)} refuses wrong values of its query`, async () => {
      const values = [
        '',
        '%00',
        '%F0%9F%92%BA',
        'x'.repeat(5_000),
        '-1',
        '1e99',
        'NaN',
        '%ff',
        'a&b=c',
      ]
      for (const name of route.queryNames) {
        for (const value of values) {
          const url = `${fill(route.path, there)}?${name}=${value}`
          const answer = await send({ method: route.method, url, headers: OPERATOR })
          assertAnswered(answer, url.slice(0, 100))
        }
        const twice = `${fill(route.path, there)}?${name}=1&${name}=2`
        assertRefused(
          await send({ method: route.method, url: twice, headers: OPERATOR }),
          'invalid_request',
        )
      }
    })

    test(`${isIn(route)} says which methods its address takes`, async () => {
      for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE'] as const) {
        const answer = await send({ method, url: `${fill(route.path, there)}?x=1` })
        assertRefused(answer, 'method_not_allowed')
        assert.ok(String(answer.headers.allow).split(', ').includes(route.method))
      }
    })
  }

  test('an address that nothing has is unknown, whatever the method', async () => {
    const odd = ['/v1', '/v1/', '/v2/shows', '//', '/v1/shows/x/y/z', '/.env', '/.git/HEAD']
    for (const url of odd) {
      for (const method of ['GET', 'POST', 'DELETE'] as const) {
        assertRefused(await send({ method, url, headers: OPERATOR }), 'route_unknown')
      }
    }
  })
})
