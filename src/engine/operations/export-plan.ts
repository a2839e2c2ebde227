import { exportPlan as writePlan } from '../../plans/index.ts'
import type { PlanExportFormat } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { drawingOf } from '../stored/stored-plan.ts'
import { findPlan } from './get-plan.ts'

/** A plan as a file's text: JSON, CSV or pretix. Refusal: `plan_unknown`. */
export async function exportPlan(
  context: Context,
  plan: string,
  format: PlanExportFormat,
): Promise<string> {
  const stored = await findPlan(context, plan)
  // Only what belongs to a plan: a file with our ids in it could not be read in again.
  return writePlan(format, { name: stored.name, ...drawingOf(stored), seats: stored.seats })
}
