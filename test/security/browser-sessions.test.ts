/**
 * Test of what a browser keeps of a session behind TLS, and what becomes of the one that is
 * replaced.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ANONYMOUS, bearer, OPERATOR, PASSWORD, type Reply, useCast, type Who } from './use-cast.ts'

const PROXY = '127.0.0.1'
const { callFrom, call, must, partner, person, show } = await useCast('browser sessions', {
  trustProxy: [PROXY],
  limits: {
    requests: { anonymous: 10_000, user: 10_000, partner: 10_000, boxOffice: 10_000 },
    failedCredentials: 5,
    heldSeatsMax: 60,
    streamsPerClient: 3,
    pages: 10_000,
    readsPerClient: 3,
  },
})

const TLS: Who = { 'x-forwarded-proto': 'https', 'rowlock-csrf': '1' }
const PLAIN: Who = { 'rowlock-csrf': '1' }

function cookiesOf({ headers }: Reply): Record<string, string> {
  return Object.fromEntries(
    headers.getSetCookie().flatMap((lines) =>
      lines.split(/, (?=\w|__Host)/).flatMap((line) => {
        const [, name, value] = /^([\w-]+)=([^;]+)/.exec(line) ?? []
        return name === undefined || value === undefined ? [] : [[name, value]]
      }),
    ),
  )
}

const cookie = (cookies: Record<string, string>): Who => ({
  cookie: Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; '),
})

async function signIn(who: Who, email: string): Promise<Record<string, string>> {
  const body = { email, password: PASSWORD, cookies: true }
  const reply = await callFrom(PROXY, who, 'POST', '/v1/sessions', body)
  assert.equal(reply.status, 201, reply.text)
  return cookiesOf(reply)
}

describe('behind TLS', () => {
  test('the cookies are this host’s alone, as browsers enforce by their names', async () => {
    const { email } = await person()
    const body = { email, password: PASSWORD, cookies: true }
    const { headers } = await callFrom(PROXY, TLS, 'POST', '/v1/sessions', body)
    const text = headers.get('set-cookie') ?? ''
    const lines = text.split(/, (?=__Host)/)
    assert.equal(lines.length, 3, text)
    for (const line of lines) {
      assert.match(line, /^__Host-rowlock_(access|refresh|device)=[^;]+;/)
      assert.match(line, /; Path=\/;/)
      assert.match(line, /; HttpOnly; Secure; SameSite=Strict/)
      assert.doesNotMatch(line, /Domain/)
    }
  })

  test('a cookie that a neighbour could have set is not looked at', async () => {
    const mallory = await person()
    const { email, id } = await person()
    const mine = await signIn(TLS, email)
    const tossed = { rowlock_access: mallory.accessToken, rowlock_refresh: mallory.refreshToken }
    const both = { ...TLS, ...cookie({ ...tossed, ...mine }) }
    assert.equal((await callFrom(PROXY, both, 'GET', '/v1/me')).body.actor, id)
    const alone = { ...TLS, ...cookie(tossed) }
    assert.equal((await callFrom(PROXY, alone, 'GET', '/v1/me')).status, 401)
    const refreshed = await callFrom(PROXY, alone, 'POST', '/v1/sessions/refresh', {})
    assert.equal(refreshed.body.code, 'session_ended')
  })

  test('without the access cookie, but with the other, nobody is served as nobody', async () => {
    const { email } = await person()
    const { '__Host-rowlock_access': _, ...rest } = await signIn(TLS, email)
    const reply = await callFrom(PROXY, { ...TLS, ...cookie(rest) }, 'GET', '/v1/shows')
    assert.equal(reply.body.code, 'unauthenticated')
  })
})

describe('signing in where somebody is signed in', () => {
  for (const [what, who] of Object.entries({ 'behind TLS': TLS, 'in plain HTTP': PLAIN })) {
    test(`ends the session that it takes the place of, ${what}`, async () => {
      const [ada, grace] = [await person(), await person()]
      const before = await signIn(who, ada.email)
      const { accessToken } = ada
      const after = await signIn({ ...who, ...cookie(before) }, grace.email)
      const old = await callFrom(PROXY, { ...who, ...cookie(before) }, 'GET', '/v1/me')
      assert.equal(old.body.code, 'unauthenticated')
      const now = await callFrom(PROXY, { ...who, ...cookie(after) }, 'GET', '/v1/me')
      assert.equal(now.body.actor, grace.id)
      assert.equal((await call(bearer(accessToken), 'GET', '/v1/me')).status, 200)
    })
  }
})

describe('a new password', () => {
  test('gives the browser new cookies, and the old ones renew nothing', async () => {
    const { email } = await person()
    const old = await signIn(PLAIN, email)
    const body = { current: PASSWORD, password: 'a wholly other password' }
    const reply = await callFrom(
      PROXY,
      { ...PLAIN, ...cookie(old) },
      'POST',
      '/v1/me/password',
      body,
    )
    assert.equal(reply.status, 200, reply.text)
    const session = reply.body.session as Record<string, unknown>
    assert.deepEqual([session.accessToken, session.refreshToken], [null, null])
    const renew = (cookies: Record<string, string>) =>
      callFrom(PROXY, { ...PLAIN, ...cookie(cookies) }, 'POST', '/v1/sessions/refresh', {})
    assert.equal((await renew(old)).body.code, 'session_ended')
    assert.equal((await renew(cookiesOf(reply))).status, 200)
  })
})

describe('one address whose credentials fail', () => {
  const AT_FAULT = '127.0.0.50'
  const me = (who: Who) => callFrom(AT_FAULT, who, 'GET', '/v1/me')

  test('by tokens that have ended, is not counted: forty customers of one shop', async () => {
    const ended: Who[] = []
    for (let n = 0; n < 8; n++) {
      const somebody = await person()
      await must(somebody.who, 'POST', '/v1/sessions/end', {})
      ended.push(somebody.who)
    }
    const replies: Reply[] = []
    for (let round = 0; round < 5; round++) {
      for (const who of ended) replies.push(await callFrom('127.0.0.51', who, 'GET', '/v1/me'))
    }
    assert.deepEqual([...new Set(replies.map(({ status }) => status))], [401])
    assert.equal(replies.length, 40)
    const key = await partner(['sell'])
    assert.equal((await callFrom('127.0.0.51', key, 'GET', '/v1/me')).status, 200)
  })

  test('by made-up ones, keeps nobody out who is known', async () => {
    const [key, { who }] = [await partner(['sell']), await person()]
    assert.equal((await me(key)).status, 200)
    for (let n = 0; n < 5; n++) {
      assert.equal((await me({ authorization: `Bearer made-up-${n}` })).status, 401)
    }
    assert.equal((await me({ authorization: 'Bearer made-up' })).status, 429)
    for (const good of [key, who, OPERATOR]) assert.equal((await me(good)).status, 200)
    const fresh = (await person()).who
    assert.equal((await me(fresh)).status, 200)
  })
})

describe('what the staff hold', () => {
  test('is reached by the staff alone, whoever has the id', async () => {
    const staff = [(await person('box_office')).who, (await person('operator')).who, OPERATOR]
    const strangers = [ANONYMOUS, (await person()).who, await partner(['sell', 'amend'])]
    for (const seller of staff) {
      const at = `/v1/shows/${await show()}`
      const holder = { holder: 'Mrs Smith, table 4' }
      const hold = await must(seller, 'POST', `${at}/holds`, { seats: ['A1'], ...holder })
      const booked = await must(seller, 'POST', `${at}/bookings`, { seats: ['A2'], ...holder })
      for (const who of strangers) {
        const tries: [string, string, object?][] = [
          ['GET', `${at}/holds/${hold.id}`],
          ['POST', `${at}/holds/${hold.id}/extend`, {}],
          ['POST', `${at}/holds/${hold.id}/release`, {}],
          ['POST', `${at}/holds/${hold.id}/confirm`, {}],
          ['GET', `${at}/bookings/${booked.id}`],
        ]
        for (const [method, path, body] of tries) {
          const reply = await call(who, method, path, body)
          assert.equal(reply.status, 404, `${method} ${path}: ${reply.text}`)
        }
      }
      for (const colleague of staff) await must(colleague, 'GET', `${at}/holds/${hold.id}`)
      await must(staff[0] ?? OPERATOR, 'POST', `${at}/holds/${hold.id}/release`, {})
      assert.deepEqual((await must(seller, 'GET', '/v1/me/holds')).items, [])
    }
  })
})

describe('a block', () => {
  test('is lifted by whoever made it and by the staff, not by another partner', async () => {
    const [mine, other] = [await partner(['block']), await partner(['block', 'journal', 'sell'])]
    const staff = (await person('box_office')).who
    const at = `/v1/shows/${await show()}`
    const block = async (who: Who, seat: string) =>
      (await must(who, 'POST', `${at}/blocks`, { seats: [seat], reason: 'house' })).id
    const [ofPartner, ofStaff] = [await block(mine, 'A1'), await block(staff, 'A2')]
    for (const id of [ofPartner, ofStaff]) {
      const reply = await call(other, 'POST', `${at}/blocks/${id}/release`, {})
      assert.equal(reply.body.code, 'block_unknown', reply.text)
    }
    assert.equal((await call(mine, 'POST', `${at}/blocks/${ofStaff}/release`, {})).status, 404)
    await must(mine, 'POST', `${at}/blocks/${ofPartner}/release`, {})
    await must(OPERATOR, 'POST', `${at}/blocks/${ofStaff}/release`, {})
  })
})
