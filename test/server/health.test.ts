import assert from 'node:assert/strict'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { describe, test } from 'node:test'
import { pino } from 'pino'
import { type DatabaseHealth, Failures } from '../../src/db/index.ts'
import { LANES_MAX } from '../../src/engine/index.ts'
import { createServer } from '../../src/server/index.ts'
import { assertRefused, useServer } from './use-server.ts'

const { asShopper, createShow, settings } = await useServer('health')

describe('health', () => {
  test('all is well', async () => {
    await createShow()
    const live = await asShopper('GET', '/health/live')
    assert.deepEqual([live.status, live.body], [200, { status: 'live' }])
    const ready = await asShopper('GET', '/health/ready')
    const known = { reachable: true, migrated: true, role: 'primary' }
    const database = { ...known, unsafe: [], writable: true }
    assert.deepEqual([ready.status, ready.body], [200, { status: 'ready', database }])
    const { status, body, headers } = await asShopper('GET', '/health')
    assert.equal(status, 200)
    assert.equal(headers['cache-control'], 'no-store')
    assert.deepEqual([body.status, body.version, body.shows], ['ok', '1.2.3', 1])
    assert.match(String((body.database as DatabaseHealth).version), /^\d+\.\d+$/)
    assert.equal((body.engine as { lanes: number }).lanes, LANES_MAX)
  })

  for (const [reachable, migrated] of [
    [false, false],
    [true, false],
  ] as const) {
    test(`not ready when reachable is ${reachable} and migrated ${migrated}`, async () => {
      const health = { reachable, migrated, version: '18.4', showCount: null, unsafe: [] }
      const server = await createServer({ ...settings, readDatabaseHealth: async () => health })
      for (const url of ['/health', '/health/ready']) {
        const { statusCode, headers } = await server.app.inject(url)
        assert.deepEqual([statusCode, headers['retry-after']], [503, '1'])
      }
      assert.equal((await server.app.inject('/health/live')).statusCode, 200)
      await server.close()
    })
  }
})

describe('metrics', () => {
  test('count requests, refusals and what the engine did', async () => {
    const show = await createShow()
    await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1'] })
    await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1'] })
    await asShopper('GET', '/nothing')
    const { text, headers } = await asShopper('GET', '/metrics')
    assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/)
    for (const line of [
      'rowlock_http_requests_total{operation="holdSeats",status="201"} 1',
      'rowlock_http_requests_total{operation="holdSeats",status="409"} 1',
      'rowlock_http_requests_total{operation="none",status="404"} 1',
      'rowlock_refusals_total{operation="holdSeats",code="seats_unavailable"} 1',
      'rowlock_http_request_duration_seconds_count{operation="holdSeats"} 2',
      'rowlock_http_requests_in_flight 1',
      `rowlock_engine_lanes ${LANES_MAX}`,
      'rowlock_database_role{role="primary"} 1',
      'rowlock_database_role{role="standby"} 0',
      'rowlock_outcome_unknown_total 0',
      'rowlock_engine_batch_seconds_bucket{le="10"} 2',
      'rowlock_engine_batch_seconds_count 2',
      'rowlock_engine_wait_seconds_bucket{le="+Inf"} 2',
      'rowlock_engine_batch_commands_bucket{le="1"} 2',
      'rowlock_engine_batch_commands_sum 2',
      'rowlock_engine_oldest_wait_seconds 0',
      `rowlock_build_info{version="1.2.3",node="${process.versions.node}"} 1`,
    ]) {
      assert.ok(text.includes(`${line}\n`), line)
    }
    assert.match(text, /rowlock_engine_commands_total [1-9]/)
    assert.match(text, /process_cpu_seconds_total/)
    assert.match(text, /rowlock_database_timeline [1-9]/)
    assert.match(text, /rowlock_database_pool_connections\{state="idle"\} [1-9]/)
  })

  test('tell seats by status of shows on sale, at an address of its own', async () => {
    const show = await createShow()
    await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1', 'A2'] })
    await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A3'] })
    const closed = await createShow({ salesUntil: '2020-01-01T00:00:00Z' })
    const { text } = await asShopper('GET', '/metrics/shows')
    for (const line of [
      `rowlock_show_seats{show="${show}",status="held"} 3`,
      `rowlock_show_seats{show="${show}",status="available"} 9`,
      `rowlock_show_live_holds{show="${show}"} 2`,
    ]) {
      assert.ok(text.includes(`${line}\n`), `${line} in ${text}`)
    }
    assert.doesNotMatch(text, new RegExp(closed))
    assert.doesNotMatch((await asShopper('GET', '/metrics')).text, /rowlock_show_seats/)
  })

  test('count what fails at the database', async () => {
    const failures = new Failures(() => {})
    failures.note(Object.assign(new Error('deadlock'), { code: '40P01' }), 'write')
    const database = { status: () => settings.database.status(), failures }
    const server = await createServer({ ...settings, database })
    const { payload } = await server.app.inject('/metrics')
    const labels = 'kind="retry",sqlstate="40P01",place="write"'
    assert.ok(payload.includes(`rowlock_database_failures_total{${labels}} 1\n`))
    await server.close()
  })
})

