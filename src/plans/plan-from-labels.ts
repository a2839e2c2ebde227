import {
  LIMITS,
  type PlanSeat,
  type PlanSpec,
  type Point,
  Refusal,
  seatKey,
} from '../protocol/index.ts'
import { checkPlan, finishPlan } from './check-plan.ts'
import { cleanLabel } from './label-parts.ts'
import { joinPath, MISTAKES_MAX, startMistakes } from './mistakes.ts'
import { wholeNumber } from './rows/numerals.ts'
import { type LabelParts, readRows } from './rows/read-rows.ts'
import {
  type Layout,
  layOutSeats,
  PLAN_MARGIN,
  ROW_PITCH,
  round,
  SEAT_PITCH,
} from './seat-layout.ts'
import { makeSeat, STANDARD } from './seat-parts.ts'

/**
 * A plan for a show with seats of its own. Seat numbers follow the list. `path` is where the list
 * stands in what was sent. Refusal: `plan_invalid`, with every label that appears twice.
 */
export function planFromLabels(labels: readonly string[], path = 'seats'): PlanSpec {
  const parts = partsOfLabels(labels)
  const layout = layOutSeats(parts)
  const seats = parts.map((part, index) => makeSeat({ ...part, ...positionAt(layout, index) }))
  const { width, height, focalPoint } = layout
  const categories = [{ ...STANDARD }]
  return finishPlan(
    { name: 'Seats', width, height, focalPoint, categories, sections: [], shapes: [], seats },
    pathsOf(path),
  )
}

/**
 * The seats to add to a show's own plan, placed beside those that are there: at the end of their
 * row, or in new rows below. Refusals: `plan_invalid` for the labels themselves, then
 * `seats_exist`, which names those that are there.
 */
export function appendLabels(
  plan: PlanSpec,
  labels: readonly string[],
  path = 'seats',
): PlanSeat[] {
  const category = plan.categories.some(({ key }) => key === STANDARD.key)
    ? STANDARD.key
    : (plan.categories[0]?.key ?? STANDARD.key)
  const place = placeBeside(plan)
  const known = plan.seats.map(({ label }) => label)
  const seats = partsOfLabels(labels, known).map((part) => {
    return makeSeat({ ...part, category, ...place(part.row, part.number) })
  })
  const mistakes = startMistakes()
  checkPlan({ ...plan, sections: [], shapes: [], seats }, mistakes, pathsOf(path))
  checkTotal(plan, seats, mistakes.add, path)
  mistakes.refuseIfAny()
  refuseExisting(plan, seats, path)
  return seats
}

function checkTotal(
  plan: PlanSpec,
  seats: PlanSeat[],
  add: (path: string, message: string) => void,
  path: string,
): void {
  const total = plan.seats.length + seats.length
  if (total > LIMITS.seatsPerPlanMax && seats.length <= LIMITS.seatsPerPlanMax) {
    add(path, `The plan would have ${total} seats, more than ${LIMITS.seatsPerPlanMax}.`)
  }
}

function refuseExisting(plan: PlanSpec, seats: PlanSeat[], path: string): void {
  const labelByKey = new Map(plan.seats.map(({ label }) => [seatKey(label), label]))
  const existing = seats.flatMap((seat, index) => {
    const label = labelByKey.get(seatKey(seat.label))
    return label === undefined ? [] : [{ label, path: joinPath(path, index) }]
  })
  if (existing.length === 0) return
  const shown = existing.slice(0, MISTAKES_MAX)
  const more = existing.length > shown.length ? ` and ${existing.length - shown.length} more` : ''
  const names = `${shown.map(({ label }) => label).join(', ')}${more}`
  throw new Refusal('seats_exist', {
    detail: `${existing.length} of the seats already exist, so none were added: ${names}.`,
    mistakes: shown.map((one) => ({ path: one.path, message: `Seat ${one.label} exists.` })),
  })
}

interface LabelledSeat extends LabelParts {
  label: string
  section: null
}

function partsOfLabels(texts: readonly string[], known: readonly string[] = []): LabelledSeat[] {
  const labels = texts.map(cleanLabel)
  const parts = readRows([...known, ...labels]).slice(known.length)
  return parts.map((part, index) => ({ label: labels[index] as string, section: null, ...part }))
}

function positionAt(layout: Layout, index: number): Point {
  return layout.positions[index] as Point
}

function pathsOf(path: string) {
  return {
    root: (field: string) => (field === 'seats' ? path : field),
    seat: (index: number) => joinPath(path, index),
  }
}

/** Finds room for one more seat after the other; each call takes the place it gives. */
function placeBeside(plan: PlanSpec): (row: string | null, number: string) => Point {
  const taken = new Set<string>()
  const rowYs = new Map<string | null, number>()
  const rightEnds = new Map<number, number>()
  let bottom = PLAN_MARGIN
  const take = (x: number, y: number): Point => {
    taken.add(`${x} ${y}`)
    rightEnds.set(y, Math.max(rightEnds.get(y) ?? x, x))
    bottom = Math.max(bottom, y)
    return { x, y }
  }
  for (const seat of plan.seats) {
    if (seat.section === null) rowYs.set(keyOfRow(seat.row), seat.y)
    take(seat.x, seat.y)
  }
  const columnX = columnsOf(plan)
  return (row, number) => {
    const key = keyOfRow(row)
    const y = rowYs.get(key) ?? round(bottom + ROW_PITCH)
    rowYs.set(key, y)
    const x = columnX(number)
    if (row !== null && x !== null && !taken.has(`${x} ${y}`)) return take(x, y)
    return take(round((rightEnds.get(y) ?? PLAN_MARGIN - SEAT_PITCH) + SEAT_PITCH), y)
  }
}

function keyOfRow(row: string | null): string | null {
  return row === null ? null : seatKey(row)
}

/**
 * Makes the function from a seat's number to its x, measured from the plan's first numbered seat;
 * it gives null when that is out of sight.
 */
function columnsOf(plan: PlanSpec): (number: string) => number | null {
  const anchor = plan.seats.find(({ section, number }) => {
    return section === null && wholeNumber(number) !== null
  })
  return (number) => {
    const value = wholeNumber(number)
    if (value === null) return null
    const first = anchor ?? { x: PLAN_MARGIN, number: '1' }
    const x = round(first.x + (value - (wholeNumber(first.number) ?? 1)) * SEAT_PITCH)
    return x >= PLAN_MARGIN && x <= Math.max(plan.width, PLAN_MARGIN) + 100 * SEAT_PITCH ? x : null
  }
}
