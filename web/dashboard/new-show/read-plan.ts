/**
 * Reads a plan with the very code that the server reads it with, so that what is looked at here is
 * what will be stored, and mistakes are the same. Pure: no request, no file. Loaded when the first
 * plan is looked at, because most visits never do.
 */
import { detectFormat, parsePlan } from '../../../src/plans/parse-plan.ts'
import { type Mistake, Refusal } from '../../../src/protocol/errors.ts'
import type { PlanFormat, PlanSpec } from '../../../src/protocol/plan.ts'

/** A plan that can be stored, or what is wrong with it. */
export type ReadPlan =
  | { readonly format: PlanFormat; readonly plan: PlanSpec }
  | { readonly mistakes: readonly Mistake[] }

const UNKNOWN: Mistake = {
  path: '$',
  message:
    'looks like none of the formats: a grid, Rowlock JSON, CSV, a pretix plan, a seats.io chart',
}

/** Reads the text of a file, or a grid. Never throws. */
export function readPlan(source: unknown): ReadPlan {
  const format = detectFormat(source)
  if (format === null) return { mistakes: [UNKNOWN] }
  try {
    return { format, plan: parsePlan(format, source) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { mistakes, detail } = error.details
    return { mistakes: mistakes ?? [{ path: '$', message: detail ?? error.message }] }
  }
}
