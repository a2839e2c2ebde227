import type {
  PlanFormat,
  PlanOptions,
  PlanSpec,
  PlanSummary,
  PlanWarning,
} from '../protocol/index.ts'
import { readCsvPlan } from './csv.ts'
import { findFocalPoint } from './focal-point.ts'
import { planFromGrid } from './grid.ts'
import { lookOver } from './look-over.ts'
import { readPretixPlan } from './pretix.ts'
import { readDocument } from './read-json.ts'
import { readRowlockPlan } from './rowlock-json.ts'
import { readSeatsioPlan } from './seatsio.ts'
import { summarize } from './summary.ts'
import { startWarnings, type WarningList } from './warnings.ts'

/** A plan with what it was understood as, and what may not be meant. Plain data. */
export interface ImportedPlan {
  plan: PlanSpec
  summary: PlanSummary
  warnings: PlanWarning[]
}

/**
 * A plan from a file's text, or from JSON that was parsed already. All or nothing. The only thing
 * it throws is the refusal `plan_invalid`, whose mistakes name their places in the source. Pure,
 * and bounded: see `readDocument` and `PLAN_BOUNDS`.
 */
export function importPlan(
  format: PlanFormat,
  source: unknown,
  options: PlanOptions = {},
): ImportedPlan {
  const warnings = startWarnings()
  const read = readPlan(format, source, options, warnings)
  return describePlan({ ...read, focalPoint: findFocalPoint(read, options.focalPoint) }, warnings)
}

/** A plan that was made otherwise, as if it had been imported. */
export function describePlan(
  plan: PlanSpec,
  warnings: WarningList = startWarnings(),
): ImportedPlan {
  lookOver(plan, warnings)
  return { plan, summary: summarize(plan), warnings: warnings.list() }
}

/** The plan alone. */
export function parsePlan(format: PlanFormat, source: unknown, options?: PlanOptions): PlanSpec {
  return importPlan(format, source, options).plan
}

function readPlan(
  format: PlanFormat,
  source: unknown,
  options: PlanOptions,
  warnings: WarningList,
): PlanSpec {
  switch (format) {
    case 'csv':
      return readCsvPlan(source, options, warnings)
    case 'grid':
      return planFromGrid(readDocument(source))
    case 'rowlock':
      return readRowlockPlan(readDocument(source))
    case 'pretix':
      return readPretixPlan(readDocument(source), warnings)
    case 'seatsio':
      return readSeatsioPlan(readDocument(source), warnings)
  }
}
