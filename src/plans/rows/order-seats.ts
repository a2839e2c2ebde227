import { compareParts } from '../label-parts.ts'
import { wholeNumber } from './numerals.ts'

/** A row from left to right: places in what was given, and a column for each, where known. */
export interface OrderedRow {
  order: number[]
  columns: number[]
}

/** An aisle, in columns. */
const AISLE = 3
/** Runs of fewer seats are an accident of a list that has no order. */
const RUN_MIN = 3

/**
 * The order of a file is the order of a row, if it is one: rising, falling, or in two runs, such as
 * `7 5 3 1 2 4 6 8`. What is in no order goes by its numbers.
 */
export function orderSeats(numbers: readonly string[]): OrderedRow {
  const given = numbers.map((_, index) => index)
  const values = numbers.map(wholeNumber)
  if (values.every((value) => value !== null)) {
    const runs = twoRuns(values)
    if (runs !== null) return { order: given, columns: columnsOfRuns(values, runs) }
  }
  const compare = (one: number, other: number) =>
    compareParts(numbers[one] as string, numbers[other] as string)
  const isFalling = given.every((index) => index === 0 || compare(index - 1, index) > 0)
  const order = isFalling
    ? given
    : given.toSorted((one, other) => compare(one, other) || one - other)
  return { order, columns: columnsOfNumbers(order.map((index) => values[index] ?? null)) }
}

/** The index at which the second of two runs begins, or null. */
function twoRuns(values: readonly number[]): number | null {
  const steps = values.slice(1).map((value, index) => value - (values[index] as number))
  if (steps.some((step) => step === 0)) return null
  if (steps.every((step) => step > 0) || steps.every((step) => step < 0)) return null
  const first = steps[0] as number
  for (const turn of turnsOf(steps, first)) {
    const [left, right] = [values.slice(0, turn), values.slice(turn)]
    if (!isRun(left) || !isRun(right)) continue
    if (isOfOneParity(left) && isOfOneParity(right) && parity(left) !== parity(right)) return turn
    const isClose = isDense(left) && isDense(right)
    if (isClose && Math.min(left.length, right.length) >= RUN_MIN) return turn
  }
  return null
}

/** Indices on either side of the seat at which the direction turns. */
function turnsOf(steps: readonly number[], first: number): number[] {
  const at = steps.findIndex((step) => step > 0 !== first > 0)
  return at < 0 ? [] : [at, at + 1]
}

function isRun(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, index) => value - (values[index] as number))
  return values.length > 0 && (steps.every((step) => step > 0) || steps.every((step) => step < 0))
}

function parity(values: readonly number[]): number {
  return (values[0] as number) % 2
}

function isOfOneParity(values: readonly number[]): boolean {
  return values.every((value) => value % 2 === parity(values))
}

function isDense(values: readonly number[]): boolean {
  return values.every((value, index) => {
    return index === 0 || Math.abs(value - (values[index - 1] as number)) <= 2
  })
}

/** Within a run a number left out leaves a gap; runs that do not meet have an aisle between. */
function columnsOfRuns(values: readonly number[], turn: number): number[] {
  const distance = (index: number) =>
    Math.abs((values[index] as number) - (values[index - 1] as number))
  const within = values.map((_, index) => index).filter((index) => index > 0 && index !== turn)
  const usual = within.reduce((least, index) => Math.min(least, distance(index)), 2)
  const isMeeting = distance(turn) <= 2 || isValley(values, turn)
  let column = 0
  return values.map((_, index) => {
    if (index === turn) column += isMeeting ? 1 : AISLE
    else if (index > 0) column += Math.min(AISLE, Math.round(distance(index) / usual))
    return column
  })
}

/** Out from the middle, or in to it. */
function isValley(values: readonly number[], turn: number): boolean {
  const isFalling = (from: number, to: number) => (values[from] as number) > (values[to] as number)
  if (turn < 2 || values.length - turn < 2) return false
  return isFalling(0, turn - 1) !== isFalling(turn, values.length - 1)
}

/** Columns by numbers when a drawing can follow them: distinct, and without wide gaps. */
function columnsOfNumbers(values: readonly (number | null)[]): number[] {
  const numbers = values.filter((value) => value !== null)
  if (numbers.length < values.length) return []
  const first = numbers[0] ?? 0
  const columns = numbers.map((number) => Math.abs(number - first))
  const isRising = columns.every(
    (column, index) => index === 0 || column > (columns[index - 1] ?? 0),
  )
  return isRising && (columns.at(-1) ?? 0) <= 3 * columns.length + 20 ? columns : []
}
