import { useEffect, useState } from 'preact/hooks'
import type { Mistake } from '../../../src/protocol/errors.ts'
import type { PlanSummary, PlanWarning } from '../../../src/protocol/index.ts'
import type { PlanFormat, PlanSpec } from '../../../src/protocol/plan.ts'
import { type PlanDraft, sourceOf } from './show-draft.ts'
import type { TableSample } from './table-sample.ts'

/** State of what was made of the draft of a plan. */
export interface PlanState {
  readonly plan: PlanSpec | null
  readonly format: PlanFormat | null
  readonly mistakes: readonly Mistake[]
  readonly warnings: readonly PlanWarning[]
  readonly summary: PlanSummary | null
  /** The columns of a file that is a table. */
  readonly sample: TableSample | null
  readonly isReading: boolean
}

const NOTHING: PlanState = {
  plan: null,
  format: null,
  mistakes: [],
  warnings: [],
  summary: null,
  sample: null,
  isReading: false,
}

/** Reads the plan again whenever the draft changes. */
export function usePlan(draft: PlanDraft): PlanState {
  const [state, setState] = useState(NOTHING)
  const { kind, fileText, options, rows, seatsPerRow } = draft
  useEffect(() => {
    const source = sourceOf(draft)
    if (source === null) return setState(NOTHING)
    let isStale = false
    setState((before) => ({ ...before, isReading: true }))
    void import('./read-plan.ts').then(({ readPlan }) => {
      if (isStale) return
      const read = readPlan(source, options)
      setState({ ...NOTHING, ...read })
    })
    return () => {
      isStale = true
    }
  }, [kind, fileText, options, rows, seatsPerRow])
  return state
}
