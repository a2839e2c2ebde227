import type { PlanSeat, PlanSpec, PlanSummary } from '../../../src/protocol/index.ts'

/** A plan in numbers, as whoever knows the house can check them. */
export function summarize({ seats, sections, categories }: PlanSpec): PlanSummary {
  const standing = new Set(sections.flatMap((one) => (one.generalAdmission ? [one.key] : [])))
  const isPlace = ({ section }: PlanSeat) => section !== null && standing.has(section)
  const chosen = seats.filter((seat) => !isPlace(seat))
  const rows = rowsOf(chosen)
  const count = (is: (seat: PlanSeat) => boolean) => seats.filter(is).length
  return {
    seats: seats.length,
    sections: sections.length,
    rows: rows.length,
    longestRow: rows.reduce<PlanSummary['longestRow']>(
      (longest, row) => (longest === null || row.seats > longest.seats ? row : longest),
      null,
    ),
    seatsWithoutRow: chosen.filter(({ row }) => row === null).length,
    generalAdmission: count(isPlace),
    accessible: count(({ accessible }) => accessible),
    companion: count(({ companion }) => companion),
    restrictedView: count(({ restrictedView }) => restrictedView),
    categories: categories.map(({ key, name }) => ({
      key,
      name,
      seats: count(({ category }) => category === key),
    })),
  }
}

type Row = NonNullable<PlanSummary['longestRow']>

function rowsOf(seats: readonly PlanSeat[]): Row[] {
  const rows = new Map<string, Row>()
  for (const { section, row } of seats) {
    if (row === null) continue
    const key = JSON.stringify([section, row])
    const before = rows.get(key)?.seats ?? 0
    rows.set(key, { section, row, seats: before + 1 })
  }
  return [...rows.values()]
}
