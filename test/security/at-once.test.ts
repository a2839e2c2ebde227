import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { advanceClock, useTestClock } from '../support/test-clock.ts'
import { ANONYMOUS, bearer, OPERATOR, PASSWORD, type Reply, useCast } from './use-cast.ts'

const { call, callFrom, must, person, partner, show, database } = await useCast('at once')

const owner = new pg.Client(database.owner)
before(async () => {
  await owner.connect()
  await useTestClock(owner)
})
after(() => owner.end())

const statusesOf = (replies: readonly Reply[]) => replies.map(({ status }) => status).toSorted()
const codesOf = (replies: readonly Reply[]) => replies.map(({ body }) => body.code)

describe('what is tried many times at once is looked at one by one', () => {
  test('an e-mail address in many spellings belongs to one user', async () => {
    const spellings = [
      'ada@once.example',
      'ADA@once.example',
      'Ada@Once.Example',
      'ａda@once.example',
    ]
    const replies = await Promise.all(
      [...spellings, ...spellings].map((email, n) =>
        call(OPERATOR, 'POST', '/v1/users', { name: `Ada ${n}`, email, password: PASSWORD }),
      ),
    )
    assert.deepEqual(statusesOf(replies), [201, ...Array(7).fill(409)])
    assert.ok(codesOf(replies).every((code) => code === undefined || code === 'email_taken'))
  })

  test('guesses of a password from one place: no more than ten are looked at', async () => {
    const { email } = await person()
    const replies = await Promise.all(
      Array.from({ length: 25 }, (_, n) => {
        const body = { email, password: `a guess, number ${n}` }
        return callFrom('127.0.5.1', ANONYMOUS, 'POST', '/v1/sessions', body)
      }),
    )
    assert.equal(replies.filter(({ status }) => status === 401).length, 10)
    assert.equal(replies.filter(({ status }) => status === 429).length, 15)
    const right = { email, password: PASSWORD }
    const there = await callFrom('127.0.5.1', ANONYMOUS, 'POST', '/v1/sessions', right)
    assert.equal(there.body.code, 'rate_limited')
    const elsewhere = await callFrom('127.0.5.2', ANONYMOUS, 'POST', '/v1/sessions', right)
    assert.equal(elsewhere.status, 201, elsewhere.text)
  })

  test('operators who demote each other leave one', async () => {
    const { items } = await must(OPERATOR, 'GET', '/v1/users?role=operator&limit=1000')
    assert.deepEqual(items, [])
    const [one, other] = [await person('operator'), await person('operator')]
    const body = { role: 'user' }
    const replies = await Promise.all([
      call(one.who, 'PATCH', `/v1/users/${other.id}`, body),
      call(other.who, 'PATCH', `/v1/users/${one.id}`, body),
      call(OPERATOR, 'PATCH', `/v1/users/${one.id}`, { disabled: true }),
      call(OPERATOR, 'PATCH', `/v1/users/${other.id}`, { disabled: true }),
    ])
    assert.ok(codesOf(replies).includes('last_operator'), JSON.stringify(codesOf(replies)))
    const left = await must(OPERATOR, 'GET', '/v1/users?role=operator&limit=1000')
    const live = (left.items as { disabledAt: unknown }[]).filter(({ disabledAt }) => !disabledAt)
    assert.equal(live.length, 1)
  })

  test('holds of one user stay within the limit of the show', async () => {
    const key = await show({ maxSeatsPerHolder: 3 })
    const { who } = await person()
    const replies = await Promise.all(
      Array.from({ length: 10 }, () =>
        call(who, 'POST', `/v1/shows/${key}/holds`, { best: { quantity: 1 } }),
      ),
    )
    assert.deepEqual(statusesOf(replies), [201, 201, 201, ...Array(7).fill(409)])
  })

  test('a key that is revoked while it sells sells nothing afterwards', async () => {
    const key = await show()
    const who = await partner(['sell'])
    const me = await must(who, 'GET', '/v1/me')
    const { id } = me.key as { id: string }
    const sell = () => call(who, 'POST', `/v1/shows/${key}/bookings`, { best: { quantity: 1 } })
    const [, ...early] = await Promise.all([
      must(OPERATOR, 'POST', `/v1/api-keys/${id}/revoke`, {}),
      ...Array.from({ length: 5 }, sell),
    ])
    for (const { status } of early) assert.ok([201, 401].includes(status))
    assert.equal((await sell()).status, 401)
  })
})

describe('a refresh token', () => {
  const refresh = (refreshToken: unknown) =>
    call(ANONYMOUS, 'POST', '/v1/sessions/refresh', { refreshToken })

  test('that two tabs use at once keeps both signed in', async () => {
    const { refreshToken } = await person()
    const replies = await Promise.all([refresh(refreshToken), refresh(refreshToken)])
    assert.deepEqual(statusesOf(replies), [200, 200])
    for (const { body } of replies) {
      assert.equal((await call(bearer(body.accessToken), 'GET', '/v1/me')).status, 200)
    }
  })

  test('that comes again later ends the session, for thief and owner', async () => {
    const alice = await person()
    const { body } = await refresh(alice.refreshToken)
    await advanceClock(owner, 11)
    assert.equal((await refresh(alice.refreshToken)).body.code, 'session_ended')
    assert.equal((await refresh(body.refreshToken)).body.code, 'session_ended')
    for (const token of [alice.accessToken, body.accessToken]) {
      assert.equal((await call(bearer(token), 'GET', '/v1/me')).status, 401)
    }
    const { items } = await must(OPERATOR, 'GET', '/v1/audit?action=refresh_reused')
    assert.equal((items as { actor: string }[])[0]?.actor, alice.id)
  })

  test('that nobody used for a week is good for nothing', async () => {
    const { refreshToken } = await person()
    await advanceClock(owner, 7 * 86_400 + 1)
    assert.equal((await refresh(refreshToken)).body.code, 'session_ended')
  })
})

test('an access token ends after five minutes, by the clock of the database', async () => {
  const { who, refreshToken } = await person()
  assert.equal((await call(who, 'GET', '/v1/me')).status, 200)
  await advanceClock(owner, 301)
  // What the server keeps of the time is brought forward by the next answer of the database.
  await must(ANONYMOUS, 'POST', '/v1/sessions/refresh', { refreshToken })
  assert.equal((await call(who, 'GET', '/v1/me')).status, 401)
})

test('a sign-in link ends after half an hour', async () => {
  const { id } = await person()
  const { token } = await must(OPERATOR, 'POST', `/v1/users/${id}/links`, {})
  await advanceClock(owner, 1_801)
  const reply = await call(ANONYMOUS, 'POST', '/v1/sessions', { link: token })
  assert.equal(reply.body.code, 'credentials_wrong')
})
