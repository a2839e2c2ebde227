import type { Category, PlanSeat } from '../protocol/index.ts'

/** Price classes of the houses that we draw ourselves, from the best to the last. */
export const HOUSE_CATEGORIES: readonly Readonly<Category>[] = [
  { key: 'premium', name: 'Premium', color: '#b5426a', accessible: false },
  { key: 'first', name: 'First price', color: '#d98032', accessible: false },
  { key: 'second', name: 'Second price', color: '#3f8f6b', accessible: false },
  { key: 'third', name: 'Third price', color: '#3b6fb6', accessible: false },
]

/** The key of a price class by its rank, 0 for the best; beyond the last it is the last. */
export function categoryAt(rank: number): string {
  const index = Math.min(Math.max(0, Math.floor(rank)), HOUSE_CATEGORIES.length - 1)
  return (HOUSE_CATEGORIES[index] as Category).key
}

/** Turns the ends of a row into wheelchair spaces, each with a companion's seat beside it. */
export function openRowEnds(row: readonly PlanSeat[]): void {
  if (row.length < 4) return
  for (const [space, companion] of [
    [row[0], row[1]],
    [row.at(-1), row.at(-2)],
  ]) {
    if (space) space.accessible = true
    if (companion) companion.companion = true
  }
}

/** The seats of a section as rows, from the front. */
export function rowsOf(seats: readonly PlanSeat[]): PlanSeat[][] {
  const rows = new Map<string, PlanSeat[]>()
  for (const seat of seats) {
    const key = JSON.stringify([seat.section, seat.row])
    const row = rows.get(key)
    if (row) row.push(seat)
    else rows.set(key, [seat])
  }
  return [...rows.values()]
}
