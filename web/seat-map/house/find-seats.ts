import type { Point } from '../../../src/protocol/index.ts'
import type { House } from './house.ts'
import type { Box } from './seat-index.ts'

/** The seat nearest to a point of the plan, however far away; null in a house without any. */
export function nearestSeat(house: House, x: number, y: number): number | null {
  let found: number | null = null
  let best = Number.POSITIVE_INFINITY
  for (const seatNo of house.seats) {
    const distance = Math.hypot((house.xs[seatNo] as number) - x, (house.ys[seatNo] as number) - y)
    if (distance >= best) continue
    best = distance
    found = seatNo
  }
  return found
}

/** Numbers of the seats whose middle lies in a box, in the order of the plan. */
export function seatsIn(house: House, box: Box): number[] {
  const found: number[] = []
  house.index.forEachIn(box, (seatNo) => {
    const [x, y] = [house.xs[seatNo] as number, house.ys[seatNo] as number]
    const isIn = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
    if (isIn) found.push(seatNo)
  })
  return found.sort((x, y) => x - y)
}

/** Position of a seat; for a place, which has none, the corners of its area. */
export function pointsOf({ rowOf, areas, map, xs, ys }: House, seatNo: number): readonly Point[] {
  const section = map.seats.sections[seatNo]
  const area = rowOf[seatNo] === -1 ? areas.find((one) => one.section === section) : undefined
  return area?.outline ?? [{ x: xs[seatNo] ?? 0, y: ys[seatNo] ?? 0 }]
}
