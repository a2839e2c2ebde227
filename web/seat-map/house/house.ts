import type { Point, SeatMap } from '../../../src/protocol/index.ts'
import { seatKey } from '../../../src/protocol/labels.ts'
import { type Area, centreOf, findAreas } from './areas.ts'
import { findRows, type Row } from './rows.ts'
import { type Box, SeatIndex } from './seat-index.ts'

/** A map made ready for drawing and for finding seats. Never changes: a longer plan is another. */
export interface House {
  readonly map: SeatMap
  readonly seatCount: number
  readonly xs: Float64Array
  readonly ys: Float64Array
  /** By seat: index into the map's categories. */
  readonly categories: Uint16Array
  /** Numbers of the seats that can be chosen: all but the places of areas. */
  readonly seats: Int32Array
  readonly rows: readonly Row[]
  /** By seat: index into `rows`, or -1 for a place of an area. */
  readonly rowOf: Int32Array
  readonly areas: readonly Area[]
  /** Sections that are drawn with an outline. */
  readonly frames: readonly SectionFrame[]
  /** By seat: 1 where its section has a frame. */
  readonly isFramed: Uint8Array
  /** Distance between neighbours, in plan units. */
  readonly pitch: number
  readonly index: SeatIndex
  /** Everything that is drawn, with a margin. */
  readonly bounds: Box
}

/** Place of a section's name, and how much room there is, in plan units. */
export interface SectionFrame {
  readonly section: number
  readonly name: string
  readonly centre: Point
  /** On the upper edge. */
  readonly top: Point
  readonly width: number
  readonly outline: readonly Point[]
  /** Through the centre, from edge to edge: the room that a label has. */
  readonly across: number
}

const PITCH_DEFAULT = 50
/** Among seats whose neighbours are nearer than most: so that no seats overlap. */
const NEAR_SHARE = 0.2

/** Takes some 30 ms for 80,000 seats. */
export function toHouse(map: SeatMap): House {
  const { seatCount } = map
  const xs = Float64Array.from(map.seats.xs)
  const ys = Float64Array.from(map.seats.ys)
  const isPlace = (seatNo: number) =>
    map.sections[map.seats.sections[seatNo] ?? -1]?.generalAdmission === true
  const seats = Int32Array.from({ length: seatCount }, (_, n) => n).filter((n) => !isPlace(n))
  const rows = findRows(map, seats)
  const rowOf = new Int32Array(seatCount).fill(-1)
  rows.forEach((row, index) => {
    for (const seatNo of row.seats) rowOf[seatNo] = index
  })
  const pitch = pitchOf(rows, xs, ys)
  const areas = findAreas(map, pitch / 2)
  const bounds = boundsOf(map, areas, pitch)
  const frames = findFrames(map)
  const framed = new Set(frames.map(({ section }) => section))
  return {
    map,
    seatCount,
    xs,
    ys,
    categories: Uint16Array.from(map.seats.categories, (category) => Math.max(category, 0)),
    seats,
    rows,
    rowOf,
    areas,
    frames,
    isFramed: Uint8Array.from(map.seats.sections, (section) => Number(framed.has(section))),
    pitch,
    index: new SeatIndex(seats, xs, ys, bounds, 2 * pitch),
    bounds,
  }
}

/** Finds a seat by what a person typed: `b 12`, `B12`, `Row B, seat 12`. Null if there is none. */
export function findSeat(house: House, text: string): number | null {
  const wanted = plainKey(text)
  if (wanted === '') return null
  const printed = seatNoOf(house, text)
  if (printed !== null) return printed
  const { labels, rows, numbers } = house.map.seats
  const key = seatKey(text)
  const exact = labels.findIndex((label) => seatKey(label) === key)
  if (exact !== -1) return exact
  const found = labels.findIndex((label) => plainKey(label) === wanted)
  if (found !== -1) return found
  const byPlace = house.seats.find(
    (seatNo) => plainKey(`${rows[seatNo] ?? ''} ${numbers[seatNo] ?? ''}`) === wanted,
  )
  return byPlace ?? null
}

