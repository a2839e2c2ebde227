import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { PlanExportFormat } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { PlanFile } from '../engine.ts'
import { unknownId, uuidOf } from '../run-command.ts'
import { loadPlanText } from '../stored/stored-plan.ts'
import { planFactsOf } from './get-plan.ts'

const unpack = promisify(gunzip)

/**
 * A plan as a file: JSON, CSV or pretix. It is made once, elsewhere than on this thread, and kept
 * compressed: a plan does not change, but for its number of seats and its name. Refusal:
 * `plan_unknown`.
 */
export async function exportPlan(
  context: Context,
  plan: string,
  format: PlanExportFormat,
): Promise<PlanFile> {
  const planId = uuidOf('plan', plan)
  const { seat_count: seatCount, name } = await planFactsOf(context, planId)
  const file = `${planId}.${seatCount}.${format}.${name}`
  return await context.planFiles.get(file, async () => {
    const row = await loadPlanText(context.database, planId)
    if (row === null) throw unknownId('plan')
    const { digest, gzip } = await context.planWork.run({ kind: 'export', row, format })
    const text = async () => (await unpack(gzip)).toString('utf8')
    // Weak: the same tag for the file as it is and as it is packed.
    return { etag: `W/"${digest}"`, gzip, text }
  })
}
