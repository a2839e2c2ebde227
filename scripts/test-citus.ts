/**
 * `npm run test:citus`: what is peculiar to shards, isolation, the model, webhooks and the
 * features, on the Citus coordinator that `ROWLOCK_TEST_CITUS_URL` names (as a superuser); `own`
 * starts a small cluster for it. Then shards move, a node is added and a worker is killed while
 * seats are sold, on a cluster of its own. `--only features` runs one of these, and may be given
 * several times. Ends with a table of what was run, what it gave and how long it took.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { NoCitusError, startCitus } from './citus/cluster.ts'

const given = process.env.ROWLOCK_TEST_CITUS_URL
/** A test may take long: each statement goes over the coordinator, and machines are shared. */
const TEST = ['--test', '--test-concurrency=1', '--test-timeout=1800000']
/** Share of the random histories: a fifth of those on one PostgreSQL, unless the caller says. */
const MODEL_SCALE = process.env.ROWLOCK_TEST_SCALE ?? '0.2'

interface Suite {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const SUITES: readonly Suite[] = [
  { name: 'shards', command: [...TEST, 'test/citus/*.test.ts'] },
  { name: 'isolation', command: [...TEST, 'test/isolation/*.test.ts'] },
  {
    name: 'model',
    command: [...TEST, 'test/model/*.test.ts'],
    env: { ROWLOCK_TEST_SCALE: MODEL_SCALE },
  },
  { name: 'webhooks', command: [...TEST, 'test/feed/webhooks/*.test.ts'] },
  { name: 'features', command: ['node_modules/@cucumber/cucumber/bin/cucumber.js'] },
  { name: 'rehearsal', command: ['scripts/citus.ts', 'rehearse'] },
]

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } })

/** All suites, or those that `--only` names. */
function chosenSuites(names: readonly string[] = SUITES.map(({ name }) => name)): Suite[] {
  return names.map((wanted) => {
    const suite = SUITES.find(({ name }) => name === wanted)
    if (suite) return suite
    throw new Error(`--only is one of: ${SUITES.map(({ name }) => name).join(', ')}`)
  })
}

async function runAll(url: string): Promise<boolean> {
  const lines: string[] = []
  let isGood = true
  for (const { name, command, env } of chosen) {
    const begunAt = performance.now()
    const given = { ...process.env, ...env, ROWLOCK_TEST_CITUS_URL: url }
    const child = spawn(process.execPath, command, { stdio: 'inherit', env: given })
    const [code] = await once(child, 'exit')
    if (code !== 0) isGood = false
    const minutes = ((performance.now() - begunAt) / 60_000).toFixed(1)
    lines.push(`${name.padEnd(12)}${code === 0 ? 'passed' : 'FAILED'}${minutes.padStart(8)} min`)
  }
  console.log(`\n${lines.join('\n')}`)
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

const chosen = chosenSuites(values.only)
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
