import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get } from 'node:http'
import { Readable } from 'node:stream'
import { after, describe, test } from 'node:test'
import { createClient, RowlockError } from '../../src/client/index.ts'
import { HoldSeatsBody } from '../../src/protocol/index.ts'
import { specOf } from '../../src/protocol/operations/index.ts'
import { createServer, LIMITS_USUAL, type ServerSettings } from '../../src/server/index.ts'
import { bodyBoundsOf } from '../../src/server/limits/body-bounds.ts'
import { until } from '../support/until.ts'
import { assertRefused, OPERATOR, OPERATOR_KEY, useServer } from './use-server.ts'

const { settings, createShow, asOperator } = await useServer('limits')
const show = await createShow()

const LIMITS = {
  ...LIMITS_USUAL,
  requests: { anonymous: 3, user: 4, partner: 5, boxOffice: 6 },
  failedCredentials: 2,
  streamsPerClient: 2,
}

type Inject = { url: string; headers?: Record<string, string>; remoteAddress?: string }

/** A server that counts from zero, and what it answers. */
async function open(changes: Partial<ServerSettings> = {}) {
  const server = await createServer({ ...settings, limits: LIMITS, ...changes })
  // A test that fails ends before it closes, and a server that listens would keep the file waiting.
  after(() => server.close(0))
  const send = async (request: Inject) => {
    const { statusCode: status, headers, payload: text } = await server.app.inject(request)
    const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
    return { status, headers: { ...headers } as Record<string, unknown>, body, text }
  }
  const statusesOf = async (count: number, request: Inject) => {
    const statuses: number[] = []
    for (let sent = 0; sent < count; sent++) statuses.push((await send(request)).status)
    return statuses
  }
  return { server, send, statusesOf }
}

