import {
  type Answer,
  callFunction,
  expectDone,
  identityWith,
  type WriteRequest,
} from '../../calls/index.ts'
import { type CreatedPlan, type CreatePlanBody, newUuid, toPublicId } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { PlanUpload } from '../plan-upload.ts'
import { uuidOf } from '../run-command.ts'
import { getPlan } from './get-plan.ts'

const CREATE_PLAN = 'select rowlock.create_plan($1, $2, $3, $4, $5, $6, $7, $8, $9) as answer'

/**
 * Stores a seating plan of a venue, in any of the formats; the file may be given as it came, and is
 * then read elsewhere than on this thread. Refusals: `venue_unknown`, `venue_retired`, `busy` when
 * too many plans wait, and `plan_invalid` with the places of its mistakes: then nothing is stored.
 */
export async function createPlan(
  context: Context,
  request: WriteRequest,
  venue: string,
  source: CreatePlanBody | PlanUpload,
): Promise<Answer<CreatedPlan>> {
  const venueId = uuidOf('venue', venue)
  const fingerprintPath = request.idempotencyKey === null ? null : ['createPlan', venue]
  const plan = await context.planWork.run({ kind: 'store', source, fingerprintPath })
  const { requestId, fingerprint } = identityWith(request, plan.fingerprint)
  const answer = await callFunction(context.database, CREATE_PLAN, [
    requestId,
    fingerprint,
    newUuid(),
    venueId,
    plan.name,
    plan.drawing,
    plan.seats,
    request.caller.actor,
    plan.lines,
  ])
  expectDone(answer)
  const stored = await getPlan(context, toPublicId('plan', answer.planId ?? ''))
  const value = { ...stored, summary: plan.summary, warnings: plan.warnings }
  return { value, changed: true, replayed: answer.replayed === true }
}
