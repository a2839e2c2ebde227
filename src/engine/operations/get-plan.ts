import { type Plan, type PlanSeat, toPublicId } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { unknownId, uuidOf } from '../run-command.ts'
import type { StoredPlan } from '../stored/stored-plan.ts'

/** A plan without its seats. Refusal: `plan_unknown`. */
export async function getPlan(context: Context, id: string): Promise<Plan> {
  const plan = await findPlan(context, id)
  const byCategory = countBy(plan.seats, ({ category }) => category)
  const bySection = countBy(plan.seats, ({ section }) => section)
  return {
    id: toPublicId('plan', plan.planId),
    venue: plan.venueId === null ? null : toPublicId('venue', plan.venueId),
    name: plan.name,
    seatCount: plan.seats.length,
    categories: plan.categories.map(({ key, name }) => {
      return { key, name, seatCount: byCategory.get(key) ?? 0 }
    }),
    sections: plan.sections.map(({ key, name, generalAdmission }) => {
      return { key, name, generalAdmission, seatCount: bySection.get(key) ?? 0 }
    }),
    createdAt: plan.createdAt.toISOString(),
  }
}

/** The plan of a public id, as complete as the database has it. Refusal: `plan_unknown`. */
export async function findPlan(context: Context, id: string): Promise<StoredPlan> {
  const planId = uuidOf('plan', id)
  const plan = await context.plans.get(planId, await seatCountOf(context, planId))
  if (!plan) throw unknownId('plan')
  return plan
}

/** How many seats a plan has by now. Refusal: `plan_unknown`. */
export async function seatCountOf(context: Context, planId: string): Promise<number> {
  const [row] = await context.database.read<{ seat_count: number }>(
    'select plan.seat_count from rowlock.plans as plan where plan.plan_id = $1',
    [planId],
  )
  if (!row) throw unknownId('plan')
  return row.seat_count
}

function countBy<Key>(seats: readonly PlanSeat[], of: (seat: PlanSeat) => Key): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const seat of seats) counts.set(of(seat), (counts.get(of(seat)) ?? 0) + 1)
  return counts
}
