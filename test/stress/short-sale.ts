import { openOwnStage } from '../../src/cli/stress/own-stage.ts'
import { exportPlan, generatePlan, type PlanShapeName } from '../../src/plans/index.ts'
import { LineDisplay, type PlayedSale, runStress } from '../../stress/index.ts'

/** A sale of some seconds, as `rowlock stress --kill` plays it. */
export interface ShortSale {
  readonly shape: PlanShapeName
  readonly seatCount: number
  readonly shopperCount: number
  readonly openSeconds: number
  readonly paceSeconds: number
  readonly seed: string
}

/**
 * Plays it on a durable database and two servers of its own, with `kill -9` of a server and of the
 * database. `tell` gets what is worth knowing when it fails.
 */
export async function playShortSale(
  { shape, seatCount, ...sale }: ShortSale,
  tell: (line: string) => void,
): Promise<PlayedSale> {
  const { PATH } = process.env
  const stage = await openOwnStage({
    serverCount: 2,
    databaseUrl: null,
    environment: { PATH },
    log: tell,
  })
  let isClean = false
  try {
    const plan = generatePlan({ shape, seats: seatCount })
    const sold = { name: plan.name, source: JSON.parse(exportPlan('rowlock', plan)) }
    const settings = { ...sale, isKilling: true, socketsMax: 64, sold }
    const played = await runStress(settings, stage, new LineDisplay(tell))
    isClean = played.verdict.isClean
    return played
  } finally {
    if (!isClean) tell(`Logs and database are in ${stage.directory}.`)
    await stage.stop(!isClean)
  }
}
