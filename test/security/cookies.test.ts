import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { ANONYMOUS, OPERATOR, PASSWORD, type Reply, useCast, type Who } from './use-cast.ts'

const { call, callFrom, must, person, server, show } = await useCast('cookies')

let cookies: Record<string, string>
let setCookies: string[]
let signedIn: Reply
const own = { 'rowlock-csrf': '1' }

before(async () => {
  const { email } = await person()
  const body = { email, password: PASSWORD, cookies: true }
  signedIn = await call(ANONYMOUS, 'POST', '/v1/sessions', body)
  assert.equal(signedIn.status, 201, signedIn.text)
  setCookies = signedIn.headers.getSetCookie()
  cookies = Object.fromEntries(
    setCookies.map((line) => line.split(';', 1)[0]?.split('=') as [string, string]),
  )
})

const access = (more: Who = {}): Who => ({
  cookie: `rowlock_access=${cookies.rowlock_access}`,
  ...more,
})
const refresh = (more: Who = {}): Who => ({
  cookie: `rowlock_refresh=${cookies.rowlock_refresh}`,
  ...more,
})

describe('cookies', () => {
  test('are for the browser alone: no script, no other site, and no token in the answer', () => {
    assert.equal(setCookies.length, 3)
    for (const line of setCookies) {
      assert.match(line, /; HttpOnly/)
      assert.match(line, /; SameSite=Strict/)
      // It came by http, and the browser would not send it back.
      assert.doesNotMatch(line, /; Secure/)
    }
    assert.match(
      setCookies.find((line) => line.startsWith('rowlock_access=')) ?? '',
      /Path=\/(;|$)/,
    )
    const kept = setCookies.find((line) => line.startsWith('rowlock_refresh=')) ?? ''
    assert.match(kept, /Path=\/v1\/sessions(;|$)/)
    const { accessToken, refreshToken } = signedIn.body
    assert.deepEqual([accessToken, refreshToken], [null, null])
    for (const value of Object.values(cookies)) assert.ok(!signedIn.text.includes(value))
  })

  test('say who reads', async () => {
    assert.equal((await call(access(), 'GET', '/v1/me')).status, 200)
  })

  test('do not make up for credentials that are wrong', async () => {
    const who = access({ authorization: 'Bearer wrong', ...own })
    assert.equal((await call(who, 'GET', '/v1/me')).body.code, 'unauthenticated')
  })

  test('with nothing good in them are refused, not taken for nobody', async () => {
    for (const value of ['x', 'a.b.c', `${cookies.rowlock_access}x`]) {
      const reply = await call({ cookie: `rowlock_access=${value}` }, 'GET', '/v1/shows')
      assert.equal(reply.body.code, 'unauthenticated')
    }
  })
})

/** Writes as a page of another site would send them, or nearly so. */
const FOREIGN: readonly [string, Who][] = [
  ['without the header', {}],
  ['with another value of the header', { 'rowlock-csrf': '0' }],
  ['of another origin', { ...own, origin: 'https://evil.example' }],
  ['of a frame in a sandbox', { ...own, origin: 'null' }],
  ['of another port', { ...own, origin: 'http://127.0.0.1:1' }],
  ['of a name that begins like ours', { ...own, origin: 'http://127.0.0.1.evil.example' }],
  ['of another site, as the browser says', { ...own, 'sec-fetch-site': 'cross-site' }],
  ['of a neighbour, as the browser says', { ...own, 'sec-fetch-site': 'same-site' }],
]

describe('a write by cookie', () => {
  for (const [what, headers] of FOREIGN) {
    test(`${what} is refused, and does nothing`, async () => {
      const key = await show()
      const writes: [string, string, object][] = [
        ['POST', `/v1/shows/${key}/holds`, { seats: ['A1'] }],
        ['PATCH', '/v1/me', { name: 'Mallory' }],
        ['POST', '/v1/me/password', { current: PASSWORD, password: 'another password' }],
        ['POST', '/v1/sessions/end-all', {}],
      ]
      for (const [method, path, body] of writes) {
        const reply = await callFrom('127.0.0.1', access(headers), method, path, body)
        assert.equal(reply.body.code, 'csrf_refused', `${path}: ${reply.text}`)
      }
      const { counts } = await must(OPERATOR, 'GET', `/v1/shows/${key}/availability`)
      assert.equal((counts as { held: number }).held, 0)
      const { user } = await must(access(), 'GET', '/v1/me')
      assert.notEqual((user as { name: string }).name, 'Mallory')
    })

    test(`${what} does not refresh a session either`, async () => {
      const path = '/v1/sessions/refresh'
      const reply = await callFrom('127.0.0.1', refresh(headers), 'POST', path, {})
      assert.equal(reply.body.code, 'csrf_refused', reply.text)
      assert.equal(reply.headers.get('set-cookie'), null)
    })
  }

  test('of a page of ours is done', async () => {
    const key = await show()
    const path = `/v1/shows/${key}/holds`
    const origins: Who[] = [{}, { origin: server.url }, { 'sec-fetch-site': 'same-origin' }]
    let seat = 0
    for (const origin of origins) {
      seat += 1
      const body = { seats: [`A${seat}`] }
      const reply = await callFrom('127.0.0.1', access({ ...own, ...origin }), 'POST', path, body)
      assert.equal(reply.status, 201, reply.text)
    }
  })

  test('a page elsewhere cannot sign somebody in as another', async () => {
    const { email } = await person()
    const body = { email, password: PASSWORD, cookies: true }
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const reply = await callFrom('127.0.0.1', headers, 'POST', '/v1/sessions', body)
      assert.equal(reply.body.code, 'csrf_refused', reply.text)
      assert.equal(reply.headers.get('set-cookie'), null)
    }
  })

  test('a form of another page is no JSON, and says nothing', async () => {
    const response = await fetch(`${server.url}/v1/sessions/end`, {
      method: 'POST',
      headers: access({ 'content-type': 'text/plain', ...own }),
      body: '{}',
    })
    assert.equal(response.status, 415)
  })
})

describe('other sites', () => {
  test('are told nothing by CORS', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    for (const [method, path] of [
      ['OPTIONS', '/v1/sessions'],
      ['GET', '/v1/me'],
      ['GET', '/v1/shows'],
    ] as const) {
      const reply = await callFrom('127.0.0.1', access(headers), method, path)
      assert.equal(reply.headers.get('access-control-allow-origin'), null, path)
      assert.equal(reply.headers.get('access-control-allow-credentials'), null, path)
    }
  })
})

test('a cookie that has ended is taken back', async () => {
  const { email } = await person()
  const credentials = { email, password: PASSWORD, cookies: true }
  const session = await call(ANONYMOUS, 'POST', '/v1/sessions', credentials)
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  const ended = await call({ cookie, ...own }, 'POST', '/v1/sessions/end', {})
  assert.equal(ended.status, 200, ended.text)
  for (const line of ended.headers.getSetCookie()) assert.match(line, /=;.*(Max-Age=0|1970)/)
  assert.equal((await call({ cookie, ...own }, 'GET', '/v1/me')).body.code, 'unauthenticated')
  const again = await call({ cookie, ...own }, 'POST', '/v1/sessions/refresh', {})
  assert.equal(again.body.code, 'session_ended')
})
