import type { Point } from '../protocol/index.ts'
import { PLAN_BOUNDS } from './check-plan.ts'
import { cleanKey, compareParts } from './label-parts.ts'

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
const LINE_LENGTH = 50

/** What the layout needs to know of a seat. */
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
  /** Seat indices from left to right, and the column of each. */
  seats: number[]
  columns: number[]
}

/**
 * A grid: sections below each other, rows in their natural order, seats by their numbers, so that a
 * number left out leaves a gap. The stage is above.
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
    const group = groups.get(section)
    if (group) group.push(index)
    else groups.set(section, [index])
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
  const sorted = [...rows].sort(([left], [right]) => compareRows(left, right))
  const lines = sorted.flatMap(([row, group]) => cutIntoLines(row, sortByNumber(seats, group)))
  return placeInColumns(seats, lines)
}

/** Seats of no row come last: the others have the better claim to the front. */
function compareRows(left: string | null, right: string | null): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  return compareParts(left, right)
}

function sortByNumber(seats: readonly UnplacedSeat[], indices: number[]): number[] {
  const numberOf = (index: number) => (seats[index] as UnplacedSeat).number
  return indices.sort(
    (left, right) => compareParts(numberOf(left), numberOf(right)) || left - right,
  )
}

function cutIntoLines(row: string | null, seats: number[]): LaidRow[] {
  if (row !== null) return [{ row, seats, columns: [] }]
  const lines: LaidRow[] = []
  for (let start = 0; start < seats.length; start += LINE_LENGTH) {
    lines.push({ row: null, seats: seats.slice(start, start + LINE_LENGTH), columns: [] })
  }
  return lines
}

function placeInColumns(seats: readonly UnplacedSeat[], lines: LaidRow[]): LaidRow[] {
  const numbers = lines.map((line) => (line.row === null ? null : readNumbers(seats, line)))
  const known = numbers.filter((row) => row !== null)
  const least = known.reduce((min, row) => Math.min(min, row[0] ?? 0), Number.MAX_SAFE_INTEGER)
  return lines.map((line, index) => {
    const columns = numbers[index]?.map((number) => number - least)
    return { ...line, columns: columns ?? line.seats.map((_, place) => place) }
  })
}

/** The numbers of a row's seats when a drawing can follow them: distinct, and without wide gaps. */
function readNumbers(seats: readonly UnplacedSeat[], line: LaidRow): number[] | null {
  const numbers = line.seats.map((index) => {
    const { number } = seats[index] as UnplacedSeat
    return /^\d{1,6}$/u.test(number) ? Number(number) : Number.NaN
  })
  const isRising = numbers.every(
    (number, place) => place === 0 || number > (numbers[place - 1] ?? 0),
  )
  const spread = (numbers.at(-1) ?? 0) - (numbers[0] ?? 0)
  return isRising && spread <= 3 * numbers.length + 20 ? numbers : null
}
