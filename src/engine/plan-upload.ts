import type { PlanOptions } from '../protocol/index.ts'

/** A body of `createPlan` that nobody has looked into yet. */
export interface PlanUpload {
  readonly bytes: Uint8Array
  /** `json` for a `CreatePlanBody`, `csv` for a file of that format. */
  readonly type: 'json' | 'csv'
  /** Name of the plan, where the file has none. */
  readonly name?: string | undefined
  /** Options for reading a CSV file. */
  readonly options?: PlanOptions | undefined
}
