/** The end of a server behind a load balancer, on the real process. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { environmentOf, type RunningServer, startServer } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { untilLockWaits } from '../support/lock-waits.ts'
import { until } from '../support/until.ts'

const testDatabase = await useTestDatabase('drain')
const owner = await connectClient(testDatabase.owner)
after(() => owner.end())

function post(server: RunningServer, path: string, body: object): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${server.operatorKey}`,
  }
  return fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function createShow(server: RunningServer, key: string): Promise<string> {
  const startsAt = '2030-12-01T19:00:00Z'
  const show = { key, title: 'Hamlet', startsAt, seats: ['A1', 'A2'] }
  assert.equal((await post(server, '/v1/shows', show)).status, 201)
  return `/v1/shows/${key}`
}

test('told to stop it is unready and sells on, until the time to drain is over', async (t) => {
  const environment = { ...environmentOf(testDatabase), ROWLOCK_DRAIN_SECONDS: '3600' }
  const server = await startServer(t, environment)
  const show = await createShow(server, 'draining')
  assert.equal((await fetch(`${server.url}/health/ready`)).status, 200)
  server.process.kill('SIGTERM')
  const ready = await until('the server to be unready', async () => {
    const answer = await fetch(`${server.url}/health/ready`)
    return answer.status === 503 ? answer : null
  })
  assert.deepEqual(await ready.json(), { status: 'draining' })
  assert.equal((await fetch(`${server.url}/health/live`)).status, 200)
  const held = await post(server, `${show}/holds`, { seats: ['A1'] })
  // The next request of this client leads to another server.
  assert.deepEqual([held.status, held.headers.get('connection')], [201, 'close'])
  // Who cannot wait says it again, and is told by the exit code that it was cut short. What comes
  // within half a second is the same signal.
  await until('the server to end', async () => {
    server.process.kill('SIGTERM')
    return server.process.exitCode
  })
  assert.equal(server.process.exitCode, 143)
})

test('it answers what is under way, sends streams elsewhere, and ends well', async (t) => {
  const environment = { ...environmentOf(testDatabase), ROWLOCK_DRAIN_SECONDS: '1' }
  const server = await startServer(t, environment)
  const show = await createShow(server, 'ending')
  const stream = await fetch(`${server.url}${show}/stream`)
  const said = stream.text()
  await owner.query('begin')
  await owner.query('lock table rowlock.journal in access exclusive mode')
  const holding = post(server, `${show}/holds`, { seats: ['A1'] })
  await untilLockWaits(owner)
  server.process.kill('SIGTERM')
  await until('nobody to be let in any more', () =>
    fetch(`${server.url}/health/live`).then(
      () => null,
      () => true,
    ),
  )
  await owner.query('commit')
  const held = await holding
  // On a machine that takes ten seconds for this it is `busy`; but answered it is.
  assert.ok(held.status === 201 || held.status === 503, `${held.status}`)
  assert.equal(held.headers.get('connection'), 'close')
  assert.match(await said, /^retry: \d+$/m)
  assert.equal(await server.end('SIGCONT'), 0)
  assert.match(server.log(), /draining: not ready any more, closing in 1 s.*"stopped"/s)
})
