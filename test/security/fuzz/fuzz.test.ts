/** Promise 12. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { useTestDatabase } from '../../support/database.ts'
import { createShowOn, OPERATOR_KEY } from '../../support/servers.ts'
import { listenFuzzed } from './fuzzed-server.ts'
import { runFuzz } from './run-fuzz.ts'

/** `npm run fuzz` sends many more. */
const REQUESTS = 4_000
const seed = process.env.ROWLOCK_TEST_SEED ?? String(Date.now() ^ (Math.random() * 0x7fffffff))

const database = await useTestDatabase('fuzz')
const server = await listenFuzzed(database)
after(() => server.close())

test(`${REQUESTS} requests, good and bad, to every operation (seed ${seed})`, async () => {
  console.log(`fuzz: seed ${seed}`)
  const { url } = server
  const report = await runFuzz({ url, operatorKey: OPERATOR_KEY, requests: REQUESTS, seed })
  assert.deepEqual(report.findings, [])
  assert.equal(report.requestCount, REQUESTS)
  assert.deepEqual(server.logOffences(), [])
  // Chance leaves some out in so short a run, such as those that need a code of the moment.
  const neverDone = [...report.done].filter(([, count]) => count === 0).map(([id]) => id)
  assert.ok(
    neverDone.length <= report.done.size / 4,
    `no request got these done: ${neverDone.join(', ')}`,
  )
})

test('what is left is whole, and still serves', async () => {
  const key = await createShowOn(server)
  const hold = await server.shopper.holdSeats(key, { seats: ['A1'] })
  assert.deepEqual(hold.seats, ['A1'])
})
