import { forOthersToo, untilDeadline } from '../../calls/index.ts'
import type { Database } from '../../db/index.ts'
import { Refusal } from '../../protocol/index.ts'
import { Lru } from '../lru.ts'
import { loadPlan, type StoredPlan } from './stored-plan.ts'

/** Seats of all plans that are kept in memory. */
const SEATS_MAX = 1_000_000

/**
 * Plans, kept because they do not change. The one exception is said by the caller: a show's own
 * plan may have grown, and whoever knows of more seats than the copy has asks for `atLeast`.
 */
export class PlanCache {
  readonly #database: Database
  readonly #plans = new Lru<string, StoredPlan>(SEATS_MAX, (plan) => plan.seats.length + 1)
  readonly #loading = new Map<string, Promise<StoredPlan | null>>()

  constructor(database: Database) {
    this.#database = database
  }

  /** The plan, or null when there is none; with at least so many seats, if it has them by now. */
  async get(planId: string, atLeast = 0): Promise<StoredPlan | null> {
    const known = this.#plans.get(planId)
    if (known && known.seats.length >= atLeast) return known
    const loading = this.#loading.get(planId) ?? this.#load(planId)
    const plan = await untilDeadline(loading, () => new Refusal('unavailable'))
    // A reading that began earlier may have missed what the caller knows of.
    return plan && plan.seats.length < atLeast ? await this.#load(planId) : plan
  }

  /** Reads a plan; callers who ask while it is being read share the reading. */
  #load(planId: string): Promise<StoredPlan | null> {
    const loading = forOthersToo(() => loadPlan(this.#database, planId))
      .then((plan) => {
        if (plan) this.#plans.set(planId, plan)
        return plan
      })
      .finally(() => this.#loading.delete(planId))
    this.#loading.set(planId, loading)
    return loading
  }
}
