/** Tries as the database counts them: how many there may be, until when, and whose they are. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newUuid } from '../../src/protocol/index.ts'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

interface Answer {
  readonly code: string
  readonly retryAfterSeconds?: number
}

const kernel = await useKernel('attempts')
await useTestClock(kernel.owner)
await kernel.owner.query(
  "update rowlock_test.clock set fixed = date_trunc('second', clock_timestamp())",
)
const later = (seconds: number) => advanceClock(kernel.owner, seconds)

async function attempt(...tries: readonly [string, string][]): Promise<Answer> {
  const asked = tries.map(([kind, who]) => ({ kind, who }))
  const { rows } = await kernel.owner.query<{ answer: Answer }>(
    'select rowlock.count_tries($1) as answer',
    [JSON.stringify(asked)],
  )
  return rows[0]?.answer as Answer
}

/** Counts the tries of a kind that are let through. */
async function allowed(kind: string, who: string = newUuid()): Promise<number> {
  for (let count = 0; ; count++) {
    if ((await attempt([kind, who])).code !== 'done') return count
    assert.ok(count < 1_000, kind)
  }
}

const forgive = (...buckets: readonly string[]) =>
  kernel.owner.query('select rowlock.forgive_attempts($1)', [buckets])

async function countOf(bucket: string): Promise<number | null> {
  const { rows } = await kernel.owner.query<{ count: number }>(
    'select count from rowlock.attempts where bucket = $1',
    [bucket],
  )
  return rows[0]?.count ?? null
}

describe('tries', () => {
  for (const [kind, max, seconds] of [
    ['sign-in:user-network', 10, 900],
    ['sign-in:device', 10, 900],
    ['sign-in:user', 100, 900],
    ['sign-in:address', 30, 900],
    ['register:address', 20, 3_600],
    ['email:user', 10, 3_600],
  ] as const) {
    test(`of ${kind} are ${max} in ${seconds} seconds from the first on`, async () => {
      const who = newUuid()
      await attempt([kind, who])
      await later(seconds - 1)
      assert.equal(await allowed(kind, who), max - 1)
      assert.deepEqual(await attempt([kind, who]), { code: 'rate_limited', retryAfterSeconds: 1 })
      await later(1)
      assert.equal(await allowed(kind, who), max)
    })
  }

  test('of two kinds count for both or neither, and wait for the slower', async () => {
    const who = newUuid()
    await allowed('sign-in:device', who)
    await later(60)
    await allowed('email:user', who)
    const both = () =>
      attempt(['email:user', who], ['sign-in:device', who], ['sign-in:address', who])
    assert.deepEqual(await both(), { code: 'rate_limited', retryAfterSeconds: 3_600 })
    assert.equal(await countOf(`sign-in:address:${who}`), 0)
  })

  test('that were good are taken back, one each, and never more than there were', async () => {
    const who = newUuid()
    const bucket = `email:user:${who}`
    await allowed('email:user', who)
    await forgive(bucket)
    assert.equal(await countOf(bucket), 9)
    for (let n = 0; n < 12; n++) await forgive(bucket)
    assert.equal(await countOf(bucket), 0)
  })

  test('that have ended go with those that come later, and no others', async () => {
    const [ended, lasting] = [newUuid(), newUuid()]
    await attempt(['email:user', lasting])
    await attempt(['sign-in:user', ended])
    await later(900)
    await attempt(['email:user', newUuid()])
    assert.equal(await countOf(`sign-in:user:${ended}`), null)
    assert.equal(await countOf(`email:user:${lasting}`), 1)
  })
})