describe('requests of callers without an account', () => {
  test('are counted by address, and told what is left', async () => {
    const { server, send } = await open()
    const request = { url: '/v1/shows', remoteAddress: '127.0.0.2' }
    const first = await send(request)
    assert.equal(first.headers['ratelimit-policy'], '"anonymous";q=3;qu="units";w=60')
    assert.equal(first.headers.ratelimit, '"anonymous";r=2;t=60')
    await send(request)
    assert.match(String((await send(request)).headers.ratelimit), /^"anonymous";r=0;t=(60|59)$/)
    const refused = await send(request)
    assertRefused(refused, 'rate_limited')
    assert.match(String(refused.headers['retry-after']), /^(60|59)$/)
    const other = await send({ ...request, remoteAddress: '127.0.0.3' })
    assert.equal(other.status, 200)
    await server.close()
  })

  test('take what the operation costs, and nothing where less is left', async () => {
    const requests = { ...LIMITS_USUAL.requests, anonymous: specOf('createSession').units ?? 1 }
    const { server, send } = await open({ limits: { ...LIMITS, requests } })
    const signIn = { method: 'POST' as const, url: '/v1/sessions', payload: {} }
    assert.equal((await send({ url: '/v1/shows' })).status, 200)
    assert.equal((await server.app.inject(signIn)).statusCode, 429)
    assert.equal((await send({ url: '/v1/shows' })).status, 200)
  })

  test('cost one for a few seats, and more for hundreds of them or a large body', async () => {
    const requests = { ...LIMITS_USUAL.requests, anonymous: 1_000 }
    const { server } = await open({ limits: { ...LIMITS, requests } })
    let left = 1_000
    const costOf = async (payload: object, change: object = {}) => {
      const answer = await server.app.inject({
        method: 'POST',
        url: `/v1/shows/${show}/holds`,
        payload,
        ...change,
      })
      const [, remaining = ''] = /r=(\d+)/.exec(String(answer.headers.ratelimit)) ?? []
      const cost = left - Number(remaining)
      left = Number(remaining)
      return cost
    }
    const labels = (count: number, text: string) => {
      return { seats: Array.from({ length: count }, (_, n) => `${text}${n}`) }
    }
    assert.equal(await costOf({ seats: ['A1', 'A2'] }), 1)
    assert.equal(await costOf({ best: { quantity: 2 } }), 1)
    assert.equal(await costOf({ best: { quantity: 900 } }), 4)
    assert.equal(await costOf({ places: [{ section: 'Floor', quantity: 300 }] }), 2)
    assert.equal(await costOf(labels(299, 'B')), 1)
    assert.equal(await costOf(labels(900, 'B')), 5)
    assert.equal(await costOf(labels(299, 'ﷺ'.repeat(18))), 2)
    // Whoever does not say how long the body is pays for the longest.
    const { bytesMax } = bodyBoundsOf(HoldSeatsBody)
    const chunked = { payload: Readable.from(['{"seats":["C1"]}']) }
    const headers = { 'content-type': 'application/json' }
    const longest = 1 + Math.ceil((bytesMax - 4_096) / 16_384)
    assert.ok(longest >= 8)
    assert.equal(await costOf({}, { ...chunked, headers }), longest)
    await server.close()
  })

  test('are refused for their seats before any is taken', async () => {
    const requests = { ...LIMITS_USUAL.requests, anonymous: 3 }
    const { server } = await open({ limits: { ...LIMITS, requests } })
    const url = `/v1/shows/${show}/holds`
    const hold = (payload: object) => server.app.inject({ method: 'POST', url, payload })
    assert.equal((await hold({ best: { quantity: 900 } })).statusCode, 429)
    assert.equal((await hold({ best: { quantity: 1 } })).statusCode, 201)
    await server.close()
  })

  test('cost more where a file has to be made', async () => {
    const { units = 1, exportUnits = units } = specOf('getPlan')
    assert.ok(exportUnits > units)
    const requests = { ...LIMITS_USUAL.requests, anonymous: exportUnits - 1 }
    const { send } = await open({ limits: { ...LIMITS, requests } })
    assert.equal((await send({ url: '/v1/plans/x?format=csv' })).status, 429)
    assert.equal((await send({ url: '/v1/plans/x' })).status, 404)
  })

  test('count an IPv6 network as one, and IPv4 the same in both spellings', async () => {
    const { server, statusesOf } = await open()
    const from = (remoteAddress: string) => statusesOf(2, { url: '/v1/shows', remoteAddress })
    assert.deepEqual(await from('2001:db8:1:2::1'), [200, 200])
    assert.deepEqual(await from('2001:db8:1:2:ffff::9'), [200, 429])
    assert.deepEqual(await from('2001:db8:1:3::1'), [200, 200])
    assert.deepEqual(await from('192.0.2.7'), [200, 200])
    assert.deepEqual(await from('::ffff:192.0.2.7'), [200, 429])
    await server.close()
  })

  test('do not count where nothing is asked of the engine', async () => {
    const { server, statusesOf } = await open()
    for (const url of ['/health/live', '/metrics', '/openapi.json', '/errors/busy']) {
      assert.deepEqual(await statusesOf(5, { url }), [200, 200, 200, 200, 200], url)
    }
    await server.close()
  })

  test('believe X-Forwarded-For only from who is trusted', async () => {
    const headers = (address: string) => ({ 'x-forwarded-for': address })
    const via = (address: string, remoteAddress: string) => ({
      url: '/v1/shows',
      headers: headers(address),
      remoteAddress,
    })
    const alone = await open()
    const claimed: number[] = []
    for (let n = 0; n < 4; n++)
      claimed.push((await alone.send(via(`10.0.0.${n}`, '127.0.0.9'))).status)
    assert.deepEqual(claimed, [200, 200, 200, 429])
    await alone.server.close()
    const proxied = await open({ trustProxy: ['127.0.0.9'] })
    assert.deepEqual(
      await proxied.statusesOf(4, via('10.0.0.1', '127.0.0.9')),
      [200, 200, 200, 429],
    )
    assert.deepEqual(await proxied.statusesOf(1, via('10.0.0.2', '127.0.0.9')), [200])
    // Who is not the proxy, and claims to come from somebody else.
    assert.deepEqual(
      await proxied.statusesOf(4, via('10.0.0.3', '127.0.0.8')),
      [200, 200, 200, 429],
    )
    assert.deepEqual(await proxied.statusesOf(1, via('10.0.0.4', '127.0.0.8')), [429])
    await proxied.server.close()
  })
})

