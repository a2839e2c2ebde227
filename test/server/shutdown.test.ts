import assert from 'node:assert/strict'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { openAccess } from '../../src/auth/index.ts'
import { connectClient } from '../../src/db/connection.ts'
import { openDatabase, readDatabaseHealth } from '../../src/db/index.ts'
import { openEngine } from '../../src/engine/index.ts'
import { createServer, type Server } from '../../src/server/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { untilLockWaits } from '../support/lock-waits.ts'
import { openSocket, parseRaw } from './raw-request.ts'

const testDatabase = await useTestDatabase('shutdown')
const database = await openDatabase(testDatabase.settings)
const engine = openEngine(database)
const access = await openAccess({ database, operatorKey: 'operator' })
const owner = await connectClient(testDatabase.owner)
const servers: Server[] = []
after(async () => {
  await owner.end()
  for (const server of servers) await server.close(0)
  await access.close()
  await engine.close()
  await database.close()
})

const headers = { authorization: 'Bearer operator', 'content-type': 'application/json' }

async function startServer(): Promise<{ server: Server; url: string }> {
  const server = await createServer({
    engine,
    access,
    database,
    readDatabaseHealth: () => readDatabaseHealth(database),
    version: '1.2.3',
    docs: false,
    strictAnswers: true,
  })
  servers.push(server)
  return { server, url: await server.listen({ host: '127.0.0.1', port: 0 }) }
}

async function createShow(url: string, key: string): Promise<void> {
  const body = JSON.stringify({
    key,
    title: 'Hamlet',
    startsAt: '2030-12-01T19:00:00Z',
    confirmBy: 'holder',
    seats: ['A1', 'A2'],
  })
  const response = await fetch(`${url}/v1/shows`, { method: 'POST', headers, body })
  assert.equal(response.status, 201, await response.text())
}

function holdBytes(show: string): string {
  const body = '{"seats":["A1"]}'
  return (
    `POST /v1/shows/${show}/holds HTTP/1.1\r\nhost: x\r\n` +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  )
}

test('what is under way is answered; idle and new connections are not served', async () => {
  const { server, url } = await startServer()
  await createShow(url, 'graceful')
  await owner.query('begin')
  await owner.query('lock table rowlock.journal in access exclusive mode')
  const idle = await openSocket(url)
  const idleEnded = once(idle.resume(), 'close')
  const busy = await openSocket(url)
  const answer = text(busy)
  busy.write(holdBytes('graceful'))
  await untilLockWaits(owner)

  const closed = server.close()
  await idleEnded
  await assert.rejects(fetch(`${url}/health/live`))
  await owner.query('commit')
  const { status, head, body } = parseRaw(await answer)
  assert.deepEqual([status, body.seats], [201, ['A1']])
  assert.match(head, /connection: close/)
  await closed
})

test('what is not answered by the deadline is cut off', async () => {
  const { server, url } = await startServer()
  await createShow(url, 'cut')
  await owner.query('begin')
  await owner.query('lock table rowlock.journal in access exclusive mode')
  const busy = await openSocket(url)
  busy.on('error', () => {})
  const ended = once(busy.resume(), 'close')
  busy.write(holdBytes('cut'))
  await untilLockWaits(owner)
  await server.close(50)
  await ended
  await owner.query('commit')
})

/** Longer than any test may take: whoever waits for it fails. */
const NEVER_MS = 3_600_000

test('the rest of a body is not waited for once it was refused', { timeout: 40_000 }, async () => {
  const { server, url } = await startServer()
  await createShow(url, 'refused')
  const refused = await openSocket(url)
  const ended = once(refused, 'close')
  const head = 'POST /v1/venues HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
  refused.write(`${head}content-length: 500\r\n\r\n{"name":`)
  const [answer] = (await once(refused, 'data')) as [Buffer]
  const { status, head: told } = parseRaw(String(answer))
  assert.deepEqual([status, /connection: close/.test(told)], [401, false])
  refused.write('"Alice",')

  const awaited = await openSocket(url)
  const served = text(awaited)
  const bytes = holdBytes('refused')
  const arrived = once(server.app.server, 'request')
  awaited.write(bytes.slice(0, -5))
  await arrived
  const closed = server.close(NEVER_MS)
  await ended
  awaited.write(bytes.slice(-5))
  assert.equal(parseRaw(await served).status, 201)
  await closed
})

test('closing twice is closing once', async () => {
  const { server } = await startServer()
  await Promise.all([server.close(), server.close()])
})

test('a server that drains is unready, serves on, and ends connections with answers', async () => {
  const { server, url } = await startServer()
  await createShow(url, 'draining')
  assert.equal((await fetch(`${url}/health/ready`)).status, 200)
  server.drain()
  const ready = await fetch(`${url}/health/ready`)
  assert.deepEqual([ready.status, await ready.json()], [503, { status: 'draining' }])
  assert.equal((await fetch(`${url}/health/live`)).status, 200)
  const held = await fetch(`${url}/v1/shows/draining/holds`, {
    method: 'POST',
    headers,
    body: '{"seats":["A1"]}',
  })
  assert.deepEqual([held.status, held.headers.get('connection')], [201, 'close'])
  const stream = await fetch(`${url}/v1/shows/draining/stream`)
  assert.equal(stream.status, 200)
  const said = stream.text()
  await server.close()
  // Its client is told when to come back, which then leads to another server.
  assert.match(await said, /^retry: \d+$/m)
})
