/**
 * Reads a plan with the very code that the server reads it with, so that what is looked at here is
 * what will be stored, and mistakes are the same. Pure: no request, no file. Loaded when the first
 * plan is looked at, because most visits never do.
 */
import { decodeFile, detectFormat, importPlan } from '../../../src/plans/index.ts'
import { type Mistake, Refusal } from '../../../src/protocol/errors.ts'
import type { PlanOptions, PlanSummary, PlanWarning } from '../../../src/protocol/index.ts'
import type { PlanFormat, PlanSpec } from '../../../src/protocol/plan.ts'
import { sampleTable, type TableSample } from './table-sample.ts'

/** A plan that can be stored, or what is wrong with it; and the columns of a file that has some. */
export type ReadPlan = { readonly sample: TableSample | null } & (
  | {
      readonly format: PlanFormat
      readonly plan: PlanSpec
      readonly summary: PlanSummary
      readonly warnings: readonly PlanWarning[]
    }
  | { readonly mistakes: readonly Mistake[] }
)

const UNKNOWN: Mistake = {
  path: '$',
  message:
    'is in no format that Rowlock recognizes: a grid, Rowlock JSON, CSV, a pretix plan, ' +
    'a seats.io chart',
}

/** The text of a file in UTF-8 or UTF-16; or what is wrong with it. */
export function readText(bytes: Uint8Array): { text: string } | { wrong: string } {
  try {
    return { text: decodeFile(bytes) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const [mistake] = error.details.mistakes ?? []
    return { wrong: mistake === undefined ? error.message : `${mistake.path}: ${mistake.message}` }
  }
}

/** Reads the text of a file, or a grid. Never throws. */
export function readPlan(source: unknown, options: PlanOptions): ReadPlan {
  const sample = typeof source === 'string' ? sampleTable(source) : null
  // A table whose columns have names of their own is recognised once somebody says what they are.
  const format = detectFormat(source) ?? (sample === null ? null : 'csv')
  if (format === null) return { sample, mistakes: [UNKNOWN] }
  try {
    return { sample, format, ...importPlan(format, source, options) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { mistakes, detail } = error.details
    return { sample, mistakes: mistakes ?? [{ path: '$', message: detail ?? error.message }] }
  }
}
