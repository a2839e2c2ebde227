import type { Point } from '../protocol/index.ts'
import { PLAN_BOUNDS } from './check-plan.ts'
import { cleanKey, cleanName, compareParts } from './label-parts.ts'
import { romanNumber, wholeNumber } from './rows/numerals.ts'
import { orderSeats } from './rows/order-seats.ts'

/** Between the centres of neighbours, in a plan that we lay out ourselves. */
export const SEAT_PITCH = 50
/** From row to row: a little more than a seat, as knees need. */
export const ROW_PITCH = 60
/** Between the outermost seats' centres and the edge of the drawing. */
export const PLAN_MARGIN = 60
/** From the first row to the middle of the stage or the screen. */
export const STAGE_DISTANCE = 120
const SECTION_GAP = 120
/** Seats of no row are drawn in lines of this many. */
export const LINE_LENGTH = 50

/** Facts of a seat that the layout needs. */
export interface UnplacedSeat {
  section: string | null
  row: string | null
  number: string
}

/** Positions for seats that came without, and the frame around them. */
export interface Layout {
  positions: Point[]
  width: number
  height: number
  focalPoint: Point
}

interface LaidRow {
  row: string | null
  /** Seat indices from left to right, and the column of each; none where numbers do not tell. */
  seats: number[]
  columns: number[]
}

/**
 * A grid: sections below each other, rows in their natural order, seats in the order of the file
 * where it has one and else by their numbers; a number left out leaves a gap. The stage is above.
 */
export function layOutSeats(seats: readonly UnplacedSeat[]): Layout {
  const blocks = groupBySection(seats).map((indices) => layOutRows(seats, indices))
  const columnMax = blocks.flat().reduce((max, row) => Math.max(max, row.columns.at(-1) ?? 0), 0)
  // A row of 100,000 seats would leave the bounds of a plan at the usual distance.
  const pitch = Math.min(SEAT_PITCH, (PLAN_BOUNDS.coordinateMax - 1_000) / (columnMax + 1))
  const positions: Point[] = seats.map(() => ({ x: 0, y: 0 }))
  let y = PLAN_MARGIN + STAGE_DISTANCE
  for (const block of blocks) {
    for (const { seats: indices, columns } of block) {
      indices.forEach((seat, place) => {
        positions[seat] = { x: round(PLAN_MARGIN + (columns[place] as number) * pitch), y }
      })
      y += ROW_PITCH
    }
    y += SECTION_GAP
  }
  const width = round(2 * PLAN_MARGIN + columnMax * pitch)
  const height = round(y - SECTION_GAP - ROW_PITCH + PLAN_MARGIN)
  return { positions, width, height, focalPoint: { x: round(width / 2), y: PLAN_MARGIN } }
}

/** Thousandths of a unit: what is written and read again stays the same. */
export function round(value: number): number {
  return Math.round(value * 1_000) / 1_000 + 0
}

/** The size of a frame that holds seats with positions of their own: the farthest, and a margin. */
export function extentOf(seats: readonly Point[], axis: 'x' | 'y'): number {
  const far = seats.reduce((max, seat) => Math.max(max, seat[axis]), 0)
  return Math.min(round(far + PLAN_MARGIN), PLAN_BOUNDS.coordinateMax)
}

function groupBySection(seats: readonly UnplacedSeat[]): number[][] {
  const groups = new Map<string | null, number[]>()
  seats.forEach(({ section }, index) => {
    const key = section === null ? null : cleanName(section)
    const group = groups.get(key)
    if (group) group.push(index)
    else groups.set(key, [index])
  })
  return [...groups.values()]
}

function layOutRows(seats: readonly UnplacedSeat[], indices: number[]): LaidRow[] {
  const rows = new Map<string | null, number[]>()
  for (const index of indices) {
    const row = seats[index]?.row
    const key = row == null ? null : cleanKey(row)
    const group = rows.get(key)
    if (group) group.push(index)
    else rows.set(key, [index])
  }
  const lines = orderRows([...rows.keys()]).flatMap((row) => {
    return layOutRow(seats, row, rows.get(row) as number[])
  })
  return alignRows(seats, lines)
}

/** Seats of no row come last: the others have the better claim to the front. */
function orderRows(rows: (string | null)[]): (string | null)[] {
  const named = rows.filter((row) => row !== null)
  const numerals = named.map(romanNumber)
  const isRoman = named.length > 1 && numerals.every((number) => number !== null)
  const rank = new Map(named.map((row, index) => [row, numerals[index] ?? 0]))
  named.sort((one, other) => {
    return isRoman ? (rank.get(one) ?? 0) - (rank.get(other) ?? 0) : compareParts(one, other)
  })
  return named.length < rows.length ? [...named, null] : named
}

function layOutRow(seats: readonly UnplacedSeat[], row: string | null, indices: number[]) {
  const numbers = indices.map((index) => (seats[index] as UnplacedSeat).number)
  const { order, columns } = orderSeats(numbers)
  const sorted = order.map((place) => indices[place] as number)
  if (row !== null) return [{ row, seats: sorted, columns }]
  const lines: LaidRow[] = []
  for (let start = 0; start < sorted.length; start += LINE_LENGTH) {
    lines.push({ row: null, seats: sorted.slice(start, start + LINE_LENGTH), columns: [] })
  }
  return lines
}

/** Rows whose columns follow their seats' numbers stand so that equal numbers are in line. */
function alignRows(seats: readonly UnplacedSeat[], lines: LaidRow[]): LaidRow[] {
  const firsts = lines.map(({ seats: [first], columns }) => {
    return columns.length > 0 ? (wholeNumber(seats[first as number]?.number ?? '') ?? 0) : null
  })
  const known = firsts.filter((first) => first !== null)
  const least = known.reduce((min, first) => Math.min(min, first), Number.MAX_SAFE_INTEGER)
  return lines.map((line, index) => {
    const first = firsts[index] ?? null
    if (first === null) return { ...line, columns: line.seats.map((_, place) => place) }
    const isRising = line.columns.every((column, place) => {
      const number = wholeNumber(seats[line.seats[place] as number]?.number ?? '')
      return number === first + column
    })
    return isRising ? { ...line, columns: line.columns.map((one) => one + first - least) } : line
  })
}
