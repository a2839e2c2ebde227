import type { Point, SeatMap } from '../../../src/protocol/index.ts'

/** A general admission section: drawn as an area, asked for by quantity. */
export interface Area {
  /** Index into the map's sections. */
  readonly section: number
  readonly key: string
  readonly name: string
  /** Closed; at least three corners. */
  readonly outline: readonly Point[]
  /** Middle of its name. */
  readonly centre: Point
  /** The numbers of its places. */
  readonly seats: readonly number[]
  /** Index of the category that most of its places have. */
  readonly category: number
}

/** The areas of a house. `margin` in plan units: around places whose section has no outline. */
export function findAreas(map: SeatMap, margin: number): Area[] {
  const { sections, categories, xs, ys } = map.seats
  const seatsOf = new Map<number, number[]>()
  sections.forEach((section, seatNo) => {
    if (map.sections[section]?.generalAdmission !== true) return
    const seats = seatsOf.get(section)
    if (seats === undefined) seatsOf.set(section, [seatNo])
    else seats.push(seatNo)
  })
  return [...seatsOf].map(([section, seats]) => {
    const { key = '', name = '', outline = [] } = map.sections[section] ?? {}
    const corners =
      outline.length >= 3
        ? outline
        : hullOf(
            seats.map((seatNo) => ({ x: xs[seatNo] ?? 0, y: ys[seatNo] ?? 0 })),
            margin,
          )
    const category = categories[seats[0] as number] ?? 0
    return { section, key, name, outline: corners, centre: centreOf(corners), seats, category }
  })
}

/** The middle of a closed outline: its centre of mass, or of its corners where it has no area. */
export function centreOf(outline: readonly Point[]): Point {
  let area = 0
  let x = 0
  let y = 0
  outline.forEach((a, index) => {
    const b = outline[(index + 1) % outline.length] as Point
    const cross = a.x * b.y - b.x * a.y
    area += cross
    x += (a.x + b.x) * cross
    y += (a.y + b.y) * cross
  })
  if (Math.abs(area) > 1e-6) return { x: x / (3 * area), y: y / (3 * area) }
  const sum = outline.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 })
  return { x: sum.x / Math.max(outline.length, 1), y: sum.y / Math.max(outline.length, 1) }
}

/** Tells whether a point lies inside an outline: rays cross its sides an odd number of times. */
export function isInside(outline: readonly Point[], x: number, y: number): boolean {
  let inside = false
  outline.forEach((a, index) => {
    const b = outline[(index + 1) % outline.length] as Point
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  })
  return inside
}

/** The convex hull (Andrew's monotone chain) of squares of `margin` around the points. */
function hullOf(points: readonly Point[], margin: number): Point[] {
  const corners = points
    .flatMap(({ x, y }) => [
      { x: x - margin, y: y - margin },
      { x: x + margin, y: y - margin },
      { x: x - margin, y: y + margin },
      { x: x + margin, y: y + margin },
    ])
    .sort((a, b) => a.x - b.x || a.y - b.y)
  return [...chainOf(corners), ...chainOf(corners.toReversed())]
}

function chainOf(sorted: readonly Point[]): Point[] {
  const chain: Point[] = []
  for (const point of sorted) {
    for (;;) {
      const [a, b] = chain.slice(-2)
      if (a === undefined || b === undefined) break
      if ((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0) break
      chain.pop()
    }
    chain.push(point)
  }
  return chain.slice(0, -1)
}
