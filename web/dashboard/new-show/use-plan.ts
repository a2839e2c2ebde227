import { useEffect, useState } from 'preact/hooks'
import type { Mistake } from '../../../src/protocol/errors.ts'
import type { PlanFormat, PlanSpec } from '../../../src/protocol/plan.ts'
import { type PlanDraft, sourceOf } from './show-draft.ts'

/** What was made of the draft of a plan. */
export interface PlanState {
  readonly plan: PlanSpec | null
  readonly format: PlanFormat | null
  readonly mistakes: readonly Mistake[]
  readonly isReading: boolean
}

const NOTHING: PlanState = { plan: null, format: null, mistakes: [], isReading: false }

/** Reads the plan again whenever the draft changes. */
export function usePlan(draft: PlanDraft): PlanState {
  const [state, setState] = useState(NOTHING)
  const { kind, fileText, rows, seatsPerRow } = draft
  useEffect(() => {
    const source = sourceOf(draft)
    if (source === null) return setState(NOTHING)
    let isStale = false
    setState((before) => ({ ...before, isReading: true }))
    void import('./read-plan.ts').then(({ readPlan }) => {
      if (isStale) return
      const read = readPlan(source)
      setState({ ...NOTHING, ...read })
    })
    return () => {
      isStale = true
    }
  }, [kind, fileText, rows, seatsPerRow])
  return state
}
