import type { Case, Figure } from '../case.ts'
import { Child } from '../processes/child.ts'
import { watchUsage } from '../processes/usage.ts'
import { type PgbenchRun, pgbenchVersion, runPgbench } from './pgbench.ts'
import { SALE, SPREADS, showsFor } from './sale.ts'

const CLIENTS = 64
const DRIVER = new URL('../processes/driver-process.ts', import.meta.url)

/**
 * The limit that batching is measured against: the kernel, one command per transaction, as any
 * server that asks the database for each click would call it.
 */
export const limitCase: Case = {
  letter: 'a',
  title: 'limit: the kernel unbatched, one command per transaction',
  async round(world) {
    const figures: Figure[] = []
    for (const spread of ['many', 'one'] as const) {
      const keys = await showsFor(world, spread)
      const shows = await Promise.all(keys.map((key) => world.numberOf(key)))
      const settings = {
        target: world.target,
        clients: CLIENTS,
        warmSeconds: world.options.warmSeconds,
        seconds: world.options.seconds,
        firstShow: Math.min(...shows),
        // One show is enough for what can be sold unbatched.
        lastShow: spread === 'one' ? Math.min(...shows) : Math.max(...shows),
        seatCount: SALE.seatCount,
        seatsPerHold: SALE.seatsPerHold,
      }
      const work = () => runLimit(settings)
      const { value, usage } = await watchUsage(world.groups([]), work)
      const label = `${CLIENTS} clients, ${SPREADS[spread]}`
      figures.push({ id: `a.${spread}.rate`, label, unit: 'cycles/s', value, usage })
    }
    return figures
  },
}

async function runLimit(settings: PgbenchRun): Promise<number> {
  if ((await pgbenchVersion()) !== null) return runPgbench(settings)
  const driver = new Child(DRIVER)
  try {
    return await driver.ask<number>(settings)
  } finally {
    await driver.stop()
  }
}
