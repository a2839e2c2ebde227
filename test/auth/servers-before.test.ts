/** Functions that servers of the version before call: they let in nobody whom today's do not. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'
import { newHash, PeopleSql, type SqlPerson } from './people-sql.ts'

interface Keys {
  readonly keys: readonly { readonly kid: string }[]
}

const kernel = await useKernel('servers before')
await useTestClock(kernel.owner)
const people = new PeopleSql(kernel.owner)
const later = (seconds: number) => advanceClock(kernel.owner, seconds)
const bytes = (hex: string) => Buffer.from(hex, 'hex')

async function ask<Answer>(text: string, ...values: readonly unknown[]): Promise<Answer> {
  const { rows } = await kernel.owner.query<{ answer: Answer }>(`select ${text} as answer`, [
    ...values,
  ])
  return rows[0]?.answer as Answer
}

const KEYS = "rowlock.signing_keys_of($1, '\\x00', '1 year', '1 year')"
const keysFor = async (kid: string) => (await ask<Keys>(KEYS, kid)).keys.map((key) => key.kid)
const refresh = async (hash: string, next = newHash()) => {
  const text = "rowlock.refresh_session(null, $1, $2, interval '1 year')"
  return (await ask<{ code: string }>(text, bytes(hash), bytes(next))).code
}

describe('a key that signs', () => {
  test('is the same for all servers for thirty days, and the newest comes first', async () => {
    assert.deepEqual(await keysFor('first'), ['first'])
    await later(30 * 86_400 - 60)
    assert.deepEqual(await keysFor('second'), ['first'])
    await later(120)
    assert.deepEqual(await keysFor('third'), ['third', 'first'])
  })

  test('is made by one of two servers that ask at once', async () => {
    await later(31 * 86_400)
    const [one, two] = [await kernel.session(), await kernel.session()]
    await one.begin()
    await one.client.query(`select ${KEYS}`, ['one'])
    const asked = two.client.query<{ answer: Keys }>(`select ${KEYS} as answer`, ['two'])
    await two.untilWaiting()
    await one.commit()
    const kids = (await asked).rows[0]?.answer.keys.map(({ kid }) => kid)
    assert.ok(kids?.includes('one') && !kids.includes('two'), kids?.join())
  })
})

/** A refresh token of somebody who has just signed in. */
async function aToken(): Promise<{ hash: string; by: SqlPerson }> {
  const { userId } = await people.person()
  const { refreshHash, sessionId = '' } = await people.signIn(userId)
  return { hash: refreshHash, by: { userId, sessionId } }
}

describe('a refresh token', () => {
  test('gives another pair within ten seconds, and none later, whatever is asked', async () => {
    const { hash } = await aToken()
    assert.equal(await refresh(hash), 'done')
    await later(9)
    assert.equal(await refresh(hash), 'done')
    await later(2)
    assert.equal(await refresh(hash), 'session_ended')
  })

  test('that was taken back gives nothing', async () => {
    const { hash, by } = await aToken()
    await kernel.owner.query(
      'update rowlock.refresh_tokens set revoked_at = rowlock.clock() where session_id = $1',
      [by.sessionId],
    )
    assert.equal(await refresh(hash), 'session_ended')
  })

  test('of which a server of today has made the next gives nothing', async () => {
    const { hash } = await aToken()
    assert.equal((await people.refresh(hash)).code, 'done')
    assert.equal(await refresh(hash), 'session_ended')
  })
})

test('a link tells of factors until it is used or has ended', async () => {
  const by = await people.person()
  await people.confirmApp(by, await people.beginApp(by))
  const factor = (link: string) =>
    ask<{ userId: string } | null>('rowlock.link_factor_of($1)', bytes(link))
  const [used, ended] = [await people.link(by), await people.link(by)]
  assert.equal((await factor(used))?.userId, by.userId)
  assert.equal((await people.signInByLink(used, { step: 5 })).code, 'done')
  assert.equal(await factor(used), null)
  await later(30 * 60)
  assert.equal(await factor(ended), null)
})
