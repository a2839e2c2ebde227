import {
  type Answer,
  type CatalogueAnswer,
  callFunction,
  expectDone,
  identifyWrite,
  type WriteRequest,
} from '../../calls/index.ts'
import { appendLabels } from '../../plans/index.ts'
import {
  type AddSeatsBody,
  normalizeLabel,
  Refusal,
  type Show,
  seatKey,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { withPlan } from '../sold-show.ts'
import { type StoredPlan, seatRowsOf } from '../stored/stored-plan.ts'
import { loadShow, type ShowRow, showUnknown } from '../stored/stored-show.ts'
import { getShow } from './get-show.ts'

const ADD_SEATS = 'select rowlock.add_seats($1, $2, $3, $4, $5, $6) as answer'
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
  body: AddSeatsBody,
): Promise<CatalogueAnswer> {
  const show = { showId: row.show_id, key: row.key, planId: row.plan_id }
  const { plan } = await withPlan(context, show, row.seat_count)
  const added = row.venue_id === null ? newSeats(plan, body.seats) : []
  return await callFunction(context.database, ADD_SEATS, [
    ...identity,
    row.show_id,
    plan.seats.length,
    JSON.stringify(seatRowsOf(added, plan.sections)),
  ])
}

/** Labels that exist are left to the database: a retry of a request that was done finds its own. */
function newSeats(plan: StoredPlan, labels: readonly string[]): ReturnType<typeof appendLabels> {
  try {
    return appendLabels(plan, labels)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'seats_exist') throw error
    return appendLabels({ ...plan, seats: [] }, labels)
  }
}

/** Every one of them with its place in what was sent, so that it can be taken out there. */
function seatsExist(asked: readonly string[], existing: readonly string[]): Refusal {
  const keys = new Set(existing.map(seatKey))
  const mistakes = asked.flatMap((label, index) => {
    if (!keys.has(seatKey(label))) return []
    return [{ path: `seats[${index}]`, message: `${normalizeLabel(label)} exists already` }]
  })
  const detail = `These seats exist already: ${existing.slice(0, 20).join(', ')}. None was added.`
  return new Refusal('seats_exist', { detail, mistakes: mistakes.slice(0, MISTAKES_MAX) })
}
