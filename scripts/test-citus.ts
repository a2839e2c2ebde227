/**
 * `npm run test:citus`: what is peculiar to shards, isolation, the model and the features, on the
 * Citus coordinator that `ROWLOCK_TEST_CITUS_URL` names (as a superuser); `own` starts a small
 * cluster for it. Then shards move, a node is added and a worker is killed while seats are sold, on
 * a cluster of its own.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { NoCitusError, startCitus } from './citus/cluster.ts'

const given = process.env.ROWLOCK_TEST_CITUS_URL
const TEST = ['--test', '--test-concurrency=1', '--test-timeout=300000']
const SUITES: readonly (readonly string[])[] = [
  [...TEST, 'test/citus/*.test.ts', 'test/isolation/*.test.ts', 'test/model/*.test.ts'],
  ['node_modules/@cucumber/cucumber/bin/cucumber.js'],
  ['scripts/citus.ts', 'rehearse'],
]

async function runAll(url: string): Promise<boolean> {
  let isGood = true
  for (const suite of SUITES) {
    const env = { ...process.env, ROWLOCK_TEST_CITUS_URL: url }
    const child = spawn(process.execPath, suite, { stdio: 'inherit', env })
    const [code] = await once(child, 'exit')
    if (code !== 0) isGood = false
  }
  return isGood
}

async function runOnOwn(): Promise<boolean> {
  // Nothing of it has to survive, so nothing has to reach the disk.
  const cluster = await startCitus(2, { fsync: 'off' })
  try {
    return await runAll(cluster.coordinator.url)
  } finally {
    await cluster.stop()
  }
}

if (!given) {
  console.log('Skipped: ROWLOCK_TEST_CITUS_URL names no coordinator; "own" starts a cluster here.')
} else {
  try {
    const isGood = given === 'own' ? await runOnOwn() : await runAll(given)
    if (!isGood) process.exitCode = 1
  } catch (error) {
    if (!(error instanceof NoCitusError)) throw error
    console.log(`Skipped: ${error.message}.`)
  }
}
