import { type Answer, expectDone, type WriteRequest } from '../../calls/index.ts'
import type { ChangePlanBody, Plan } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { uuidOf } from '../run-command.ts'
import { catalogueAnswer, writeCatalogue } from '../write-catalogue.ts'
import { getPlan } from './get-plan.ts'

const CHANGE_PLAN = 'select rowlock.change_plan($1, $2, $3, $4, $5) as answer'

/** Renames a plan, retires it, or brings it back. Refusal: `plan_unknown`. */
export async function changePlan(
  context: Context,
  request: WriteRequest,
  plan: string,
  body: ChangePlanBody,
): Promise<Answer<Plan>> {
  const planId = uuidOf('plan', plan)
  const answer = await writeCatalogue(context, request, {
    operation: 'changePlan',
    path: [plan],
    body,
    sql: CHANGE_PLAN,
    values: [planId, JSON.stringify(body)],
  })
  expectDone(answer)
  const value = await getPlan(context, plan)
  return catalogueAnswer(answer, value)
}
