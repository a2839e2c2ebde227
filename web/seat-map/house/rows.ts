import type { SeatMap } from '../../../src/protocol/index.ts'

/** Seats that belong to one row of one section, in the order in which they stand. */
export interface Row {
  /** Index into the map's sections, or -1. */
  readonly section: number
  /** Printed name; null where the plan has no rows. */
  readonly name: string | null
  /** Seat numbers from one end to the other: from the left, or from the top. */
  readonly seats: readonly number[]
}

/**
 * Every row of the house, in the order of the plan. Seats without a row stand in rows by height.
 * The order inside a row is where seats stand, not what they are called: odd numbers may be on one
 * side and even ones on the other.
 */
export function findRows(map: SeatMap, seats: ArrayLike<number>): Row[] {
  const { rows, sections, xs, ys } = map.seats
  const groups = new Map<string, number[]>()
  for (let at = 0; at < seats.length; at++) {
    const seatNo = seats[at] as number
    const row = rows[seatNo] ?? null
    const name = row === null ? `y ${Math.round(ys[seatNo] ?? 0)}` : `row ${row}`
    const key = `${sections[seatNo]} ${name}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [seatNo])
    else group.push(seatNo)
  }
  return [...groups.values()].map((group) => {
    const first = group[0] as number
    return {
      section: sections[first] ?? -1,
      name: rows[first] ?? null,
      seats: inLine(group, xs, ys),
    }
  })
}

/** Sorted along the line between the two ends. Right for every arc up to a half circle. */
function inLine(seats: number[], xs: readonly number[], ys: readonly number[]): number[] {
  const x = (seatNo: number) => xs[seatNo] ?? 0
  const y = (seatNo: number) => ys[seatNo] ?? 0
  const farthestFrom = (from: number) =>
    seats.reduce((best, seatNo) => {
      const far = (other: number) => (x(other) - x(from)) ** 2 + (y(other) - y(from)) ** 2
      return far(seatNo) > far(best) ? seatNo : best
    }, from)
  const one = farthestFrom(seats[0] as number)
  const other = farthestFrom(one)
  let dx = x(other) - x(one)
  let dy = y(other) - y(one)
  const isBackwards = Math.abs(dx) >= Math.abs(dy) ? dx < 0 : dy < 0
  if (isBackwards) [dx, dy] = [-dx, -dy]
  const along = new Map(seats.map((seatNo) => [seatNo, x(seatNo) * dx + y(seatNo) * dy]))
  return seats.sort((a, b) => (along.get(a) ?? 0) - (along.get(b) ?? 0))
}
