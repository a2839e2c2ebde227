import type { House } from './house.ts'

/** Direction of an arrow key, on the screen. */
export type Direction = 'left' | 'right' | 'up' | 'down'

const VECTORS: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
}

/** Rows further away than this many seats are not next to each other: there is an aisle at most. */
const REACH = 12

/**
 * The seat to which an arrow leads. Along a row it is the neighbour, also over an aisle; across
 * rows it is the nearest seat that way. A row may run in any direction: at the side of an arena,
 * rows are upright, and the arrows follow what is seen.
 */
export function nextSeat(house: House, from: number, direction: Direction): number | null {
  return alongRow(house, from, direction) ?? acrossRows(house, from, direction)
}

/**
 * Finds the same seat of the row before or after in the order of the plan: so all rows are reached.
 */
export function seatInRow(house: House, from: number, step: 1 | -1): number | null {
  const row = house.rows[(house.rowOf[from] as number) + step]
  if (row === undefined) return null
  const x = house.xs[from] as number
  const y = house.ys[from] as number
  const far = (seatNo: number) =>
    Math.hypot((house.xs[seatNo] as number) - x, (house.ys[seatNo] as number) - y)
  return row.seats.reduce((best, seatNo) => (far(seatNo) < far(best) ? seatNo : best))
}

/** The first or the last seat of the row. */
export function rowEnd(house: House, from: number, end: 'first' | 'last'): number {
  const row = house.rows[house.rowOf[from] as number]
  return row?.seats.at(end === 'first' ? 0 : -1) ?? from
}

function alongRow(house: House, from: number, direction: Direction): number | null {
  const seats = house.rows[house.rowOf[from] as number]?.seats ?? []
  const at = seats.indexOf(from)
  const [dx, dy] = VECTORS[direction]
  for (const step of [-1, 1]) {
    const seatNo = seats[at + step]
    if (seatNo === undefined) continue
    const x = (house.xs[seatNo] as number) - (house.xs[from] as number)
    const y = (house.ys[seatNo] as number) - (house.ys[from] as number)
    const ahead = x * dx + y * dy
    // Within 45 degrees of where the arrow points.
    if (ahead > 0 && ahead >= Math.abs(x * dy - y * dx)) return seatNo
  }
  return null
}

function acrossRows(house: House, from: number, direction: Direction): number | null {
  const [dx, dy] = VECTORS[direction]
  const { xs, ys, rowOf, pitch } = house
  const [x, y] = [xs[from] as number, ys[from] as number]
  const reach = REACH * pitch
  let found: number | null = null
  let best = Number.POSITIVE_INFINITY
  const box = { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach }
  house.index.forEachIn(box, (seatNo) => {
    if (rowOf[seatNo] === rowOf[from]) return
    const ahead = ((xs[seatNo] as number) - x) * dx + ((ys[seatNo] as number) - y) * dy
    const aside = Math.abs(((xs[seatNo] as number) - x) * dy - ((ys[seatNo] as number) - y) * dx)
    if (ahead <= 0.2 * pitch || aside > ahead * 1.4) return
    // Straight on is better than near: a row that is crossed should be crossed where one stands.
    const cost = ahead + 2.2 * aside
    if (cost >= best) return
    best = cost
    found = seatNo
  })
  return found
}
