/**
 * Rules of sessions, passwords and links that SQL decides, whatever a server has checked or
 * forgotten to check: each is asked for by calling the functions themselves.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newUuid } from '../../src/protocol/index.ts'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'
import { beginning, newHash, PeopleSql, type SqlPerson } from './people-sql.ts'

const kernel = await useKernel('auth session rules')
await useTestClock(kernel.owner)
const people = new PeopleSql(kernel.owner)
const later = (seconds: number) => advanceClock(kernel.owner, seconds)
const bytes = (hex: string) => Buffer.from(hex, 'hex')

interface Answer {
  readonly code: string
  readonly ended?: number
}

/** Begins a session as after a right password, and tells its hashes. */
async function begin(userId: string, other: object = {}, password = 'a hash') {
  const session = { ...beginning(newUuid()), ...other }
  const values = [null, userId, password, null, null, session]
  const { code } = await people.call<Answer>('create_session', ...values)
  return { ...session, code }
}

async function set(userId: string, change: string): Promise<void> {
  await kernel.owner.query(`update rowlock.users set ${change} where user_id = $1`, [userId])
}

const disable = (userId: string) => set(userId, 'disabled_at = rowlock.clock()')
const enable = (userId: string) => set(userId, 'disabled_at = null')
const isKnown = async (accessHash: string) =>
  'userId' in (await people.call<object>('access_of', bytes(accessHash)))
const endOne = ({ userId, sessionId }: SqlPerson) =>
  people.call<Answer>('end_session', userId, null, 'endSession', userId, sessionId)

function changePassword({ userId, sessionId }: SqlPerson, old: string, next: string) {
  const values = ['test', null, userId, sessionId, old, next, null, null, null]
  return people.call<Answer>('change_password', ...values)
}

async function actCount(action: string, sessionId: string): Promise<number> {
  const { rows } = await kernel.owner.query(
    `select from rowlock.audit_log
     where action = $1 and subject = rowlock.public_id('session', $2)`,
    [action, sessionId],
  )
  return rows.length
}

describe('a session that begins', () => {
  test('ends the one that the browser had, by either of its tokens', async () => {
    const { userId } = await people.person()
    for (const token of ['refreshHash', 'accessHash'] as const) {
      const first = await begin(userId)
      const other = await begin(userId)
      await begin(userId, { replaces: first[token] })
      assert.equal(await people.isLive(first.sessionId), false, token)
      assert.equal(await people.isLive(other.sessionId), true)
    }
  })

  test('finds room where others have ended', async () => {
    const by = await people.person()
    for (let n = 0; n < 25; n++) {
      const { sessionId } = await begin(by.userId)
      await endOne({ ...by, sessionId })
    }
    assert.equal(await people.isLive(by.sessionId), true)
  })

  test('is for nobody who is disabled, or whose password was replaced meanwhile', async () => {
    const { userId } = await people.person()
    assert.equal((await begin(userId, {}, 'another hash')).code, 'credentials_wrong')
    await disable(userId)
    assert.equal((await begin(userId)).code, 'credentials_wrong')
    await enable(userId)
    assert.equal((await begin(userId)).code, 'done')
  })

  test('by a link takes the second factor of whoever has one', async () => {
    const by = await people.person()
    await people.confirmApp(by, await people.beginApp(by))
    const link = await people.link(by)
    assert.equal((await people.signInByLink(link)).code, 'credentials_wrong')
    assert.equal((await people.signInByLink(link, { step: 2 })).code, 'done')
  })

  test('by a link is told again to whoever began it, and to nobody else', async () => {
    const by = await people.person()
    const link = bytes(await people.link(by))
    await people.link(by)
    const session = beginning(newUuid())
    const ask = (sent: object) =>
      people.call<Answer>('create_session_by_link', null, link, null, sent)
    assert.equal((await ask(session)).code, 'done')
    const others = await people.link(await people.person())
    await people.call('drop_links', by.userId)
    assert.equal((await people.signInByLink(others)).code, 'done')
    assert.equal((await ask(session)).code, 'done')
    assert.equal((await ask(beginning(newUuid()))).code, 'credentials_wrong')
  })
})

describe('a session of somebody who is disabled', () => {
  test('counts no more, though nobody has ended it', async () => {
    const { userId } = await people.person()
    const { sessionId, accessHash, refreshHash } = await begin(userId)
    await disable(userId)
    assert.equal(await isKnown(accessHash), false)
    assert.equal(await people.isLive(sessionId), false)
    assert.equal((await people.refresh(refreshHash)).code, 'session_ended')
    await enable(userId)
    assert.equal(await isKnown(accessHash), true)
  })

  test('changes no password', async () => {
    const by = await people.person()
    await disable(by.userId)
    assert.equal((await changePassword(by, 'a hash', 'new')).code, 'credentials_wrong')
    await enable(by.userId)
    assert.equal((await changePassword(by, 'a hash', 'new')).code, 'done')
  })
})

test('a password is replaced by whoever knows it, and not by whoever was slower', async () => {
  const by = await people.person()
  assert.equal((await changePassword(by, 'a hash', 'new')).code, 'done')
  assert.equal((await changePassword(by, 'a hash', 'newer')).code, 'credentials_wrong')
  assert.equal((await begin(by.userId, {}, 'new')).code, 'done')
})

