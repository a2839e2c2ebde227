/**
 * One PostgreSQL against small clusters on the same cores: cycles of hold and payment, at 32 shows,
 * in turns. What else the machine does meanwhile it does to all of them.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { migrate } from '../../src/db/index.ts'
import { Buyers } from './buyers.ts'
import { startCitus } from './cluster.ts'

const SHOWS = 32
const ROUND_MS = 5_000

/** Cycles a second of each, by rounds. */
export interface Comparison {
  readonly name: string
  readonly cycles: number[]
}

/** `shardsEach`: shards per worker. */
export interface ComparisonSettings {
  readonly rounds: number
  readonly buyers: number
  readonly shardsEach: number
}

/** `workerCounts`: 0 is one PostgreSQL without shards. */
export async function compareCitus(
  workerCounts: readonly number[],
  { rounds, buyers: buyerCount, shardsEach }: ComparisonSettings,
  log: (line: string) => void,
): Promise<Comparison[]> {
  const endings: (() => Promise<unknown>)[] = []
  try {
    const sides: { comparison: Comparison; buyers: Buyers }[] = []
    for (const count of workerCounts) {
      const cluster = await startCitus(count)
      endings.unshift(() => cluster.stop())
      const { url } = cluster.coordinator
      await migrate(url, count === 0 ? {} : { shardCount: shardsEach * count })
      const buyers = await Buyers.open({ target: url }, SHOWS)
      endings.unshift(() => buyers.close())
      const name = count === 0 ? 'one PostgreSQL' : `${count} worker${count === 1 ? '' : 's'}`
      sides.push({ buyers, comparison: { name, cycles: [] } })
    }
    for (let round = 0; round < rounds; round++) {
      for (const { buyers, comparison } of sides) {
        // A round may sell them out.
        if (round > 0) await buyers.putOnSale(SHOWS)
        comparison.cycles.push(await measure(buyers, buyerCount))
        log(`${comparison.name}: ${Math.round(comparison.cycles.at(-1) ?? 0)} cycles/s`)
      }
    }
    return sides.map(({ comparison }) => comparison)
  } finally {
    for (const end of endings) await end()
  }
}

async function measure(buyers: Buyers, count: number): Promise<number> {
  const before = buyers.answered.size
  const begunAt = performance.now()
  buyers.start(count)
  await delay(ROUND_MS)
  await buyers.stop()
  return ((buyers.answered.size - before) * 1_000) / (performance.now() - begunAt)
}
