/** The engine without HTTP: callers in this very process hold seats and confirm them. */
import type pg from 'pg'
import { openDatabase } from '../../src/db/index.ts'
import { type EngineSettings, openEngine } from '../../src/engine/index.ts'
import { newUuid } from '../../src/protocol/index.ts'
import type { JobResult, Spread, Timed } from '../load/jobs.ts'
import { repeatFor } from '../load/repeat-for.ts'
import { SeatSupply } from '../load/seat-supply.ts'
import { answerParent } from './child.ts'

/** Cycles of hold and confirm by so many callers at once. */
export interface EngineQuestion extends Timed {
  readonly target: pg.ClientConfig
  readonly engine: Partial<EngineSettings>
  readonly callers: number
  readonly shows: readonly string[]
  readonly spread: Spread
  readonly seatsPerHold: number
}

const CALLER = {
  scope: 'bench',
  actor: 'bench',
  owner: null,
  boxOffice: false,
  seller: false,
  heldSeatsMax: null,
}

async function run(question: EngineQuestion): Promise<JobResult> {
  const database = await openDatabase({ target: question.target })
  const engine = openEngine(database, question.engine)
  try {
    const map = (await engine.getMap(question.shows[0] as string)).read()
    const { shows, spread, seatsPerHold } = question
    const supply = new SeatSupply(shows, map.seats.labels, spread, seatsPerHold)
    const callers = Array.from({ length: question.callers }, (_, index) => index)
    return await repeatFor(question, callers, async (_caller, tally) => {
      const { show, labels } = supply.next()
      const heldAt = performance.now()
      const hold = await engine.holdSeats(write(), show, { seats: labels })
      tally.record(performance.now() - heldAt)
      await engine.confirmHold(write(), show, hold.value.id, {})
      tally.count += 1
    })
  } finally {
    await engine.close()
    await database.close()
  }
}

function write() {
  return { caller: CALLER, idempotencyKey: newUuid() }
}

answerParent((question: EngineQuestion) => run(question))
