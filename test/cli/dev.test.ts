/** `rowlock dev`: a server with a test key, a clock that can be moved, and forwarded events. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { createClient } from '../../src/client/index.ts'
import { connectClient, MovableClockError, openDatabase } from '../../src/db/index.ts'
import { openRowlock } from '../../src/library/index.ts'
import { rowlock, startServer } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { useDirectory } from '../support/embedded.ts'
import { Receiver } from '../support/receiver.ts'
import { until } from '../support/until.ts'

async function useDev(t: TestContext, ...options: string[]) {
  const environment = { ROWLOCK_DATA_DIR: join(await useDirectory(t), 'db') }
  const server = await startServer(t, environment, ['dev', ...options])
  return {
    environment,
    server,
    client: createClient({ server: server.url, key: server.testKey ?? '' }),
  }
}

async function moveClock(url: string, key: string | null, body: unknown): Promise<Response> {
  return fetch(`${url}/v1/test/clock`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(body),
  })
}

describe('rowlock dev', () => {
  test('sells, and its clock moves on: a hold ends, and its seats are free', async (t) => {
    const { server, client, environment } = await useDev(t)
    const show = server.demoShow ?? ''
    const hold = await client.holdSeats(show, { seats: ['A1'] })
    const moved = await moveClock(server.url, server.testKey, { advanceSeconds: 3600 })
    assert.equal(moved.status, 200)
    const { now, movedSeconds } = (await moved.json()) as { now: string; movedSeconds: number }
    assert.equal(movedSeconds, 3600)
    assert.ok(Date.parse(now) > Date.parse(hold.expiresAt))
    await assert.rejects(client.confirmHold(show, hold.id), { code: 'hold_expired' })
    // And the show is written to, although the clock is an hour ahead of the server.
    const again = await client.holdSeats(show, { seats: ['A1'] })
    assert.equal(again.secondsLeft > 0, true)
    await client.confirmHold(show, again.id)

    assert.equal(await server.end('SIGTERM'), 0)
    const second = await startServer(t, environment, ['dev'])
    assert.equal(second.testKey, server.testKey)
    const clock = await fetch(`${second.url}/v1/test/clock`, {
      headers: { authorization: `Bearer ${second.testKey}` },
    })
    assert.equal(((await clock.json()) as { movedSeconds: number }).movedSeconds, 3600)
    // Commands look at it as at any other; only serving is refused.
    const directory = { ROWLOCK_DATA_DIR: `${environment.ROWLOCK_DATA_DIR}-dev` }
    const check = await rowlock(['check', '--json'], directory)
    assert.equal(check.code, 0, check.stderr)
    const doctor = await rowlock(['doctor'], directory)
    assert.equal(doctor.code, 4, doctor.stderr)
    assert.match(doctor.stdout, /✗ clock +made by "rowlock dev": its time can be moved/)
    // Who forgets to name it is told, instead of being answered from an empty one.
    const lost = await rowlock(['doctor'], environment)
    assert.equal(lost.code, 4)
    assert.match(lost.stderr, /There is no database in .*db\..* set ROWLOCK_DATA_DIR=.*db-dev\./)
    const list = await rowlock(['show', 'list'], environment)
    assert.match(list.stderr, /The database of "rowlock dev" is in .*db-dev/)
    assert.equal(await second.end('SIGTERM'), 0)
    const served = await rowlock(['serve'], { ...directory, PORT: '0' })
    assert.equal(served.code, 4)
    assert.match(served.stderr, /its clock can be moved, so it must not sell/)
    await rm(directory.ROWLOCK_DATA_DIR, { recursive: true, force: true })
  })

  test('the clock is moved by operators and keys alone, and only on', async (t) => {
    const { server, client } = await useDev(t)
    assert.equal((await moveClock(server.url, null, { advanceSeconds: 1 })).status, 401)
    assert.equal((await moveClock(server.url, 'rlp_wrong', { advanceSeconds: 1 })).status, 401)
    for (const body of [
      {},
      { advanceSeconds: -1 },
      { advanceSeconds: 1e12 },
      { at: 'now' },
      [],
      null,
    ]) {
      const answer = await moveClock(server.url, server.testKey, body)
      assert.equal(answer.status, 400, JSON.stringify(body))
      assert.equal(((await answer.json()) as { code: string }).code, 'invalid_request')
    }
    // A key that was good a moment ago ends with the time that was moved beyond its end.
    const operator = createClient({ server: server.url, key: server.operatorKey ?? '' })
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const { secret } = await operator.createApiKey({ name: 'short', scopes: ['sell'], expiresAt })
    const brief = createClient({ server: server.url, key: secret })
    await brief.listShows()
    assert.equal(
      (await moveClock(server.url, server.operatorKey, { advanceSeconds: 7200 })).status,
      200,
    )
    await assert.rejects(brief.listShows(), { code: 'unauthenticated' })
    assert.ok((await client.listShows()).items.length > 0)
  })

  test('events are forwarded, signed with the secret that was printed', async (t) => {
    const receiver = await Receiver.use()
    const { server, client } = await useDev(t, '--forward-to', receiver.url)
    const show = server.demoShow ?? ''
    const hold = await client.holdSeats(show, { seats: ['B1'] })
    const verifier = new Webhook(server.webhookSecret ?? '')
    const of = async (type: string) => {
      const arrival = await until(`${type} to arrive`, async () => {
        const isOurs = ({ event }: (typeof receiver.arrivals)[number]) =>
          event.type === type && (event.data as { id?: string }).id === hold.id
        return receiver.arrivals.find(isOurs) ?? null
      })
      verifier.verify(arrival.body, arrival.headers as Record<string, string>)
    }
    await of('hold.created')
    await moveClock(server.url, server.testKey, { advanceSeconds: 3600 })
    await of('hold.expired')
  })

  test('has no database but its own, and serves nobody but this machine', async () => {
    const elsewhere = await rowlock(['dev'], { DATABASE_URL: 'postgres://db/shop' })
    assert.equal(elsewhere.code, 2)
    assert.match(elsewhere.stderr, /has a database of its own/)
    const open = await rowlock(['dev'], { HOST: '0.0.0.0' })
    assert.equal(open.code, 2)
    assert.match(open.stderr, /serves this machine alone/)
    assert.equal((await rowlock(['dev', '--forward-to', 'localhost'])).code, 2)
  })
})

describe('everywhere else', async () => {
  const database = await useTestDatabase('movable-clock')

  test('there is no clock to move, and nothing that moves one', async (t) => {
    const url = database.ownerUrl
    const environment = { DATABASE_URL: url, ROWLOCK_ALLOW_UNSAFE_DURABILITY: 'true' }
    const server = await startServer(t, {
      ...environment,
      ROWLOCK_OPERATOR_KEY: 'operator-key-1234',
    })
    const answer = await moveClock(server.url, 'operator-key-1234', { advanceSeconds: 60 })
    assert.equal(answer.status, 404)
    assert.equal(((await answer.json()) as { code: string }).code, 'route_unknown')
    const client = await connectClient({ connectionString: url })
    const { rows } = await client.query<{ source: string }>(
      "select prosrc as source from pg_proc where oid = 'rowlock.clock()'::regprocedure",
    )
    assert.match(
      rows[0]?.source ?? '',
      /^\s*select date_trunc\('milliseconds', clock_timestamp\(\)\)\s*$/,
    )
    await client.end()
  })

  test('a database whose clock can be moved is opened by no server and no library', async () => {
    const url = database.ownerUrl
    const client = await connectClient({ connectionString: url })
    await client.query('create schema rowlock_dev')
    try {
      const settings = { target: url, allowUnsafeDurability: true }
      await assert.rejects(openDatabase(settings), MovableClockError)
      const opened = openRowlock({ databaseUrl: url, allowUnsafeDurability: true })
      await assert.rejects(opened, MovableClockError)
    } finally {
      await client.query('drop schema rowlock_dev')
      await client.end()
    }
  })
})
