import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Session } from '../../src/protocol/index.ts'
import { codeOf, tally } from '../support/engines.ts'
import { ask, BY_ANYBODY, BY_OPERATOR, codeOfToken, PASSWORD, useAccess } from './use-access.ts'

let hashCount = 0
const stage = await useAccess('auth sessions', { onHash: () => (hashCount += 1) })
const { access, owner } = stage
const OTHER = 'another-password-of-tests'
const refresh = (refreshToken: string | null) => {
  return access.refreshSession(BY_ANYBODY, { refreshToken: refreshToken as string })
}

const tokensOf = ({ accessToken, refreshToken }: Session) => [accessToken, refreshToken]

/** Counts the hashes of a sign-in that is refused. */
async function hashesOfWrong(email: string, password: string): Promise<number> {
  const before = hashCount
  assert.equal(await codeOf(stage.signIn(email, password)), 'credentials_wrong')
  return hashCount - before
}

/** Asks like session_of() and access_of() do, whose plans nobody sees. */
async function planOf(predicate: string): Promise<string> {
  const { rows } = await owner.query(
    `explain (costs off)
     select from rowlock.sessions as session, rowlock.users as known
     where session.session_id = gen_random_uuid()
       and known.user_id = session.user_id
       and ${predicate}`,
  )
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

test('what makes a session live is part of the queries that ask, and calls nothing', async () => {
  const now = "timestamptz '2030-01-01'"
  const plan = await planOf(`rowlock.is_live(session, ${now})`)
  const byHand = await planOf(
    `session.ended_at is null and session.expires_at > ${now} and session.idle_until > ${now}`,
  )
  assert.equal(plan, byHand)
  const kept = await planOf('rowlock.is_live(session, rowlock.clock())')
  assert.match(kept, /is_live/, 'control: one that is not taken in is seen')
})

test('the work of a wrong sign-in is the same whoever exists', async () => {
  const known = await stage.user()
  const disabled = await stage.user()
  await access.changeUser(BY_OPERATOR, disabled.id, { disabled: true })
  const { id: _, ...nobody } = { id: 0, name: 'A', email: 'without@x.org' }
  await access.createUser(BY_OPERATOR, nobody)
  const counts = [
    await hashesOfWrong(known.email, OTHER),
    await hashesOfWrong('nobody@x.org', OTHER),
    await hashesOfWrong(disabled.email, PASSWORD),
    await hashesOfWrong(nobody.email, PASSWORD),
  ]
  assert.deepEqual(counts, [1, 1, 1, 1])
})

test('who signs in can be told apart, and signs out', async () => {
  const { email, id } = await stage.user()
  const session = await stage.signIn(email.toUpperCase())
  assert.equal(session.accessSeconds, 300)
  const request = await stage.as(session)
  assert.equal(request.identity.caller.owner, id)
  const me = await access.getMe(request)
  assert.deepEqual([me.role, me.actor, me.user?.id, me.key], ['user', id, id, null])
  assert.deepEqual(me.session, { id: session.id, expiresAt: session.expiresAt })
  assert.deepEqual(await access.endSession(request), { ended: 1 })
  assert.equal(await codeOfToken(access, session.accessToken), 'unauthenticated')
  assert.equal(await codeOf(refresh(session.refreshToken)), 'session_ended')
  assert.deepEqual(await access.endSession(request), { ended: 0 })
})

test('what the staff hold is the house’s, and they sign in for half a day', async () => {
  const { email } = await stage.user({ role: 'box_office' })
  const session = await stage.signIn(email)
  const { caller, role } = (await stage.as(session)).identity
  assert.equal(role, 'box_office')
  assert.deepEqual([caller.owner, caller.boxOffice, caller.seller], ['house', true, true])
  await stage.later(12 * 3_600)
  assert.equal(await codeOf(refresh(session.refreshToken)), 'session_ended')
})

test('a refresh token gives the next one, and the session stays the same', async () => {
  const first = await stage.signIn((await stage.user()).email)
  const second = await refresh(first.refreshToken)
  assert.equal(second.id, first.id)
  assert.notEqual(second.refreshToken, first.refreshToken)
  assert.equal(await codeOfToken(access, second.accessToken), 'known')
  assert.equal(await codeOf(refresh('unknown')), 'session_ended')
})

test('a used refresh token within ten seconds gives the same, later it ends all', async () => {
  const first = await stage.signIn((await stage.user()).email)
  const second = await refresh(first.refreshToken)
  await stage.later(9)
  const third = await refresh(first.refreshToken)
  assert.deepEqual(tokensOf(third), tokensOf(second))
  assert.ok(third.accessSeconds <= 291 && third.accessSeconds >= 285, 'what is left of it')
  await stage.later(2)
  assert.equal(await codeOf(refresh(first.refreshToken)), 'session_ended')
  for (const { refreshToken, accessToken } of [second]) {
    assert.equal(await codeOf(refresh(refreshToken)), 'session_ended')
    assert.equal(await codeOfToken(access, accessToken), 'unauthenticated')
  }
  const [act] = await stage.acts('refresh_reused')
  assert.deepEqual([act?.actor, act?.subject], [first.user.id, first.id])
})

test('twenty refreshes of one token at once lose no session', async () => {
  const first = await stage.signIn((await stage.user()).email)
  const all = await Promise.all(Array.from({ length: 20 }, () => refresh(first.refreshToken)))
  assert.deepEqual(new Set(all.map((session) => session.id)), new Set([first.id]))
  assert.equal(new Set(all.map((session) => session.refreshToken)).size, 1)
  for (const { accessToken } of all) assert.equal(await codeOfToken(access, accessToken), 'known')
})

test('a session ends after thirty days, and after seven without a refresh', async () => {
  const idle = await stage.signIn((await stage.user()).email)
  let kept = await stage.signIn((await stage.user()).email)
  for (let day = 6; day < 30; day += 6) {
    await stage.later(6 * 86_400)
    kept = await refresh(kept.refreshToken)
  }
  assert.equal(await codeOf(refresh(idle.refreshToken)), 'session_ended')
  await stage.later(6 * 86_400)
  assert.equal(await codeOf(refresh(kept.refreshToken)), 'session_ended')
})

test('signing out everywhere reaches other servers within five seconds', async () => {
  const { email } = await stage.user()
  const sessions = await Promise.all([stage.signIn(email), stage.signIn(email)])
  const [one, two] = sessions
  const other = await stage.open({ rememberMs: 5_000 })
  const quick = await stage.open({ rememberMs: 0 })
  for (const server of [other, quick]) {
    assert.equal(await codeOfToken(server, two.accessToken), 'known')
  }
  assert.deepEqual(await access.endAllSessions(await stage.as(one)), { ended: 2 })
  assert.equal(await codeOfToken(quick, two.accessToken), 'unauthenticated')
  // Whoever remembers does so for a bounded time, and the server that is asked not at all.
  assert.equal(await codeOfToken(other, two.accessToken), 'known')
  const third = await stage.signIn(email)
  const request = { ...BY_ANYBODY, identity: await other.identify(bearerOf(third.accessToken)) }
  await other.endSession(request)
  assert.equal(await codeOfToken(other, third.accessToken), 'unauthenticated')
  assert.equal(await codeOfToken(other, two.accessToken), 'unauthenticated')
})

const bearerOf = (token: string | null) => ({ authorization: `Bearer ${token}`, address: '::1' })

test('a link signs in once, however many use it at once, and not after half an hour', async () => {
  const { id } = await stage.user()
  const { token } = (await access.createSignInLink(BY_OPERATOR, id)).value
  const codes = await Promise.all(
    Array.from({ length: 8 }, () => codeOf(access.createSession(BY_ANYBODY, { link: token }))),
  )
  assert.deepEqual(tally(codes), { done: 1, credentials_wrong: 7 })
  const late = (await access.createSignInLink(BY_OPERATOR, id)).value
  await stage.later(1_800)
  const code = await codeOf(access.createSession(BY_ANYBODY, { link: late.token }))
  assert.equal(code, 'credentials_wrong')
  const other = (await access.createSignInLink(BY_OPERATOR, id)).value
  await access.changeUser(BY_OPERATOR, id, { disabled: true })
  const disabled = await codeOf(access.createSession(BY_ANYBODY, { link: other.token }))
  assert.equal(disabled, 'credentials_wrong')
})

test('a new password needs the current one, and ends all other sessions', async () => {
  const { email } = await stage.user()
  const [one, two] = await Promise.all([stage.signIn(email), stage.signIn(email)])
  const request = await stage.as(one)
  const change = (current?: string, password = OTHER) => {
    return access.changePassword(
      request,
      current === undefined ? { password } : { current, password },
    )
  }
  assert.equal(await codeOf(change()), 'credentials_wrong')
  assert.equal(await codeOf(change(OTHER)), 'credentials_wrong')
  assert.equal(await codeOf(change(PASSWORD, 'short')), 'password_weak')
  assert.equal((await change(PASSWORD)).ended, 1)
  assert.equal(await codeOfToken(access, one.accessToken), 'known')
  assert.equal(await codeOfToken(access, two.accessToken), 'unauthenticated')
  assert.equal(await codeOf(stage.signIn(email)), 'credentials_wrong')
  assert.equal(await codeOf(stage.signIn(email, OTHER)), 'done')
})

test('a link may replace an older password, once, and sets a first one', async () => {
  for (const password of [PASSWORD, undefined]) {
    const body = { name: 'A', email: `${Math.random()}@x.org`, ...(password && { password }) }
    const { value } = await access.createUser(BY_OPERATOR, body)
    const { token } = (await access.createSignInLink(BY_OPERATOR, value.id)).value
    await stage.later(1)
    const session = await access.createSession(BY_ANYBODY, { link: token })
    const request = await stage.as(session)
    await stage.later(1)
    assert.equal(await codeOf(access.changePassword(request, { password: OTHER })), 'done')
    const again = access.changePassword(request, { password: PASSWORD })
    assert.equal(await codeOf(again), 'credentials_wrong')
  }
})

test('people change themselves; another e-mail needs the password', async () => {
  const { email } = await stage.user()
  const request = await stage.as(await stage.signIn(email))
  const { value } = await access.changeMe(request, { name: 'Ada King', phone: '123' })
  assert.deepEqual([value.name, value.phone], ['Ada King', '123'])
  const other = `new-${email}`
  assert.equal(await codeOf(access.changeMe(request, { email: other })), 'credentials_wrong')
  const wrong = access.changeMe(request, { email: other, password: OTHER })
  assert.equal(await codeOf(wrong), 'credentials_wrong')
  assert.equal((await access.changeMe(request, { email: email.toUpperCase() })).value.role, 'user')
  const right = await access.changeMe(request, { email: other, password: PASSWORD })
  assert.equal(right.value.email, other)
})

test('what is for people is refused to keys and to nobody', async () => {
  for (const request of [BY_OPERATOR, BY_ANYBODY]) {
    assert.equal(await codeOf(access.endSession(request)), 'forbidden')
    assert.equal(await codeOf(access.endAllSessions(request)), 'forbidden')
    assert.equal(await codeOf(access.changeMe(request, { name: 'x' })), 'forbidden')
    assert.equal(await codeOf(access.changePassword(request, { password: OTHER })), 'forbidden')
  }
})

test('a password that was hashed with older parameters is hashed anew at the sign-in', async () => {
  const { email } = await stage.user()
  // argon2id of PASSWORD with m=8, t=1 and a salt of zeros.
  const { argon2Sync } = await import('node:crypto')
  const parameters = { parallelism: 1, tagLength: 32, memory: 8, passes: 1 }
  const nonce = Buffer.alloc(16)
  const tag = argon2Sync('argon2id', { message: PASSWORD, nonce, ...parameters })
  const plain = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  const old = `$argon2id$v=19$m=8,t=1,p=1$${plain(nonce)}$${plain(tag)}`
  await owner.query('update rowlock.users set password_hash = $1 where email = $2', [old, email])
  assert.equal(await codeOf(stage.signIn(email, OTHER)), 'credentials_wrong')
  assert.equal(await codeOf(stage.signIn(email)), 'done')
  const { rows } = await owner.query<{ hash: string }>(
    'select password_hash as hash from rowlock.users where email = $1',
    [email],
  )
  assert.match(rows[0]?.hash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await codeOf(stage.signIn(email)), 'done')
})

test('pruning deletes what ended long ago, and nothing else', async () => {
  const { email } = await stage.user()
  const kept = await stage.signIn(email)
  const prune = async () => {
    const { rows } = await owner.query<{ gone: number }>(
      "select rowlock.prune_access('0 seconds')::int as gone",
    )
    return rows[0]?.gone ?? 0
  }
  await prune()
  assert.equal(await codeOf(refresh(kept.refreshToken)), 'done')
  await stage.later(31 * 86_400)
  assert.ok((await prune()) > 0)
  const { rows } = await owner.query('select from rowlock.refresh_tokens')
  assert.equal(rows.length, 0)
  assert.equal(ask(BY_ANYBODY.identity).address, BY_ANYBODY.address)
})
