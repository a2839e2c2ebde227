import { type Answer, expectDone, fingerprint, type WriteRequest } from '../../calls/index.ts'
import { describePlan } from '../../plans/index.ts'
import {
  type CreatedShow,
  type CreateShowBody,
  newUuid,
  type PlanSpec,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { PlanToStore } from '../plan-work/plan-task.ts'
import { uuidOf } from '../run-command.ts'
import { drawingOf } from '../stored/stored-plan.ts'
import { writeCatalogue } from '../write-catalogue.ts'
import { getShow } from './get-show.ts'

const CREATE_SHOW =
  'select rowlock.create_show($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as answer'

/**
 * Puts a show on sale: on a venue's plan, or with seats of its own. The same show again is fine.
 * Refusals: `plan_unknown`, `plan_invalid` (seats of its own), `venue_retired`, `plan_retired`,
 * `show_exists`.
 */
export async function createShow(
  context: Context,
  request: WriteRequest,
  body: CreateShowBody,
): Promise<Answer<CreatedShow>> {
  const planId = body.plan === undefined ? null : uuidOf('plan', body.plan)
  const own = planId === null ? await ownPlan(context, body) : null
  const { key, title, startsAt, plan, seats, ...policy } = body
  const answer = await writeCatalogue(context, request, {
    operation: 'createShow',
    path: [],
    body,
    sql: CREATE_SHOW,
    values: [
      sameShow(body),
      key,
      title,
      startsAt,
      planId,
      JSON.stringify(policy),
      own && `{"planId":"${newUuid()}","name":${JSON.stringify(title)},"drawing":${own.drawing}}`,
      own?.seats,
    ],
  })
  const exists = {
    detail: `The key "${key}" already belongs to another show, or to this show with other terms.`,
  }
  expectDone(answer, answer.code === 'show_exists' ? exists : {})
  const show = await getShow(context, key)
  const value = own === null ? show : { ...show, summary: own.summary, warnings: own.warnings }
  return { value, changed: answer.code === 'done', replayed: answer.replayed === true }
}

/**
 * Picks what tells the same show from another. Shows made before there was `confirmBy` are
 * confirmed by their holders, and their fingerprints know nothing of it: so asking for just that is
 * the same. Nor do those know of `sellAfterStart` that were made before it.
 */
function sameShow({ confirmBy, sellAfterStart, ...rest }: CreateShowBody): string {
  const confirmed = confirmBy === 'holder' ? rest : { ...rest, confirmBy }
  return fingerprint(sellAfterStart ? { ...confirmed, sellAfterStart } : confirmed)
}

const NO_SEATS: PlanSpec = {
  name: 'Seats',
  width: 100,
  height: 100,
  focalPoint: null,
  categories: [{ key: 'standard', name: 'Standard', color: null, accessible: false }],
  sections: [],
  shapes: [],
  seats: [],
}

/** Without any seats a show can still be created: they are added later. */
async function ownPlan(
  { planWork }: Context,
  { seats }: CreateShowBody,
): Promise<Omit<PlanToStore, 'name' | 'fingerprint' | 'lines'>> {
  const isNone = seats === undefined || (Array.isArray(seats) && seats.length === 0)
  if (isNone) {
    const { summary, warnings } = describePlan(NO_SEATS)
    return { drawing: JSON.stringify(drawingOf(NO_SEATS)), seats: '[]', summary, warnings }
  }
  return await planWork.run({ kind: 'own', seats })
}
