/** Requests that took tenths of a second of the one thread, each, whatever they asked for. */
import assert from 'node:assert/strict'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, test } from 'node:test'
import { exportPlan, generatePlan } from '../../src/plans/index.ts'
import { assertInTime } from '../support/in-time.ts'
import { ANONYMOUS, OPERATOR, type Reply, useCast } from './use-cast.ts'

const cast = await useCast('costly requests')
const show = await cast.show()
const holds = `/v1/shows/${show}/holds`
const JSON_TYPE = { 'content-type': 'application/json' }

const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  fetch(`${cast.server.url}${path}`, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body,
  })

/** The code of a refusal, and how many mistakes it tells. */
async function refusal(response: Response): Promise<[unknown, number]> {
  const { code, mistakes } = (await response.json()) as { code: string; mistakes?: unknown[] }
  return [code, mistakes?.length ?? 0]
}

/** For how long the thread served nobody, in milliseconds, while `act` ran. */
async function blockedMs(act: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  await act()
  delay.disable()
  return delay.max / 1e6
}

async function bigPlan(): Promise<string> {
  const venue = await cast.must(OPERATOR, 'POST', '/v1/venues', { name: 'Arena' })
  const source = exportPlan('rowlock', generatePlan({ shape: 'stadium', seats: 40_000 }))
  const plans = `/v1/venues/${venue.id}/plans`
  const plan = await cast.must(OPERATOR, 'POST', plans, { format: 'rowlock', source })
  return `/v1/plans/${plan.id}`
}

describe('a body with far too much in it', () => {
  test('is refused for its size, by operation', async () => {
    const fields = Array.from({ length: 95_000 }, (_, n) => `"f${n}":0`).join(',')
    assert.deepEqual(await refusal(await post(holds, `{${fields}}`)), ['body_too_large', 0])
    const labels = JSON.stringify({ seats: Array.from({ length: 120_000 }, (_, n) => `A${n}`) })
    assert.deepEqual(await refusal(await post(holds, labels)), ['body_too_large', 0])
    const release = `${holds}/x/confirm`
    const long = JSON.stringify({ reference: 'x'.repeat(20_000) })
    assert.deepEqual(await refusal(await post(release, long)), ['body_too_large', 0])
  })

  test('is refused for its counts, before anything in it is looked at', async () => {
    const fields = Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`f${n}`, 0]))
    const bodies = [fields, { seats: Array(1_200).fill(0) }, { seats: Array(60_000).fill(0) }]
    for (const body of bodies) {
      const answer = await post(holds, JSON.stringify(body))
      assert.deepEqual(await refusal(answer), ['invalid_request', 1])
    }
    const places = { places: Array(101).fill({ section: 'x', quantity: 1 }) }
    assert.deepEqual(await refusal(await post(holds, JSON.stringify(places))), [
      'invalid_request',
      1,
    ])
  })

  test('is refused where Unicode would write its labels out at length', async () => {
    const seats = Array.from({ length: 900 }, (_, n) => `${'\ufdfa'.repeat(36)}${n}`)
    assert.deepEqual(await refusal(await post(holds, JSON.stringify({ seats }))), [
      'invalid_request',
      20,
    ])
    const own = { key: 'long', title: 'Long', startsAt: '2035-12-01T19:00:00Z', seats }
    const answer = await post('/v1/shows', JSON.stringify(own), { ...OPERATOR })
    assert.equal((await refusal(answer))[0], 'invalid_request')
  })

  test('still takes the largest that the schema allows', async () => {
    const seats = Array.from({ length: 1_000 }, (_, n) => `座席${'あ'.repeat(33)}${1_000 + n}`)
    const places = Array.from({ length: 100 }, (_, n) => ({
      section: `${'ö'.repeat(190)}${n}`,
      quantity: 1,
    }))
    const answer = await post(holds, JSON.stringify({ seats, places, holder: 'x'.repeat(120) }))
    assert.notEqual(answer.status, 413)
    assert.notEqual((await refusal(answer))[0], 'malformed_json')
  })
})

