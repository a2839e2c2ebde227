import { type Plan, type PlanSeat, toPublicId } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { unknownId, uuidOf } from '../run-command.ts'

/** A plan without its seats. Refusal: `plan_unknown`. */
export async function getPlan(context: Context, id: string): Promise<Plan> {
  const planId = uuidOf('plan', id)
  const facts = await planFactsOf(context, planId)
  const plan = await context.plans.get(planId, facts.seat_count)
  if (!plan) throw unknownId('plan')
  const byCategory = countBy(plan.seats, ({ category }) => category)
  const bySection = countBy(plan.seats, ({ section }) => section)
  return {
    id: toPublicId('plan', plan.planId),
    venue: plan.venueId === null ? null : toPublicId('venue', plan.venueId),
    name: facts.name,
    seatCount: plan.seats.length,
    categories: plan.categories.map(({ key, name }) => {
      return { key, name, seatCount: byCategory.get(key) ?? 0 }
    }),
    sections: plan.sections.map(({ key, name, generalAdmission }) => {
      return { key, name, generalAdmission, seatCount: bySection.get(key) ?? 0 }
    }),
    retiredAt: facts.retired_at?.toISOString() ?? null,
    createdAt: plan.createdAt.toISOString(),
  }
}

/** Facts that can change about a plan. */
interface PlanFacts extends Record<string, unknown> {
  readonly seat_count: number
  readonly name: string
  readonly retired_at: Date | null
}

/** Reads how many seats a plan has by now, what it is called, and since when it is retired. */
export async function planFactsOf(context: Context, planId: string): Promise<PlanFacts> {
  const [row] = await context.database.read<PlanFacts>(
    `select plan.seat_count, plan.name, plan.retired_at
     from rowlock.plans as plan
     where plan.plan_id = $1`,
    [planId],
  )
  if (!row) throw unknownId('plan')
  return row
}

function countBy<Key>(seats: readonly PlanSeat[], of: (seat: PlanSeat) => Key): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const seat of seats) counts.set(of(seat), (counts.get(of(seat)) ?? 0) + 1)
  return counts
}
