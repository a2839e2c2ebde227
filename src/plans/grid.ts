import { z } from 'zod'
import { type GridSpec, LIMITS, type PlanSeat, type PlanSpec } from '../protocol/index.ts'
import { finishPlan } from './check-plan.ts'
import { cleanKey, cleanLabel, joinLabel } from './label-parts.ts'
import { joinPath, type MistakeList, quoted, startMistakes } from './mistakes.ts'
import { readOne } from './read-json.ts'
import { PLAN_MARGIN, ROW_PITCH, round, SEAT_PITCH, STAGE_DISTANCE } from './seat-layout.ts'
import { makeSeat, STANDARD } from './seat-parts.ts'

const gridSchema: z.ZodType<GridSpec> = z.strictObject({
  rows: z.union([z.string(), z.array(z.string()).max(LIMITS.seatsPerPlanMax)], {
    error: 'Rows are a text such as "A-J" or a list of texts',
  }),
  seatsPerRow: z.int().min(1).max(LIMITS.seatsPerPlanMax),
})

/**
 * `{ rows: "A-J", seatsPerRow: 12 }` → A1 … J12. `path` is where the grid stands in what was sent.
 * Rows may also be `"1-20"` (seats 1-1 … 20-12), `"AA-AF"`, `"J-A"`, `"A-C,E"` or a list of these.
 */
export function planFromGrid(source: unknown, path = '$', name = 'Grid'): PlanSpec {
  const mistakes = startMistakes()
  const grid = readOne(mistakes, gridSchema, source, path)
  mistakes.refuseIfAny()
  const { rows, seatsPerRow } = grid as GridSpec
  const names = readRows(mistakes, rows, joinPath(path, 'rows'))
  if (names.length * seatsPerRow > LIMITS.seatsPerPlanMax) {
    mistakes.add(
      joinPath(path, 'seatsPerRow'),
      `${names.length} rows of ${seatsPerRow} are more than ${LIMITS.seatsPerPlanMax} seats.`,
    )
  }
  mistakes.refuseIfAny()
  return finishPlan(layOutGrid(names, seatsPerRow, name), {
    seat: () => joinPath(path, 'rows'),
    root: (field) => (field === 'seats' ? joinPath(path, 'rows') : field),
  })
}

function layOutGrid(names: string[], seatsPerRow: number, name: string): PlanSpec {
  // A row of 100,000 seats would leave the bounds of a plan at the usual distance.
  const pitch = Math.min(SEAT_PITCH, 900_000 / seatsPerRow)
  const rowPitch = Math.min(ROW_PITCH, 900_000 / names.length)
  const width = round(2 * PLAN_MARGIN + (seatsPerRow - 1) * pitch)
  const top = PLAN_MARGIN + STAGE_DISTANCE
  const seats: PlanSeat[] = names.flatMap((row, line) =>
    Array.from({ length: seatsPerRow }, (_, place) => {
      const number = String(place + 1)
      const label = cleanLabel(joinLabel(row, number))
      const x = round(PLAN_MARGIN + place * pitch)
      return makeSeat({ label, row, number, x, y: round(top + line * rowPitch) })
    }),
  )
  return {
    name,
    width,
    height: round(top + (names.length - 1) * rowPitch + PLAN_MARGIN),
    focalPoint: { x: round(width / 2), y: PLAN_MARGIN },
    categories: [{ ...STANDARD }],
    sections: [],
    shapes: [],
    seats,
  }
}

function readRows(mistakes: MistakeList, rows: string | string[], path: string): string[] {
  const parts = typeof rows === 'string' ? rows.split(',') : rows
  const names: string[] = []
  const seen = new Set<string>()
  parts.forEach((part, index) => {
    if (mistakes.isFull()) return
    const at = typeof rows === 'string' ? path : joinPath(path, index)
    for (const name of readRange(mistakes, part, at)) {
      if (seen.has(cleanKey(name))) mistakes.add(at, `Row ${quoted(name)} appears twice.`)
      seen.add(cleanKey(name))
      names.push(name)
    }
  })
  return names
}

const RANGE = /^(?:([A-Z]{1,4})\s*[-–]\s*([A-Z]{1,4})|([a-z]{1,4})\s*[-–]\s*([a-z]{1,4}))$/u
const NUMBERS = /^(\d{1,6})\s*[-–]\s*(\d{1,6})$/u

function readRange(mistakes: MistakeList, text: string, path: string): string[] {
  const part = cleanLabel(text)
  const letters = RANGE.exec(part)?.slice(1).filter(Boolean)
  const numbers = NUMBERS.exec(part)
  const [from = '', to = ''] = letters ?? numbers?.slice(1) ?? []
  if (part === '' || (from === '' && /^\w{1,6}\s*[-–]\s*\w{1,6}$/u.test(part))) {
    mistakes.add(path, `${quoted(text)} names no rows: write "A-J", "1-20", "A" or "A-C,E".`)
    return []
  }
  if (from === '') return [part]
  const [first, last] = letters ? [toOrdinal(from), toOrdinal(to)] : [Number(from), Number(to)]
  const count = Math.abs(last - first) + 1
  if (count > LIMITS.seatsPerPlanMax) {
    mistakes.add(path, `${quoted(part)} names ${count} rows, more than a plan has seats.`)
    return []
  }
  const step = first <= last ? 1 : -1
  const write = letters ? (ordinal: number) => toLetters(ordinal, from) : writeNumber(from)
  return Array.from({ length: count }, (_, place) => write(first + place * step))
}

/** A, B … Z, AA, AB …: numerals of base 26 without a zero. */
function toOrdinal(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

/** 1 → A, 27 → AA; small letters when the pattern has them. */
export function toLetters(ordinal: number, pattern = 'A'): string {
  let text = ''
  for (let rest = ordinal; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text
  }
  return pattern === pattern.toUpperCase() ? text : text.toLowerCase()
}

function writeNumber(pattern: string): (value: number) => string {
  const width = pattern.startsWith('0') ? pattern.length : 1
  return (value) => String(value).padStart(width, '0')
}
