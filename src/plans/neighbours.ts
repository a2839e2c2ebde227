import type { PlanSeat, PlanSpec, Point } from '../protocol/index.ts'
import { compareParts } from './label-parts.ts'
import { isRing, orderAlong } from './row-order.ts'

/** Place of a seat for the search for seats side by side. All are dense numbers from 0. */
export interface SeatPlace {
  /** Rows in the order in which the plan first names them; a general admission section is one. */
  rowIndex: number
  /** Side by side differ by exactly 1; an aisle makes the place jump by 2. */
  place: number
  /** The seat numbers beside it, or null at an aisle and at the ends. A circle has no ends. */
  left: number | null
  right: number | null
}

/** A distance of more than this many times the row's usual one is an aisle. */
const AISLE_FACTOR = 1.8

/** For each seat number of the plan, its row and its place in it. Positions decide the order. */
export function neighbours(plan: Pick<PlanSpec, 'seats' | 'sections'>): SeatPlace[] {
  const standing = new Set(
    plan.sections.filter((section) => section.generalAdmission).map(({ key }) => key),
  )
  const places: SeatPlace[] = new Array(plan.seats.length)
  groupRows(plan.seats, standing).forEach((row, rowIndex) => {
    if (row.isStanding) placeInOrder(places, rowIndex, row.seats, () => false)
    else placeAlong(places, rowIndex, plan.seats, row.seats)
  })
  return places
}

interface SeatRow {
  isStanding: boolean
  seats: number[]
}

/** A seat of no row is alone: nothing says who sits beside it. */
function groupRows(seats: readonly PlanSeat[], standing: Set<string>): SeatRow[] {
  const rows = new Map<string, SeatRow>()
  seats.forEach(({ section, row }, index) => {
    const isStanding = section !== null && standing.has(section)
    const own = row === null ? index : null
    const key = JSON.stringify(isStanding ? [section] : [section, row, own])
    const group = rows.get(key)
    if (group) group.seats.push(index)
    else rows.set(key, { isStanding, seats: [index] })
  })
  return [...rows.values()]
}

function placeAlong(
  places: SeatPlace[],
  rowIndex: number,
  seats: readonly PlanSeat[],
  row: number[],
): void {
  const seatAt = (index: number) => seats[row[index] as number] as PlanSeat
  const byNumber = (left: number, right: number) =>
    compareParts(seatAt(left).number, seatAt(right).number) || left - right
  const points = row.map((_, index) => seatAt(index))
  const order = orderAlong(points, byNumber)
  const inOrder = order.map(seatAt)
  const gaps = gapsOf(inOrder)
  const aisle = aisleOf(gaps)
  const sorted = order.map((index) => row[index] as number)
  placeInOrder(places, rowIndex, sorted, (index) => aisle > 0 && (gaps[index - 1] ?? 0) > aisle)
  if (isRound(inOrder)) join(places, sorted.at(-1) as number, sorted[0] as number)
}

/** True when a row's seats, in their order, close a circle, whose ends are neighbours. */
function isRound(seats: readonly Point[]): boolean {
  const [first] = seats
  const last = seats.at(-1)
  // A circle begins after its widest opening, so one that is closed here is closed everywhere.
  if (first === undefined || last === undefined || !isRing(seats)) return false
  return distance(last, first) <= aisleOf(gapsOf(seats))
}

function gapsOf(seats: readonly Point[]): number[] {
  return seats.slice(1).map((seat, before) => distance(seats[before] as Point, seat))
}

function aisleOf(gaps: readonly number[]): number {
  return AISLE_FACTOR * lowerMedian(gaps)
}

function distance(left: Point, right: Point): number {
  return Math.hypot(right.x - left.x, right.y - left.y)
}

function placeInOrder(
  places: SeatPlace[],
  rowIndex: number,
  row: number[],
  isAfterAisle: (index: number) => boolean,
): void {
  let place = 0
  row.forEach((seat, index) => {
    const isApart = index > 0 && isAfterAisle(index)
    if (index > 0) place += isApart ? 2 : 1
    const before = isApart ? null : (row[index - 1] ?? null)
    places[seat] = { rowIndex, place, left: null, right: null }
    if (before !== null) join(places, before, seat)
  })
}

function join(places: SeatPlace[], left: number, right: number): void {
  const [one, other] = [places[left], places[right]]
  if (one) one.right = right
  if (other) other.left = left
}

/** Takes the lower one of an even count, so that of three seats a lonely one is apart. */
function lowerMedian(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