/** Letters and digits alone, without the words that people put in between. */
function plainKey(text: string): string {
  return seatKey(text)
    .replace(/\b(?:ROW|SEAT|SECTION)\b/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

function pitchOf(rows: readonly Row[], xs: Float64Array, ys: Float64Array): number {
  const distances: number[] = []
  const step = Math.max(1, Math.floor(rows.length / 200))
  for (let index = 0; index < rows.length; index += step) {
    const { seats } = rows[index] as Row
    for (let at = 1; at < seats.length; at++) {
      const [a, b] = [seats[at - 1] as number, seats[at] as number]
      const distance = Math.hypot(
        (xs[a] as number) - (xs[b] as number),
        (ys[a] as number) - (ys[b] as number),
      )
      if (distance > 0) distances.push(distance)
    }
  }
  distances.sort((a, b) => a - b)
  return distances[Math.floor(distances.length * NEAR_SHARE)] ?? PITCH_DEFAULT
}

function boundsOf(map: SeatMap, areas: readonly Area[], pitch: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  const take = (x: number, y: number) => {
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  const { xs, ys } = map.seats
  for (let n = 0; n < map.seatCount; n++) take(xs[n] ?? 0, ys[n] ?? 0)
  const outlines: (readonly Point[])[] = [
    ...map.sections.map(({ outline }) => outline),
    ...areas.map(({ outline }) => outline),
    ...map.shapes.map(({ points }) => points),
  ]
  for (const outline of outlines) for (const { x, y } of outline) take(x, y)
  for (const { kind, x, y, width, height } of map.shapes) {
    if (kind === 'polygon') continue
    take(x - width / 2, y - height / 2)
    take(x + width / 2, y + height / 2)
  }
  if (left > right) return { left: 0, top: 0, right: map.width || 1, bottom: map.height || 1 }
  const margin = 1.5 * pitch
  return {
    left: left - margin,
    top: top - margin,
    right: right + margin,
    bottom: bottom + margin,
  }
}

const byLabel = new WeakMap<House, Map<string, number>>()

/** The number of a seat by its label as the server writes it, or null. */
export function seatNoOf(house: House, label: string): number | null {
  let numbers = byLabel.get(house)
  if (numbers === undefined) {
    numbers = new Map(house.map.seats.labels.map((one, seatNo) => [one, seatNo]))
    byLabel.set(house, numbers)
  }
  return numbers.get(label) ?? null
}

function findFrames({ sections }: SeatMap): SectionFrame[] {
  return sections.flatMap(({ name, outline, generalAdmission }, section) => {
    if (generalAdmission || outline.length < 3) return []
    const centre = centreOf(outline)
    const xs = outline.map(({ x }) => x)
    const width = Math.max(...xs) - Math.min(...xs)
    const top = { x: centre.x, y: topAt(outline, centre.x) }
    const flipped = outline.map(({ x, y }) => ({ x: y, y: x }))
    const across = chordAt(flipped, centre.y, centre.x)
    return [{ section, name, centre, top, width, outline, across }]
  })
}

/** Measures the part of an upright line inside an outline on which a point lies. */
function chordAt(outline: readonly Point[], x: number, y: number): number {
  let [above, below] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  outline.forEach((a, index) => {
    const b = outline[(index + 1) % outline.length] as Point
    if (a.x > x === b.x > x) return
    const at = a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x)
    if (at <= y) above = Math.max(above, at)
    else below = Math.min(below, at)
  })
  return Number.isFinite(below - above) ? below - above : 0
}

/** Finds the y at which an upright line first meets an outline from above. */
function topAt(outline: readonly Point[], x: number): number {
  let top = Math.min(...outline.map((point) => point.y))
  let best = Number.POSITIVE_INFINITY
  outline.forEach((a, index) => {
    const b = outline[(index + 1) % outline.length] as Point
    if (a.x > x === b.x > x) return
    best = Math.min(best, a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x))
  })
  if (Number.isFinite(best)) top = best
  return top
}
