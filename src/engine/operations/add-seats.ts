import {
  type Answer,
  type CatalogueAnswer,
  callFunction,
  expectDone,
  identifyWrite,
  type WriteRequest,
} from '../../calls/index.ts'
import {
  type AddSeatsBody,
  type Mistake,
  normalizeLabel,
  Refusal,
  type Show,
  seatKey,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { SeatsToAppend } from '../plan-work/plan-task.ts'
import { loadPlanText } from '../stored/stored-plan.ts'
import { loadShow, type ShowRow, showUnknown } from '../stored/stored-show.ts'
import { getShow } from './get-show.ts'

const ADD_SEATS = 'select rowlock.add_seats($1, $2, $3, $4, $5, $6, $7) as answer'
/** Others may add seats at the same time: then we look again. */
const ATTEMPTS_MAX = 20
const MISTAKES_MAX = 50

/**
 * Adds seats to the plan that belongs to this one show. Refusals: `show_unknown`, `plan_shared`,
 * `plan_invalid` (labels that cannot be, or stand there twice), `seats_exist` (with the labels).
 */
export async function addSeats(
  context: Context,
  request: WriteRequest,
  showKey: string,
  body: AddSeatsBody,
): Promise<Answer<Show>> {
  const { requestId, fingerprint } = identifyWrite(request, 'addSeats', [showKey], body)
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const row = await loadShow(context.database, showKey)
    if (!row) throw showUnknown(showKey)
    const identity = [requestId, fingerprint, request.caller.actor] as const
    const answer = await addOnce(context, row, identity, body)
    if (answer.code === 'plan_changed') continue
    if (answer.code === 'seats_exist') throw seatsExist(body.seats, answer.labels ?? [])
    expectDone(answer)
    const value = await getShow(context, showKey)
    return { value, changed: true, replayed: answer.replayed === true }
  }
  throw new Refusal('busy', { retryAfterSeconds: 1 })
}

async function addOnce(
  context: Context,
  row: ShowRow,
  identity: readonly [requestId: string, fingerprint: string, actor: string],
  { seats: labels }: AddSeatsBody,
): Promise<CatalogueAnswer> {
  const isOwn = row.venue_id === null
  const { known, seats, lines } = isOwn ? await seatsToAppend(context, row, labels) : NO_SEATS
  const values = [...identity, row.show_id, known, seats, lines]
  return await callFunction(context.database, ADD_SEATS, values)
}

/** The database refuses to add to a plan that others have, whatever is to be added. */
const NO_SEATS: SeatsToAppend = { known: 0, seats: '[]', lines: '[]' }

async function seatsToAppend(
  { database, planWork }: Context,
  { key, plan_id }: ShowRow,
  labels: readonly string[],
): Promise<SeatsToAppend> {
  const row = await loadPlanText(database, plan_id)
  if (row === null) throw showUnknown(key)
  return await planWork.run({ kind: 'append', row, labels })
}

/** With their places in what was sent, so that they can be taken out there. */
function seatsExist(asked: readonly string[], existing: readonly string[]): Refusal {
  const keys = new Set(existing.map(seatKey))
  const mistakes: Mistake[] = []
  for (const [index, label] of asked.entries()) {
    if (mistakes.length >= MISTAKES_MAX) break
    if (!keys.has(seatKey(label))) continue
    mistakes.push({ path: `seats[${index}]`, message: `${normalizeLabel(label)} already exists` })
  }
  const detail = `These seats already exist: ${existing.slice(0, 20).join(', ')}. None were added.`
  return new Refusal('seats_exist', { detail, mistakes })
}
