import {
  type Answer,
  callFunction,
  expectDone,
  identifyWrite,
  type WriteRequest,
} from '../../calls/index.ts'
import { detectFormat, parsePlan } from '../../plans/index.ts'
import {
  type CreatePlanBody,
  newUuid,
  type Plan,
  type PlanSpec,
  Refusal,
  toPublicId,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { uuidOf } from '../run-command.ts'
import { drawingOf, seatRowsOf } from '../stored/stored-plan.ts'
import { getPlan } from './get-plan.ts'

const CREATE_PLAN = 'select rowlock.create_plan($1, $2, $3, $4, $5, $6, $7, $8) as answer'

/**
 * Stores a seating plan of a venue, in any of the formats. Refusals: `venue_unknown`, and
 * `plan_invalid` with the places of its mistakes: then nothing is stored.
 */
export async function createPlan(
  context: Context,
  request: WriteRequest,
  venue: string,
  body: CreatePlanBody,
): Promise<Answer<Plan>> {
  const venueId = uuidOf('venue', venue)
  const plan = readPlan(body)
  const { requestId, fingerprint } = identifyWrite(request, 'createPlan', [venue], body)
  const answer = await callFunction(context.database, CREATE_PLAN, [
    requestId,
    fingerprint,
    newUuid(),
    venueId,
    body.name ?? plan.name,
    JSON.stringify(drawingOf(plan)),
    JSON.stringify(seatRowsOf(plan.seats, plan.sections)),
    request.caller.actor,
  ])
  expectDone(answer)
  const value = await getPlan(context, toPublicId('plan', answer.planId ?? ''))
  return { value, changed: true, replayed: answer.replayed === true }
}

function readPlan(body: CreatePlanBody): PlanSpec {
  const format = body.format ?? detectFormat(body.source)
  if (format) return parsePlan(format, body.source)
  const message = 'looks like none of the formats; name the format'
  throw new Refusal('plan_invalid', {
    detail: `The source ${message}.`,
    mistakes: [{ path: '$', message }],
  })
}
