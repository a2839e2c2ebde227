/**
 * `npm run citus -- up [workers]` starts a small cluster on the loopback, for an hour at most, and
 * says where it is; `-- rehearse` moves shards, adds a node and kills one under load;
 * `-- compare [rounds] [buyers]` measures it against one PostgreSQL. Needs Citus in the PostgreSQL
 * that `PG_BIN` names, or Debian.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { NoCitusError, startCitus } from './citus/cluster.ts'
import { compareCitus } from './citus/compare.ts'
import { rehearseCitus } from './citus/rehearse.ts'

const UP_MS_MAX = 3_600_000
const [what, count, buyers] = process.argv.slice(2)

async function up(workerCount: number): Promise<void> {
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => ending.abort())
  const cluster = await startCitus(workerCount)
  try {
    console.log(`ROWLOCK_TEST_CITUS_URL=${cluster.coordinator.url}`)
    await delay(UP_MS_MAX, undefined, { signal: ending.signal }).catch(() => {})
  } finally {
    await cluster.stop()
  }
}

async function rehearse(): Promise<void> {
  const { acts, lost, violations, nodeCount } = await rehearseCitus(console.log)
  console.log(
    `${lost.length} lost, ${violations.length} promises broken, ${nodeCount} nodes have shards`,
  )
  const failures = acts.flatMap((act) => act.failures)
  for (const failure of new Set(failures)) console.log(failure)
  if (lost.length + violations.length + failures.length > 0) process.exitCode = 1
}

async function compare(rounds: number, buyers: number): Promise<void> {
  const [one, ...others] = await compareCitus([0, 1, 2, 4], { rounds, buyers }, console.log)
  const mean = (numbers: readonly number[] = []) => {
    return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  }
  for (const { name, cycles } of others) {
    console.log(`${name}: ${(mean(cycles) / mean(one?.cycles)).toFixed(2)} of one PostgreSQL`)
  }
}

try {
  if (what === 'up') await up(Number(count ?? 2))
  else if (what === 'rehearse') await rehearse()
  else if (what === 'compare') await compare(Number(count ?? 4), Number(buyers ?? 256))
  else throw new Error('Say what: up, rehearse or compare.')
} catch (error) {
  if (!(error instanceof NoCitusError)) throw error
  console.log(`Skipped: ${error.message}.`)
}
