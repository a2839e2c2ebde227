import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Mark } from '../../verify/index.ts'
import type { CampaignStage } from './stage.ts'

/** Disturbances of servers and database, besides the bad network. */
export const DISTURBANCES = [
  'kill a server',
  'kill the database',
  'pause a server',
  'pause the database',
  'end all connections',
  'move the clock',
  'fill the disk',
] as const
/** One of them. */
export type Disturbance = (typeof DISTURBANCES)[number]
/** Number of times that each was done. */
export type DisturbanceCounts = Record<Disturbance, number>

/** Counts of nothing yet. */
export function noDisturbances(): DisturbanceCounts {
  return Object.fromEntries(DISTURBANCES.map((name) => [name, 0])) as DisturbanceCounts
}

interface Decisions {
  whole(min: number, max: number): number
  pick<Item>(list: readonly Item[]): Item | undefined
}

interface RoundUnderWay {
  readonly endAt: number
  readonly counts: DisturbanceCounts
  mark(mark: Mark): void
}

/** Kills come twice as often: most depends on them. */
const DRAWN: readonly Disturbance[] = [...DISTURBANCES, 'kill a server', 'kill the database']

const PAUSE_MS = { min: 300, max: 3_000 }
/** Holds of a run last some seconds. */
const CLOCK_MS_MAX = 5_000

/** Does one thing after another to the stage until shortly before the end of a round. */
export async function disturb(
  stage: CampaignStage,
  random: Decisions,
  { endAt, mark, counts }: RoundUnderWay,
): Promise<void> {
  while (endAt - now() > 3_000) {
    await delay(random.whole(400, 1_500))
    const possible = DRAWN.filter((one) => stage.disk !== null || one !== 'fill the disk')
    const what = random.pick(possible) as Disturbance
    const startedAt = now()
    await DOES[what](stage, random)
    counts[what] += 1
    mark({ line: 'mark', what, startedAt, endedAt: now() })
  }
}

type Do = (stage: CampaignStage, random: Decisions) => Promise<void>

const DOES: Readonly<Record<Disturbance, Do>> = {
  'kill a server': (stage, random) => stage.killServer(random.whole(0, stage.urls.length - 1)),
  'kill the database': (stage) => stage.killDatabase(),
  'pause a server': async (stage, random) => {
    const index = random.whole(0, stage.urls.length - 1)
    stage.pauseServer(index, true)
    await delay(random.whole(PAUSE_MS.min, PAUSE_MS.max))
    stage.pauseServer(index, false)
  },
  'pause the database': async (stage, random) => {
    stage.pauseDatabase(true)
    await delay(random.whole(PAUSE_MS.min, PAUSE_MS.max))
    stage.pauseDatabase(false)
  },
  'end all connections': (stage) => stage.endConnections(),
  'move the clock': async (stage, random) => {
    await stage.moveClock(random.whole(-CLOCK_MS_MAX, CLOCK_MS_MAX))
    await delay(random.whole(50, 1_500))
    await stage.moveClock(0)
  },
  'fill the disk': async (stage, random) => {
    await stage.disk?.fill()
    await delay(random.whole(PAUSE_MS.min, PAUSE_MS.max))
    await stage.disk?.empty()
    await stage.untilWritable()
  },
}

function now(): number {
  return performance.timeOrigin + performance.now()
}
