/**
 * `npm run citus -- up [workers]` starts a small cluster on the loopback, for an hour at most, and
 * says where it is; `-- rehearse` moves shards, adds a node and kills one under load;
 * `-- compare [rounds] [buyers] [shards per worker]` measures clusters of 1, 2 and 4 workers
 * against one PostgreSQL, in turns, and ends with a table. Needs Citus in the PostgreSQL that
 * `PG_BIN` names, or Debian.
 */
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { NoCitusError, startCitus } from './citus/cluster.ts'
import { compareCitus } from './citus/compare.ts'
import { rehearseCitus } from './citus/rehearse.ts'

const UP_MS_MAX = 3_600_000
const [what, count, buyers, shards] = process.argv.slice(2)

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

async function compare(rounds: number, buyers: number, shardsEach: number): Promise<void> {
  const sides = await compareCitus([0, 1, 2, 4], { rounds, buyers, shardsEach }, console.log)
  const [one] = sides
  const load = loadavg().map((number) => number.toFixed(1))
  const how = `${buyers} buyers, ${shardsEach} shards per worker, ${rounds} rounds in turns`
  console.log(`\n${how}, load of the machine ${load.join(' ')}\n`)
  console.log('| | cycles/s, mean | of one PostgreSQL, round by round | median |')
  console.log('|---|--:|---|--:|')
  for (const { name, cycles } of sides) {
    const ratios = cycles.map((count, round) => count / (one?.cycles[round] ?? Number.NaN))
    const mean = Math.round(cycles.reduce((sum, count) => sum + count, 0) / cycles.length)
    const told = ratios.map((ratio) => ratio.toFixed(2)).join(', ')
    console.log(`| ${name} | ${mean} | ${told} | ${median(ratios).toFixed(2)} |`)
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  const [below = Number.NaN, above = Number.NaN] = [sorted[sorted.length - 1 - half], sorted[half]]
  return (below + above) / 2
}

async function run(): Promise<void> {
  switch (what) {
    case 'up':
      return await up(Number(count ?? 2))
    case 'rehearse':
      return await rehearse()
    case 'compare':
      return await compare(Number(count ?? 4), Number(buyers ?? 256), Number(shards ?? 2))
    default:
      console.log('Say what: up, rehearse or compare.')
      process.exitCode = 2
  }
}

try {
  await run()
} catch (error) {
  if (!(error instanceof NoCitusError)) throw error
  console.log(`Skipped: ${error.message}.`)
}