describe('the log', () => {
  test('has one line for a request, with its id and the code of its refusal', async () => {
    const stream = new PassThrough()
    const server = await createServer({ ...settings, logger: pino(stream) })
    const written = once(stream, 'data')
    const headers = { 'x-request-id': 'edge-7' }
    await server.app.inject({ url: '/v1/shows/nowhere?x', headers: { ...headers } })
    const line = JSON.parse(String((await written)[0]))
    assert.deepEqual(
      [line.requestId, line.method, line.url, line.status, line.code],
      ['edge-7', 'GET', '/v1/shows/nowhere', 400, 'invalid_request'],
    )
    assert.equal(typeof line.ms, 'number')
    await server.close()
  })

  test('has one line for one request, whatever is in its address and headers', async () => {
    const lines: string[] = []
    const write = (line: string) => void lines.push(line)
    const server = await createServer({ ...settings, logger: pino({ level: 'trace' }, { write }) })
    const forged = '%0d%0a{"level":50,"actor":"operator"}%0a%1b[2J'
    const headers = { 'x-request-id': '7"}\u2028{"actor":"operator"', 'user-agent': forged }
    await server.app.inject({ url: `/v1/shows/${forged}?email=a@x.org`, headers })
    await server.close()
    assert.equal(lines.length, 1, lines.join(''))
    assert.match(lines[0] ?? '', /^[^\n\r]*\n$/)
    const { level, actor, url, time } = JSON.parse(lines[0] ?? '')
    assert.deepEqual([level, actor], [30, 'anonymous'])
    assert.match(url, /^\/v1\/shows\/%0d%0a[^?]*$/)
    assert.ok(Math.abs(Date.now() - time) < 60_000, 'milliseconds since 1970, in UTC')
  })

  test('has the stack of what was unexpected, and the answer has not', async () => {
    const stream = new PassThrough()
    const engine = { ...settings.engine, listShows: () => Promise.reject(new Error('broken')) }
    const server = await createServer({ ...settings, engine, logger: pino(stream) })
    const written = once(stream, 'data')
    const { statusCode, payload } = await server.app.inject('/v1/shows')
    const line = JSON.parse(String((await written)[0]))
    assert.match(line.err.stack, /broken/)
    assert.equal(statusCode, 500)
    const problem = JSON.parse(payload)
    assert.deepEqual([problem.code, problem.detail], ['internal', undefined])
    assert.doesNotMatch(payload, /broken/)
    await server.close()
  })
})

describe('browsers of other origins', () => {
  const origin = 'https://shop.example'
  const preflight = {
    method: 'OPTIONS' as const,
    url: '/v1/shows/x/holds',
    headers: { origin, 'access-control-request-method': 'POST' },
  }

  test('are not let in by default', async () => {
    const server = await createServer(settings)
    const { statusCode, headers } = await server.app.inject(preflight)
    assert.deepEqual([statusCode, headers['access-control-allow-origin']], [405, undefined])
    await server.close()
  })

  test('are let in by name', async () => {
    const server = await createServer({ ...settings, corsOrigins: [origin] })
    const allowed = await server.app.inject(preflight)
    assert.deepEqual(
      [allowed.statusCode, allowed.headers['access-control-allow-origin']],
      [204, origin],
    )
    assert.match(String(allowed.headers['access-control-allow-headers']), /idempotency-key/)
    const read = await server.app.inject({ url: '/v1/shows', headers: { origin } })
    assert.match(String(read.headers['access-control-expose-headers']), /idempotency-replayed/)
    const others = { ...preflight.headers, origin: 'https://evil.example' }
    const refused = await server.app.inject({ ...preflight, headers: others })
    assert.notEqual(refused.headers['access-control-allow-origin'], 'https://evil.example')
    assertRefused(await asShopper('GET', '/v1/shows/nowhere'), 'show_unknown')
    await server.close()
  })
})