describe('an export', () => {
  test('is for known callers, made once, compressed and tagged', async () => {
    const plan = await bigPlan()
    for (const format of ['rowlock', 'pretix', 'csv']) {
      const path = `${plan}?format=${format}`
      assert.equal((await cast.call(ANONYMOUS, 'GET', path)).status, 401)
      const first = await cast.call(OPERATOR, 'GET', path)
      const tag = String(first.headers.get('etag'))
      assert.equal(first.headers.get('content-encoding'), 'gzip')
      assert.ok(Number(first.headers.get('content-length')) < first.text.length / 5)
      const again = await cast.call({ ...OPERATOR, 'if-none-match': tag }, 'GET', path)
      assert.deepEqual([again.status, again.text], [304, ''])
      const plain = await cast.call({ ...OPERATOR, 'accept-encoding': 'identity' }, 'GET', path)
      assert.equal(plain.headers.get('content-encoding'), null)
      assert.equal(plain.text, first.text)
    }
  })

  test('keeps the thread free, the first time too', async () => {
    const ask = async (plan: string) => {
      const answers = Array.from({ length: 10 }, () =>
        fetch(`${cast.server.url}${plan}?format=pretix`, { headers: { ...OPERATOR } }),
      )
      for (const answer of await Promise.all(answers)) {
        assert.equal(answer.status, 200)
        await answer.body?.cancel()
      }
    }
    await assertInTime(1_000, async () => {
      const plan = await bigPlan()
      return blockedMs(() => ask(plan))
    })
  })
})

describe('a seating plan file', () => {
  const keys = Array.from({ length: 600_000 }, (_, n) => `"k${n}":0`).join(',')
  const ATTACKS: Readonly<Record<string, [string | Buffer, string?]>> = {
    'with a field for each of a crowd': [`{"source":{${keys}}}`],
    'of commas': [Buffer.alloc(30_000_000, ','), 'text/csv'],
    'nested millions deep': [`{"source":${'['.repeat(4_000_000)}${']'.repeat(4_000_000)}}`],
    'of labels that are written out at length': [
      `{"source":{"seats":[${'{"label":"'.concat('\ufdfa'.repeat(40), '"},').repeat(60_000)}{}]}}`,
    ],
  }

  test('does not keep the thread from serving others, whatever is in it', async () => {
    const venue = await cast.must(OPERATOR, 'POST', '/v1/venues', { name: 'Arena' })
    const path = `/v1/venues/${venue.id}/plans`
    for (const [name, [body, type = 'application/json']] of Object.entries(ATTACKS)) {
      await assertInTime(1_000, async () => {
        let answer: Response | undefined
        let other: Reply | undefined
        const ms = await blockedMs(async () => {
          const reading = post(path, body, { ...OPERATOR, 'content-type': type })
          other = await cast.call(ANONYMOUS, 'GET', `/v1/shows/${show}/availability`)
          answer = await reading
        })
        assert.equal(other?.status, 200)
        const [code] = await refusal(answer as Response)
        assert.ok(
          ['plan_invalid', 'invalid_request', 'busy'].includes(String(code)),
          `${name}: ${code}`,
        )
        return ms
      })
    }
  })

  test('waits for others, and not many of them', async () => {
    const venue = await cast.must(OPERATOR, 'POST', '/v1/venues', { name: 'Arena' })
    const source = exportPlan('rowlock', generatePlan({ shape: 'stadium', seats: 20_000 }))
    const body = JSON.stringify({ source })
    const path = `/v1/venues/${venue.id}/plans`
    const answers = await Promise.all(
      Array.from({ length: 9 }, () => post(path, body, { ...OPERATOR })),
    )
    const statuses = answers.map(({ status }) => status)
    const count = (status: number) => statuses.filter((one) => one === status).length
    assert.ok(count(201) >= 1, statuses.join())
    assert.ok(count(503) >= 1, statuses.join())
    assert.equal(count(201) + count(503), 9, statuses.join())
  })

  test('comes back as it went in, from the other thread', async () => {
    const plan = await bigPlan()
    const file = await fetch(`${cast.server.url}${plan}?format=rowlock`, {
      headers: { ...OPERATOR, 'accept-encoding': 'identity' },
    })
    const before = exportPlan('rowlock', generatePlan({ shape: 'stadium', seats: 40_000 }))
    const seatsOf = (text: string) => JSON.parse(text).seats.length
    assert.equal(seatsOf(await file.text()), seatsOf(before))
  })
})
