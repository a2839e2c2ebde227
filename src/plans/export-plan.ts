import type { PlanExportFormat, PlanSpec } from '../protocol/index.ts'
import { writeCsvPlan } from './csv.ts'
import { writePretixPlan } from './pretix-export.ts'
import { writeRowlockPlan } from './rowlock-json.ts'

/** The plan as the text of a file. `rowlock` loses nothing; the others, what they cannot say. */
export function exportPlan(format: PlanExportFormat, plan: PlanSpec): string {
  switch (format) {
    case 'csv':
      return writeCsvPlan(plan)
    case 'pretix':
      return writePretixPlan(plan)
    case 'rowlock':
      return writeRowlockPlan(plan)
  }
}
