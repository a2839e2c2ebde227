import { readFile } from 'node:fs/promises'
import type { Case, Figure } from '../case.ts'
import type { Spread } from '../load/jobs.ts'
import { Child } from '../processes/child.ts'
import { watchUsage } from '../processes/usage.ts'
import type { World } from '../world.ts'
import { type PgbenchRun, pgbenchVersion, runPgbench, type Unbatched } from './pgbench.ts'
import { SALE, SPREADS, showsFor } from './sale.ts'

const CLIENTS = [8, 32, 64]
const DRIVER = new URL('../processes/driver-process.ts', import.meta.url)
const MINIMAL = new URL('../minimal.sql', import.meta.url)

/**
 * The limit that batching is measured against: a hand-written function of some 25 lines, one
 * command per transaction, as whoever asks the database for each click would call it, with the
 * number of clients that is best for it. Beside it our own kernel, called the same way.
 */
export const limitCase: Case = {
  letter: 'a',
  title: 'limit: a hand-written function, one command per transaction; our kernel the same way',
  async prepare(world) {
    await world.asOwner(await readFile(MINIMAL, 'utf8'), [])
  },
  async round(world) {
    const figures: Figure[] = []
    for (const spread of ['many', 'one'] as const) {
      const rates: Figure[] = []
      for (const clients of world.options.isQuick ? [32] : CLIENTS) {
        rates.push(await measure(world, spread, 'minimal', clients))
      }
      const best = rates.reduce((one, two) => (two.value > one.value ? two : one))
      const clients = Number(best.id.split('.')[2])
      const ours = await measure(world, spread, 'ours', clients)
      figures.push(...rates, { ...best, id: `a.${spread}.rate`, label: bestLabel(spread) })
      figures.push({ ...ours, id: `a.own.${spread}.rate` })
    }
    return figures
  },
}

function bestLabel(spread: Spread): string {
  return `the limit, ${SPREADS[spread]}: hand-written function at its best number of clients`
}

async function measure(
  world: World,
  spread: Spread,
  kernel: Unbatched,
  clients: number,
): Promise<Figure> {
  const keys = await showsFor(world, spread)
  const shows = await Promise.all(keys.map((key) => world.numberOf(key)))
  await world.asOwner('insert into bench.shows select unnest($1::bigint[])', [shows])
  const settings: PgbenchRun = {
    target: world.target,
    kernel,
    clients,
    // Each client has to prepare what it calls, on one hot show one after the other.
    warmSeconds: world.options.warmSeconds + 2,
    seconds: world.options.seconds,
    firstShow: Math.min(...shows),
    // One show is enough for what can be sold unbatched.
    lastShow: spread === 'one' ? Math.min(...shows) : Math.max(...shows),
    // The hand-written function knows no plan, so its seats do not run out.
    seatCount: kernel === 'minimal' ? SALE.seatCount * 100 : SALE.seatCount,
    seatsPerHold: SALE.seatsPerHold,
  }
  const { value, usage } = await watchUsage(world.groups([]), () => runUnbatched(settings))
  const who = kernel === 'minimal' ? 'hand-written function' : 'our kernel unbatched'
  const label = `${who}, ${clients} clients, ${SPREADS[spread]}`
  return { id: `a.${spread}.${clients}.rate`, label, unit: 'cycles/s', value, usage }
}

async function runUnbatched(settings: PgbenchRun): Promise<number> {
  if ((await pgbenchVersion()) !== null) return runPgbench(settings)
  const driver = new Child(DRIVER)
  try {
    return await driver.ask<number>(settings)
  } finally {
    await driver.stop()
  }
}
