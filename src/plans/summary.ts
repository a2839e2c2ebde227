import type { PlanSeat, PlanSpec, PlanSummary } from '../protocol/index.ts'

/** Summary of a plan as understood, in numbers that its author can check at a glance. */
export function summarize(plan: PlanSpec): PlanSummary {
  const standing = new Set(plan.sections.flatMap((one) => (one.generalAdmission ? one.key : [])))
  const isStanding = ({ section }: PlanSeat) => section !== null && standing.has(section)
  const chosen = plan.seats.filter((seat) => !isStanding(seat))
  const rows = rowsOf(chosen)
  const longest = rows.reduce<SeatRow | null>((most, row) => {
    return most === null || row.seats > most.seats ? row : most
  }, null)
  const byCategory = countBy(plan.seats, ({ category }) => category)
  return {
    seats: plan.seats.length,
    sections: plan.sections.length,
    rows: rows.length,
    longestRow: longest,
    seatsWithoutRow: chosen.filter(({ row }) => row === null).length,
    generalAdmission: plan.seats.length - chosen.length,
    accessible: plan.seats.filter(({ accessible }) => accessible).length,
    companion: plan.seats.filter(({ companion }) => companion).length,
    restrictedView: plan.seats.filter(({ restrictedView }) => restrictedView).length,
    categories: plan.categories.map(({ key, name }) => {
      return { key, name, seats: byCategory.get(key) ?? 0 }
    }),
  }
}

interface SeatRow {
  section: string | null
  row: string
  seats: number
}

function rowsOf(seats: readonly PlanSeat[]): SeatRow[] {
  const rows = new Map<string, SeatRow>()
  for (const { section, row } of seats) {
    if (row === null) continue
    const key = JSON.stringify([section, row])
    const known = rows.get(key)
    if (known) known.seats += 1
    else rows.set(key, { section, row, seats: 1 })
  }
  return [...rows.values()]
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
