/** One caller who asks for much, and everybody else. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { after, describe, test } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { LIMITS_USUAL } from '../../src/server/index.ts'
import { lockWaits, untilLockWaits } from '../support/lock-waits.ts'
import { ANONYMOUS, useCast } from './use-cast.ts'

const cast = await useCast('shares', { limits: { ...LIMITS_USUAL, readsPerClient: 2 } })
const show = await cast.show()
const owner = new pg.Client(cast.database.owner)
await owner.connect()
after(() => owner.end())

test('an account whose questions take long leaves connections to everybody else', async () => {
  const { who } = await cast.person()
  assert.equal((await cast.call(who, 'GET', '/v1/me')).status, 200)
  const asked: Promise<unknown>[] = []
  try {
    await owner.query('begin; lock table rowlock.users in access exclusive mode')
    let answered = 0
    for (let n = 0; n < 20; n++) {
      asked.push(cast.call(who, 'GET', '/v1/me').finally(() => answered++))
    }
    await untilLockWaits(owner, ({ length }) => length >= 2)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        cast.call(ANONYMOUS, 'GET', `/v1/shows/${show}/availability`),
      ),
    )
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
    // Everybody else was answered while the account still waits, with no more than its share.
    assert.equal(answered, 0)
    assert.equal((await lockWaits(owner)).length, 2)
  } finally {
    await owner.query('rollback')
  }
  await Promise.all(asked)
})

test('a caller with fifty questions that wait is told to wait', async () => {
  const { who } = await cast.person()
  assert.equal((await cast.call(who, 'GET', '/v1/me')).status, 200)
  let asked: Promise<{ status: number }>[] = []
  try {
    await owner.query('begin; lock table rowlock.users in access exclusive mode')
    asked = Array.from({ length: 60 }, () => cast.call(who, 'GET', '/v1/me'))
    const first = await Promise.race(asked)
    assert.equal(first.status, 429)
  } finally {
    await owner.query('rollback')
  }
  const statuses = new Set((await Promise.all(asked)).map(({ status }) => status))
  assert.deepEqual([...statuses].toSorted(), [200, 429])
})

describe('pages, files and figures', () => {
  test('are counted in a wide budget, what watches a server is not', async () => {
    const limited = await useCast('pages', { limits: { ...LIMITS_USUAL, pages: 12 } })
    const get = async (path: string) => (await limited.call(ANONYMOUS, 'GET', path)).status
    assert.deepEqual([await get('/metrics'), await get('/metrics')], [200, 200])
    assert.equal(await get('/metrics'), 429)
    assert.equal(await get('/errors/busy'), 200)
    assert.equal(await get('/nothing'), 404)
    assert.deepEqual([await get('/errors/busy'), await get('/nothing')], [429, 429])
    for (const path of ['/health/live', '/health/ready']) assert.equal(await get(path), 200)
    assert.equal(await get('/v1/shows'), 200)
  })
})

describe('a proxy that nobody named', () => {
  const limitsIfForwarded = { ...LIMITS_USUAL, failedCredentials: 5 }
  const forwarded = { authorization: 'Bearer wrong', 'x-forwarded-for': '203.0.113.7' }

  test('turns the limits on, is warned of once, and stands in the health', async () => {
    const lines = new PassThrough({ encoding: 'utf8' })
    const logger = pino({ level: 'warn' }, lines)
    const open = await useCast('forwarded', { limitsIfForwarded, logger })
    const direct = { authorization: 'Bearer wrong' }
    const try20 = async (who: Record<string, string>) => {
      const statuses: number[] = []
      for (let n = 0; n < 20; n++) statuses.push((await open.call(who, 'GET', '/v1/me')).status)
      return statuses.filter((status) => status === 429).length
    }
    assert.equal(await try20(direct), 0)
    const before = (await open.call(ANONYMOUS, 'GET', '/health')).body
    assert.deepEqual([before.limits, before.proxy], [false, 'none'])
    assert.equal(await try20(forwarded), 15)
    const after = (await open.call(ANONYMOUS, 'GET', '/health')).body
    assert.deepEqual([after.limits, after.proxy], [true, 'unnamed'])
    if (lines.readableLength === 0) await once(lines, 'readable')
    assert.equal(String(lines.read()).match(/ROWLOCK_TRUST_PROXY/g)?.length, 1)
  })

  test('changes nothing where limits are off on purpose', async () => {
    const off = await useCast('off', {})
    for (let n = 0; n < 40; n++) {
      assert.equal((await off.call(forwarded, 'GET', '/v1/me')).status, 401)
    }
    assert.equal((await off.call(ANONYMOUS, 'GET', '/health')).body.proxy, 'unnamed')
  })
})