describe('an end', () => {
  test('of a session that has ended is written down once', async () => {
    const by = await people.person()
    assert.deepEqual(await endOne(by), { code: 'done', ended: 1 })
    assert.deepEqual(await endOne(by), { code: 'done', ended: 0 })
    assert.equal(await actCount('endSession', by.sessionId), 1)
  })

  test('of all of them counts those that had not run out', async () => {
    const { userId } = await people.person()
    await later(8 * 86_400)
    await begin(userId)
    const values = [userId, null, 'endAllSessions', userId, null]
    const { ended } = await people.call<Answer>('end_session', ...values)
    assert.equal(ended, 1)
  })

  test('is the beginning of the time after which a session is deleted', async () => {
    const by = await people.person()
    const other = await people.person()
    await endOne(by)
    await later(60)
    await people.call('prune_access', '30 seconds')
    const { rows } = await kernel.owner.query<{ id: string }>(
      'select session_id as id from rowlock.sessions where session_id = any ($1)',
      [[by.sessionId, other.sessionId]],
    )
    assert.deepEqual(rows, [{ id: other.sessionId }])
  })
})

describe('a pair of tokens', () => {
  test('that was taken back is not handed out again, though the ten seconds last', async () => {
    const { userId } = await people.person()
    const { refreshHash } = await begin(userId)
    const [next, access] = [bytes(newHash()), bytes(newHash())]
    const refresh = () =>
      people.call<Answer>('refresh_session', null, null, bytes(refreshHash), next, access)
    assert.equal((await refresh()).code, 'done')
    await kernel.owner.query(
      'update rowlock.refresh_tokens set revoked_at = rowlock.clock() where hash = $1',
      [next],
    )
    assert.equal((await refresh()).code, 'session_ended')
  })

  test('is good as long as both it and its session are', async () => {
    const { userId } = await people.person()
    const { sessionId, accessHash } = await begin(userId)
    const left = async () => {
      type Known = { now: number; expiresAt: number }
      const { now, expiresAt } = await people.call<Known>('access_of', bytes(accessHash))
      return Math.round((expiresAt - now) / 1000)
    }
    assert.equal(await left(), 300)
    const end = "expires_at = rowlock.clock() + interval '100 s'"
    await kernel.owner.query(`update rowlock.sessions set ${end} where session_id = $1`, [
      sessionId,
    ])
    assert.equal(await left(), 100)
    await later(100)
    assert.equal(await isKnown(accessHash), false)
  })

  test('lets nobody in after five minutes, though its session goes on', async () => {
    const { userId } = await people.person()
    const { sessionId, accessHash } = await begin(userId)
    await later(301)
    assert.equal(await isKnown(accessHash), false)
    assert.equal(await people.isLive(sessionId), true)
  })
})

test('a password gives way to a link that came after it, and not to another password', async () => {
  const by = await people.person()
  const mayReplace = async (sessionId: string | undefined) => {
    type Credentials = { mayReplace: boolean }
    return (await people.call<Credentials>('password_of', by.userId, sessionId)).mayReplace
  }
  await later(1)
  const { sessionId } = await people.signInByLink(await people.link(by))
  assert.equal(await mayReplace(sessionId), true)
  assert.equal(await mayReplace((await begin(by.userId)).sessionId), false)
  await later(1)
  await changePassword({ ...by, sessionId: sessionId ?? '' }, 'a hash', 'new')
  assert.equal(await mayReplace(sessionId), false)
})

test('a secret that was replaced is told to end first, and no secret of another key', async () => {
  const keyId = newUuid()
  const [old, next] = [bytes(newHash()), bytes(newHash())]
  const key = { keyId, name: 'Shop', scopes: ['sell'], shows: null, prefix: 'rlp_1' }
  await people.call('create_api_key', newUuid(), newUuid(), 'test', null, key, old)
  const another = { ...key, keyId: newUuid(), prefix: 'rlp_3' }
  const anothers = bytes(newHash())
  await people.call('create_api_key', newUuid(), newUuid(), 'test', null, another, anothers)
  const values = [newUuid(), newUuid(), 'test', null, keyId, 'rlp_2', next, '60 seconds']
  await people.call('rotate_api_key', ...values)
  type Known = { now: number; expiresAt: number | null }
  const { now, expiresAt } = await people.call<Known>('api_key_of', old)
  assert.equal(Math.round(((expiresAt ?? 0) - now) / 1000), 60)
  assert.equal((await people.call<Known>('api_key_of', next)).expiresAt, null)
  assert.equal((await people.call<Known>('api_key_of', anothers)).expiresAt, null)
})

describe('a user whom an operator changes', () => {
  const change = (userId: string, changes: object) => {
    return people.call<Answer>('change_user', 'test', null, 'changeUser', userId, changes)
  }

  test('with a role under an e-mail that nobody has proven loses factors, too', async () => {
    const by = await people.person()
    await people.confirmApp(by, await people.beginApp(by))
    const linkHash = newHash()
    await change(by.userId, { role: 'operator', linkHash })
    assert.equal((await begin(by.userId)).code, 'credentials_wrong')
    assert.equal((await people.signInByLink(linkHash)).code, 'done')
  })

  test('is the last operator, though another one is disabled', async () => {
    await kernel.owner.query("update rowlock.users set role = 'user'")
    const [last, other] = [await people.person(), await people.person()]
    for (const { userId } of [last, other]) await set(userId, "role = 'operator'")
    await disable(other.userId)
    assert.equal((await change(last.userId, { role: 'user' })).code, 'last_operator')
    await enable(other.userId)
    assert.equal((await change(last.userId, { role: 'user' })).code, 'done')
  })

  test('is disabled since the first time', async () => {
    const { userId } = await people.person()
    const since = async () => {
      await change(userId, { disabled: true })
      const { disabled_at } = await people.call<{ disabled_at: string }>('user_of', userId)
      return disabled_at
    }
    const first = await since()
    assert.notEqual(first, null)
    await later(60)
    assert.equal(await since(), first)
  })
})
