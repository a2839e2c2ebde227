import type { PlanExportFormat } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { exportPlan as writePlan } from '../plans/index.ts'
import { findPlan } from './get-plan.ts'

/** A plan as a file's text: JSON, CSV or pretix. Refusal: `plan_unknown`. */
export async function exportPlan(
  context: Context,
  plan: string,
  format: PlanExportFormat,
): Promise<string> {
  return writePlan(format, await findPlan(context, plan))
}