describe('requests of known callers', () => {
  test('are counted by key, wherever they come from', async () => {
    const created = await asOperator('POST', '/v1/api-keys', { name: 'Shop', scopes: ['sell'] })
    assert.equal(created.status, 201, created.text)
    const headers = { authorization: `Bearer ${created.body.secret}` }
    const { server, send, statusesOf } = await open()
    const first = await send({ url: '/v1/me', headers })
    assert.equal(first.headers['ratelimit-policy'], '"partner";q=5;qu="units";w=60')
    assert.deepEqual(
      await statusesOf(4, { url: '/v1/me', headers, remoteAddress: '127.0.0.5' }),
      [200, 200, 200, 200],
    )
    assert.deepEqual(
      await statusesOf(1, { url: '/v1/me', headers, remoteAddress: '127.0.0.6' }),
      [429],
    )
    assert.deepEqual(await statusesOf(1, { url: '/v1/me', headers: OPERATOR }), [200])
    await server.close()
  })

  test('that failed are counted by address, and then no more are looked up', async () => {
    const { server, send, statusesOf } = await open()
    const wrong = { url: '/v1/shows', headers: { authorization: 'Bearer wrong' } }
    assert.deepEqual(await statusesOf(3, wrong), [401, 401, 429])
    const refused = await send(wrong)
    assertRefused(refused, 'rate_limited')
    assert.equal(refused.headers['ratelimit-policy'], '"credentials";q=2;w=60')
    assert.deepEqual(await statusesOf(1, { ...wrong, remoteAddress: '127.0.0.7' }), [401])
    assert.deepEqual(await statusesOf(1, { url: '/v1/shows' }), [200])
    await server.close()
  })
})

describe('limits over the network', () => {
  test('hold for many addresses at once, each for itself', async () => {
    const { server } = await open()
    const url = await server.listen({ host: '127.0.0.1', port: 0 })
    const addresses = Array.from({ length: 20 }, (_, n) => `127.0.1.${n + 1}`)
    const answers = await Promise.all(
      addresses.flatMap((address) =>
        [1, 2, 3, 4].map(() => statusFrom(address, `${url}/v1/shows`)),
      ),
    )
    assert.equal(answers.filter((status) => status === 200).length, 60)
    assert.equal(answers.filter((status) => status === 429).length, 20)
    await server.close(0)
  })

  test('reach the SDK with the time to wait, which it does not shorten', async () => {
    const { server } = await open()
    const url = await server.listen({ host: '127.0.0.1', port: 0 })
    const client = createClient({ server: url })
    for (let n = 0; n < 3; n++) await client.listShows()
    // More than it would wait for, so it says so at once.
    const error = await client.listShows().catch((reason: unknown) => reason)
    assert.ok(error instanceof RowlockError)
    assert.equal(error.code, 'rate_limited')
    assert.ok(Number(error.details.retryAfterSeconds) >= 59)
    assert.equal(error.details.limit, 3)
    await server.close(0)
  })

  test('let one client have so many streams, and the next when one has ended', async () => {
    const { server } = await open({ limits: { ...LIMITS, requests: LIMITS_USUAL.requests } })
    const url = await server.listen({ host: '127.0.0.1', port: 0 })
    const headers = { authorization: `Bearer ${OPERATOR_KEY}` }
    const listen = async () => {
      const ended = new AbortController()
      const { signal } = ended
      const answer = await fetch(`${url}/v1/shows/${show}/stream`, { headers, signal })
      return { status: answer.status, end: () => ended.abort() }
    }
    const first = await listen()
    const second = await listen()
    const third = await listen()
    assert.deepEqual([first.status, second.status, third.status], [200, 200, 429])
    first.end()
    // The server hears of it a moment later.
    await until('the end of a stream', async () => {
      const { payload } = await server.app.inject('/metrics')
      return payload.includes('rowlock_feed_listeners 1\n') || null
    })
    assert.equal((await listen()).status, 200)
    await server.close(0)
  })
})

async function statusFrom(localAddress: string, url: string): Promise<number | undefined> {
  const [answer] = await once(get(url, { localAddress, agent: false }), 'response')
  answer.resume()
  return answer.statusCode
}
